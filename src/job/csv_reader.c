/* SPDX-License-Identifier: MIT */
#include "job/csv_reader.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/xalloc.h"
#include "job/field_list.h"
#include "job/input_file.h"
#include "job/row.h"

/*   START --"--> QUOTED --"--> CLOSED --CR--> RETURN
 *     |            ^------"------'
 *     +--other--> PLAIN
 * A separator leads from START, PLAIN and CLOSED to START; a newline ends the
 * record in all but QUOTED.
 */
enum csv_state {
    CSV_START,
    CSV_PLAIN,
    CSV_QUOTED,
    CSV_CLOSED,
    CSV_RETURN,
};

struct csv_reader {
    struct input_file *file;
    struct buf *held; /* of file */
    size_t lent;      /* bytes at the front of held, eaten at the next call */
    size_t scanned;   /* bytes of the record that are known to be good */
    uint64_t line;    /* of the byte behind them */
    uint64_t quote_line; /* where the last quote opened */
    enum csv_state state;
    char separator;
};

struct csv_reader *csv_reader_new(struct input_file *file, char separator)
{
    struct csv_reader *reader = NEW(struct csv_reader);
    reader->file = file;
    reader->held = input_file_held(file);
    reader->separator = separator;
    reader->line = 1;
    return reader;
}

void csv_reader_free(struct csv_reader *reader)
{
    free(reader);
}

static int refuse(const struct csv_reader *reader, uint64_t line,
                  const char *why, struct err *err)
{
    return err_set(err, EILSEQ, "%s: line %" PRIu64 " %s",
                   input_file_name(reader->file), line, why);
}

/* The state that c leads to from a state other than QUOTED; c ends no record.
 * -1 if it cannot stand there. */
static int next_state(const struct csv_reader *reader, char c)
{
    if (c == reader->separator && reader->state != CSV_RETURN) {
        return CSV_START;
    }
    switch (reader->state) {
    case CSV_START:
        return c == '"' ? CSV_QUOTED : CSV_PLAIN;
    case CSV_PLAIN:
        return c == '"' ? -1 : CSV_PLAIN;
    case CSV_CLOSED:
        return c == '"' ? CSV_QUOTED : c == '\r' ? CSV_RETURN : -1;
    case CSV_QUOTED:
    case CSV_RETURN:
        break;
    }
    return -1;
}

static int refuse_byte(const struct csv_reader *reader, struct err *err)
{
    return refuse(reader, reader->line,
                  reader->state == CSV_PLAIN
                      ? "has a quote inside a field that does not begin "
                        "with one"
                      : "has more text behind the quote that ends a field",
                  err);
}

static int scan_byte(struct csv_reader *reader, char c, struct err *err)
{
    if (c == '\0') {
        return refuse(reader, reader->line, "holds a NUL byte", err);
    }
    if (reader->state == CSV_QUOTED) {
        reader->line += c == '\n';
        reader->state = c == '"' ? CSV_CLOSED : CSV_QUOTED;
        return 0;
    }
    int state = next_state(reader, c);
    if (state < 0) {
        return refuse_byte(reader, err);
    }
    if (state == CSV_QUOTED && reader->state == CSV_START) {
        reader->quote_line = reader->line;
    }
    reader->state = (enum csv_state)state;
    return 0;
}

/* Scan what is held up to the newline that ends the record: 1 if there is
 * one, 0 if more must be read, or -1. */
static int scan_held(struct csv_reader *reader, struct err *err)
{
    const struct buf *held = reader->held;

    for (; reader->scanned < held->len; reader->scanned++) {
        char c = held->data[reader->scanned];
        if (c == '\n' && reader->state != CSV_QUOTED) {
            return 1;
        }
        if (scan_byte(reader, c, err) < 0) {
            return -1;
        }
    }
    return 0;
}

/* At the end of the file: 1 if a record ends there. */
static int scan_end(const struct csv_reader *reader, bool is_too_long,
                    struct err *err)
{
    if (reader->state == CSV_QUOTED) {
        return refuse(reader, reader->quote_line,
                      "opens a quote that never ends", err);
    }
    return reader->scanned || is_too_long;
}

/* Remove quotes in place: a field only gets shorter. */
static struct bytes unquoted(char *field, size_t len)
{
    char *to = field;

    if (!len || *field != '"') {
        return (struct bytes){field, len};
    }
    for (size_t i = 1; i + 1 < len; i++) {
        i += field[i] == '"';
        *to++ = field[i];
    }
    return (struct bytes){field, (size_t)(to - field)};
}

/* Cut a record of len bytes, known to be good, into its fields. */
static void split_record(const struct csv_reader *reader, size_t len,
                         struct field_list *fields)
{
    char *data = reader->held->data;
    size_t start = 0;
    bool is_quoted = false;

    for (size_t i = 0; i < len; i++) {
        if (data[i] == '"') {
            is_quoted = !is_quoted;
        } else if (data[i] == reader->separator && !is_quoted) {
            field_list_add(fields, unquoted(data + start, i - start));
            start = i + 1;
        }
    }
    field_list_add(fields, unquoted(data + start, len - start));
}

/* Hand out the record in the first scanned bytes held. */
static void lend_record(struct csv_reader *reader, bool has_newline,
                        struct line *record, struct field_list *fields)
{
    const struct buf *held = reader->held;
    size_t len = reader->scanned;

    reader->lent = len + has_newline;
    reader->line += has_newline;
    field_list_clear(fields);
    if (record->is_too_long || !len) {
        field_list_add(fields, record->text);
        return;
    }
    len -= held->data[len - 1] == '\r';
    split_record(reader, len, fields);
}

int csv_reader_next(struct csv_reader *reader, struct line *record,
                    struct field_list *fields, struct err *err)
{
    buf_eat(reader->held, reader->lent);
    reader->lent = 0;
    reader->scanned = 0;
    reader->state = CSV_START;
    struct line found = {reader->line, {"", 0}, false};
    for (;;) {
        int status = scan_held(reader, err);
        ssize_t added = 0;
        if (reader->scanned > ROW_MAX_BYTES) {
            found.is_too_long = true;
            buf_eat(reader->held, reader->scanned);
            reader->scanned = 0;
        }
        if (!status) {
            added = input_file_fill(reader->file, err);
            status = added < 0    ? -1
                     : added == 0 ? scan_end(reader, found.is_too_long, err)
                                  : 0;
        }
        if (status < 0 || (!status && !added)) {
            return status;
        }
        if (status) {
            bool has_newline = reader->scanned < reader->held->len;
            lend_record(reader, has_newline, &found, fields);
            *record = found;
            return 1;
        }
    }
}

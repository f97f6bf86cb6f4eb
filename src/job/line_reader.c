/* SPDX-License-Identifier: MIT */
#include "job/line_reader.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/xalloc.h"
#include "job/input_file.h"
#include "job/row.h"

struct line_reader {
    struct input_file *file;
    struct buf *held; /* of file */
    size_t lent;      /* bytes at the front of held, eaten at the next call */
    uint64_t number;  /* of the last line */
    char delimiter;
    bool is_nul_held; /* a NUL is in held that must not be there */
};

struct line_reader *line_reader_new(struct input_file *file, char delimiter)
{
    struct line_reader *reader = NEW(struct line_reader);
    reader->file = file;
    reader->held = input_file_held(file);
    reader->delimiter = delimiter;
    return reader;
}

void line_reader_free(struct line_reader *reader)
{
    free(reader);
}

/* Read more, and look for a NUL once for all lines that come of it. */
static ssize_t fill(struct line_reader *reader, struct err *err)
{
    ssize_t added = input_file_fill(reader->file, err);
    if (added > 0 && reader->delimiter != '\0') {
        const struct buf *held = reader->held;
        const char *fresh = held->data + held->len - added;
        if (memchr(fresh, 0, (size_t)added)) {
            reader->is_nul_held = true;
        }
    }
    return added;
}

/* No NUL in the first len bytes held? */
static int check_nul(const struct line_reader *reader, size_t len,
                     struct err *err)
{
    if (reader->is_nul_held && len && memchr(reader->held->data, 0, len)) {
        return err_set(err, EILSEQ,
                       "%s: line %" PRIu64 " holds a NUL byte; -0 is for rows "
                       "that end in NUL",
                       input_file_name(reader->file), reader->number);
    }
    return 0;
}

/* Where the delimiter stands in held from offset on, or NULL. */
static const char *find_delimiter(const struct line_reader *reader,
                                  size_t offset)
{
    const struct buf *held = reader->held;
    return held->len > offset ? memchr(held->data + offset, reader->delimiter,
                                       held->len - offset)
                              : NULL;
}

/* Eat a line that is too long, however long it is. */
static int skip_line(struct line_reader *reader, struct err *err)
{
    ssize_t added;

    do {
        const char *stop = find_delimiter(reader, 0);
        size_t len =
            stop ? (size_t)(stop - reader->held->data) : reader->held->len;
        if (check_nul(reader, len, err) < 0) {
            return -1;
        }
        buf_eat(reader->held, len + (stop != NULL));
        if (stop) {
            return 0;
        }
        added = fill(reader, err);
    } while (added > 0);
    return (int)added;
}

/* Hand out the first len bytes held; delimiter_len more are eaten with them. */
static int lend_line(struct line_reader *reader, size_t len,
                     size_t delimiter_len, struct line *line, struct err *err)
{
    if (check_nul(reader, len, err) < 0) {
        return -1;
    }
    reader->lent = len + delimiter_len;
    *line = (struct line){reader->number, {reader->held->data, len}, false};
    return 1;
}

int line_reader_next(struct line_reader *reader, struct line *line,
                     struct err *err)
{
    struct buf *held = reader->held;
    size_t scanned = 0;

    buf_eat(held, reader->lent);
    reader->lent = 0;
    reader->number++;
    for (;;) {
        const char *stop = find_delimiter(reader, scanned);
        scanned = stop ? (size_t)(stop - held->data) : held->len;
        if (scanned > ROW_MAX_BYTES) {
            *line = (struct line){reader->number, {"", 0}, true};
            return skip_line(reader, err) < 0 ? -1 : 1;
        }
        if (stop) {
            return lend_line(reader, scanned, 1, line, err);
        }
        ssize_t added = fill(reader, err);
        if (added < 0) {
            return -1;
        }
        if (!added) {
            return scanned ? lend_line(reader, scanned, 0, line, err) : 0;
        }
    }
}

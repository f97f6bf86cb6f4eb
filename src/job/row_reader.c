/* SPDX-License-Identifier: MIT */
#include "job/row_reader.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/xalloc.h"
#include "job/column_splitter.h"
#include "job/csv_reader.h"
#include "job/field_list.h"
#include "job/input_file.h"
#include "job/json_columns.h"
#include "job/line_reader.h"
#include "job/row.h"

/* Lines looked at before it is said that all end in CR. */
enum { CR_LINES = 20 };

static const char too_long[] = "is longer than 1 MiB";

struct row_reader {
    const struct input_options *options;
    struct input_file *file;
    struct line_reader *lines;
    struct csv_reader *csv;       /* with --csv, instead of lines */
    struct json_columns *columns; /* with --jsonl, once there was an object */
    struct column_splitter *splitter; /* NULL: a line is one column */
    struct row *names;                /* the header */
    struct field_list fields;         /* of the line at hand */
    struct line first;                /* read to learn its names */
    bool has_first;
    bool may_split;
    bool is_ended;
    unsigned line_count; /* up to CR_LINES */
    unsigned cr_count;   /* of these */
};

/* Set up what reads the format; the reader owns all of it already. */
static int set_format(struct row_reader *reader, struct err *err)
{
    const struct input_options *options = reader->options;
    char c = '\n';

    if (options->is_csv) {
        if (input_csv_separator(options, &c, err) < 0) {
            return -1;
        }
        reader->csv = csv_reader_new(reader->file, c);
        return 0;
    }
    if (options->delimiter &&
        input_delimiter(options->delimiter, &c, err) < 0) {
        return -1;
    }
    reader->may_split &= c != '\0' && options->lines_per_row <= 1;
    reader->lines = line_reader_new(reader->file, c);
    if (options->colsep) {
        reader->splitter = column_splitter_new_pattern(
            options->colsep, !options->trim_none, err);
        return reader->splitter ? 0 : -1;
    }
    return 0;
}

struct row_reader *row_reader_new(const char *path,
                                  const struct input_options *options,
                                  bool may_split, struct err *err)
{
    bool skips_bom =
        options->is_csv || options->is_jsonl || options->has_header;
    struct input_file *file =
        input_file_open(path, &options->hooks, skips_bom, err);
    if (!file) {
        return NULL;
    }
    struct row_reader *reader = NEW(struct row_reader);
    reader->options = options;
    reader->file = file;
    reader->may_split =
        may_split && !options->is_csv && !options->is_jsonl && !options->colsep;
    if (set_format(reader, err) < 0) {
        row_reader_free(reader);
        return NULL;
    }
    return reader;
}

void row_reader_free(struct row_reader *reader)
{
    if (!reader) {
        return;
    }
    row_free(reader->names);
    field_list_release(&reader->fields);
    column_splitter_free(reader->splitter);
    json_columns_free(reader->columns);
    csv_reader_free(reader->csv);
    line_reader_free(reader->lines);
    input_file_close(reader->file);
    free(reader);
}

const struct row *row_reader_names(const struct row_reader *reader)
{
    return reader->columns ? json_columns_names(reader->columns)
                           : reader->names;
}

const char *row_reader_file_name(const struct row_reader *reader)
{
    return input_file_name(reader->file);
}

bool row_reader_ends_in_cr(const struct row_reader *reader)
{
    return reader->cr_count && reader->cr_count == reader->line_count &&
           (reader->line_count == CR_LINES || reader->is_ended);
}

static void note_cr(struct row_reader *reader, const struct line *line)
{
    size_t len = line->text.len;

    if (reader->line_count < CR_LINES && !reader->options->is_jsonl) {
        reader->line_count++;
        reader->cr_count += len && line->text.data[len - 1] == '\r';
    }
}

/* The next line, or record with its fields, whatever the options do to it. */
static int read_any(struct row_reader *reader, struct line *line,
                    struct err *err)
{
    if (reader->csv) {
        return csv_reader_next(reader->csv, line, &reader->fields, err);
    }
    int status = line_reader_next(reader->lines, line, err);
    if (status > 0) {
        note_cr(reader, line);
    }
    return status;
}

/* Is the line, or the only field of a record, this text? */
static bool line_is(const struct row_reader *reader, const struct line *line,
                    const char *text)
{
    const struct field_list *fields = &reader->fields;

    if (line->is_too_long || (reader->csv && fields->count != 1)) {
        return false;
    }
    return bytes_equal(reader->csv ? fields->items[0] : line->text,
                       bytes_of(text));
}

/* The next line that is part of the input. */
static int read_line(struct row_reader *reader, struct line *line,
                     struct err *err)
{
    int status;

    if (reader->has_first) {
        reader->has_first = false;
        *line = reader->first;
        return 1;
    }
    if (reader->is_ended) {
        return 0;
    }
    do {
        status = read_any(reader, line, err);
    } while (status > 0 && reader->options->drop_empty &&
             line_is(reader, line, ""));
    const char *end = reader->options->end_text;
    if (!status || (status > 0 && end && line_is(reader, line, end))) {
        reader->is_ended = true;
        return 0;
    }
    return status;
}

/* Cut a line into reader->fields; those of a CSV record are there already. */
static void split_line(struct row_reader *reader, struct bytes text)
{
    if (reader->csv) {
        return;
    }
    field_list_clear(&reader->fields);
    if (reader->splitter) {
        column_splitter_split(reader->splitter, text, &reader->fields);
    } else {
        field_list_add(&reader->fields, text);
    }
}

/* Say what is wrong with the line that should give the names. */
static int refuse_line(const struct row_reader *reader, const struct line *line,
                       const char *why, struct err *err)
{
    return err_set(err, EINVAL, "%s: line %" PRIu64 " %s",
                   input_file_name(reader->file), line->number, why);
}

static int read_first_object(struct row_reader *reader, struct err *err)
{
    int status = read_line(reader, &reader->first, err);

    if (status <= 0) {
        return status;
    }
    if (reader->first.is_too_long) {
        return refuse_line(reader, &reader->first, too_long, err);
    }
    struct err why;
    reader->columns = json_columns_new(reader->first.text, &why);
    if (!reader->columns) {
        return refuse_line(reader, &reader->first, why.text, err);
    }
    reader->has_first = true;
    return 0;
}

static int read_header(struct row_reader *reader, struct err *err)
{
    struct line line;

    if (reader->may_split && !reader->splitter) {
        reader->splitter = column_splitter_new();
    }
    int status = read_line(reader, &line, err);
    if (status <= 0) {
        return status;
    }
    if (line.is_too_long) {
        return refuse_line(reader, &line, too_long, err);
    }
    size_t len = line.text.len;
    if (!reader->csv && len && line.text.data[len - 1] == '\r') {
        line.text.len--;
    }
    split_line(reader, line.text);
    reader->names = row_new(line.number, (struct bytes){0},
                            reader->fields.items, reader->fields.count, NULL);
    if (reader->names->field_count == 1 && reader->may_split) {
        column_splitter_free(reader->splitter);
        reader->splitter = NULL;
    }
    return 0;
}

int row_reader_read_names(struct row_reader *reader, struct err *err)
{
    const struct input_options *options = reader->options;

    if (!options->is_jsonl && !options->has_header) {
        return 0;
    }
    return options->is_jsonl ? read_first_object(reader, err)
                             : read_header(reader, err);
}

void row_reader_split_lines(struct row_reader *reader)
{
    if (reader->may_split && !reader->splitter &&
        !reader->options->has_header) {
        reader->splitter = column_splitter_new();
    }
}

static struct row *faulty_row(const struct line *line, const char *fault)
{
    AUTO_BUF struct buf text = {0};
    buf_printf(&text, "line %" PRIu64 " %s", line->number, fault);
    return row_new(line->number, line->text, &line->text, 1, buf_text(&text));
}

static struct row *row_of_object(struct row_reader *reader,
                                 const struct line *line)
{
    struct err err = {0};
    struct bytes text = json_columns_trim(line->text);

    field_list_clear(&reader->fields);
    if (json_columns_arrange(reader->columns, line->text, &reader->fields,
                             &err) < 0) {
        return faulty_row(line, err.text);
    }
    return row_new(line->number, text, reader->fields.items,
                   reader->fields.count, NULL);
}

static struct row *row_of_line(struct row_reader *reader,
                               const struct line *line)
{
    bool is_parsed = reader->csv || reader->options->colsep;

    struct bytes text = {NULL, 0}; /* the fields joined */
    if (!is_parsed) {
        text = line->text;
    }
    split_line(reader, line->text);
    return row_new(line->number, text, reader->fields.items,
                   reader->fields.count, NULL);
}

int row_reader_next(struct row_reader *reader, struct row **row,
                    struct err *err)
{
    struct line line;
    int status = read_line(reader, &line, err);

    if (status <= 0) {
        return status;
    }
    if (line.is_too_long) {
        *row = faulty_row(&line, too_long);
    } else if (reader->options->is_jsonl) {
        *row = row_of_object(reader, &line);
    } else {
        *row = row_of_line(reader, &line);
    }
    return 1;
}

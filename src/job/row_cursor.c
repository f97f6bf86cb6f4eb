/* SPDX-License-Identifier: MIT */
#include "job/row_cursor.h"

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/auto.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/xalloc.h"
#include "job/column_splitter.h"
#include "job/field_list.h"
#include "job/grid.h"
#include "job/row.h"
#include "job/row_reader.h"

struct row_cursor {
    const struct input_options *options;
    struct row_reader *reader; /* a file; or NULL */
    struct grid *grid;         /* a --param; or NULL; else values */
    struct field_list values;
    struct column_splitter *splitter; /* of values with --colsep */
    struct row *names;                /* of values and grids */
    struct row *current;              /* owned, unless rows are held */
    struct row **held;
    uint64_t held_count;
    uint64_t index; /* rows stepped over since the start */
    bool is_holding;
    bool is_read; /* a file that is held has nothing more to read */
    char *warning;
};

static int check_name(struct bytes name, struct err *err)
{
    unsigned char c = name.len ? (unsigned char)name.data[0] : '\0';

    if (!isalpha(c) && c != '_' && c < 0x80) {
        return err_set(err, EINVAL,
                       "--param wants NAME=SPEC, with a NAME that begins with "
                       "a letter");
    }
    return 0;
}

static int open_param(struct row_cursor *cursor, const char *text,
                      struct err *err)
{
    const char *equals = strchr(text, '=');
    struct bytes name = {text, equals ? (size_t)(equals - text) : 0};

    if (check_name(name, err) < 0) {
        return -1;
    }
    cursor->grid = grid_new(bytes_of(equals + 1), err);
    if (!cursor->grid) {
        return err_wrap(err, "--param %.*s", (int)name.len, name.data);
    }
    cursor->names = row_new(0, name, &name, 1, NULL);
    return 0;
}

/* Collect the values that are part of the input. */
static int open_values(struct row_cursor *cursor,
                       const struct input_source *source, struct err *err)
{
    const struct input_options *options = cursor->options;
    const char *end = options->end_text;

    for (size_t i = 0; i < source->value_count; i++) {
        const char *value = source->values[i];
        if (end && !strcmp(value, end)) {
            break;
        }
        if (*value || !options->drop_empty) {
            field_list_add(&cursor->values, bytes_of(value));
        }
    }
    if (options->colsep && !options->is_csv) {
        cursor->splitter = column_splitter_new_pattern(
            options->colsep, !options->trim_none, err);
        return cursor->splitter ? 0 : -1;
    }
    return 0;
}

static int open_source(struct row_cursor *cursor,
                       const struct input_source *source, bool may_split,
                       struct err *err)
{
    switch (source->kind) {
    case INPUT_PARAM:
        return open_param(cursor, source->text, err);
    case INPUT_VALUES:
        return open_values(cursor, source, err);
    case INPUT_STDIN:
    case INPUT_FILE:
        break;
    }
    const char *path = source->kind == INPUT_STDIN ? "-" : source->text;
    cursor->reader = row_reader_new(path, cursor->options, may_split, err);
    return cursor->reader ? 0 : -1;
}

struct row_cursor *row_cursor_new(const struct input_source *source,
                                  const struct input_options *options,
                                  bool may_split, struct err *err)
{
    struct row_cursor *cursor = NEW(struct row_cursor);

    cursor->options = options;
    if (open_source(cursor, source, may_split, err) < 0) {
        row_cursor_free(cursor);
        return NULL;
    }
    return cursor;
}

void row_cursor_free(struct row_cursor *cursor)
{
    if (!cursor) {
        return;
    }
    if (!cursor->is_holding) {
        row_free(cursor->current);
    }
    for (uint64_t i = 0; i < cursor->held_count; i++) {
        row_free(cursor->held[i]);
    }
    free(cursor->held);
    row_free(cursor->names);
    column_splitter_free(cursor->splitter);
    field_list_release(&cursor->values);
    grid_free(cursor->grid);
    row_reader_free(cursor->reader);
    free(cursor->warning);
    free(cursor);
}

static struct row *row_of_value(struct row_cursor *cursor, struct bytes value)
{
    if (!cursor->splitter) {
        return row_new(0, value, &value, 1, NULL);
    }
    AUTO_FIELD_LIST struct field_list fields = {0};
    column_splitter_split(cursor->splitter, value, &fields);
    return row_new(0, (struct bytes){0}, fields.items, fields.count, NULL);
}

int row_cursor_read_names(struct row_cursor *cursor, struct err *err)
{
    if (cursor->reader) {
        return row_reader_read_names(cursor->reader, err);
    }
    if (cursor->options->has_header && cursor->values.count) {
        cursor->names = row_of_value(cursor, cursor->values.items[0]);
        cursor->values.count--;
        memmove(cursor->values.items, cursor->values.items + 1,
                cursor->values.count * sizeof cursor->values.items[0]);
    }
    return 0;
}

const struct row *row_cursor_names(const struct row_cursor *cursor)
{
    return cursor->reader ? row_reader_names(cursor->reader) : cursor->names;
}

size_t row_cursor_width(const struct row_cursor *cursor)
{
    const struct input_options *options = cursor->options;
    const struct row *names = row_cursor_names(cursor);
    bool is_parsed = cursor->reader ? options->is_csv || options->colsep
                                    : cursor->splitter != NULL;

    if (names) {
        return names->field_count;
    }
    /* A source that should have names and has none has no row either. */
    return options->has_header || !is_parsed;
}

void row_cursor_split_lines(struct row_cursor *cursor)
{
    if (cursor->reader) {
        row_reader_split_lines(cursor->reader);
    }
}

void row_cursor_hold(struct row_cursor *cursor)
{
    assert(!cursor->index);
    cursor->is_holding = cursor->reader != NULL;
}

bool row_cursor_total(const struct row_cursor *cursor, uint64_t *total)
{
    if (cursor->reader) {
        return false;
    }
    *total = cursor->grid ? grid_count(cursor->grid) : cursor->values.count;
    return true;
}

static struct row *make_row(struct row_cursor *cursor, uint64_t index)
{
    if (!cursor->grid) {
        return row_of_value(cursor, cursor->values.items[index]);
    }
    AUTO_BUF struct buf text = {0};
    grid_value(cursor->grid, index, &text);
    struct bytes value = buf_bytes(&text);
    return row_new(0, value, &value, 1, NULL);
}

static int step_held(struct row_cursor *cursor, struct err *err)
{
    if (cursor->index == cursor->held_count) {
        struct row *row;
        int status =
            cursor->is_read ? 0 : row_reader_next(cursor->reader, &row, err);
        if (status <= 0) {
            cursor->is_read |= !status;
            return status;
        }
        uint64_t count = cursor->held_count;
        if (!(count & (count - 1))) { /* room doubles at powers of two */
            cursor->held = xrealloc_array(cursor->held, count ? 2 * count : 1,
                                          sizeof cursor->held[0]);
        }
        cursor->held[cursor->held_count++] = row;
    }
    cursor->current = cursor->held[cursor->index++];
    return 1;
}

int row_cursor_step(struct row_cursor *cursor, struct err *err)
{
    uint64_t total;

    if (cursor->is_holding) {
        return step_held(cursor, err);
    }
    row_free(cursor->current);
    cursor->current = NULL;
    if (cursor->reader) {
        return row_reader_next(cursor->reader, &cursor->current, err);
    }
    if (!row_cursor_total(cursor, &total) || cursor->index == total) {
        return 0;
    }
    cursor->current = make_row(cursor, cursor->index++);
    return 1;
}

const struct row *row_cursor_row(const struct row_cursor *cursor)
{
    return cursor->current;
}

struct row *row_cursor_take(struct row_cursor *cursor)
{
    assert(!cursor->is_holding);
    return TAKE(cursor->current);
}

void row_cursor_rewind(struct row_cursor *cursor)
{
    assert(cursor->is_holding || !cursor->reader);
    cursor->index = 0;
}

const char *row_cursor_warning(struct row_cursor *cursor)
{
    if (!cursor->warning && cursor->reader &&
        row_reader_ends_in_cr(cursor->reader)) {
        cursor->warning = xasprintf(
            "%s: its lines end in CR, which is part of each row; to remove "
            "it: tr -d '\\r'",
            row_reader_file_name(cursor->reader));
    }
    return cursor->warning;
}

/* SPDX-License-Identifier: MIT */
#include "job/row_source.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/xalloc.h"
#include "job/field_list.h"
#include "job/row.h"
#include "job/row_bundle.h"
#include "job/row_cross.h"
#include "job/row_cursor.h"

struct row_source {
    const struct input_options *options;
    struct row_cross *cross;
    struct row *names; /* of all sources; NULL: none */
};

static const struct input_source standard_input = {.kind = INPUT_STDIN};

static bool is_standard_input(const struct input_source *source)
{
    return source->kind == INPUT_STDIN ||
           (source->kind == INPUT_FILE && !strcmp(source->text, "-"));
}

/* Open all sources before any is read. */
static int open_sources(struct row_source *source, struct err *err)
{
    const struct input_options *options = source->options;
    size_t count = options->source_count ? options->source_count : 1;
    bool has_standard_input = false;

    for (size_t i = 0; i < count; i++) {
        const struct input_source *input =
            options->source_count ? &options->sources[i] : &standard_input;
        if (is_standard_input(input) && has_standard_input) {
            return err_set(err, EINVAL, "standard input can be read only once");
        }
        has_standard_input |= is_standard_input(input);
        struct row_cursor *cursor =
            row_cursor_new(input, options, count == 1, err);
        if (!cursor) {
            return -1;
        }
        row_cross_add(source->cross, cursor,
                      i && (input->is_linked || options->link_all));
    }
    return 0;
}

static int check_names(const struct row *names, struct err *err)
{
    for (size_t i = 0; i < names->field_count; i++) {
        for (size_t k = i + 1; k < names->field_count && names->fields[i].len;
             k++) {
            if (bytes_equal(names->fields[i], names->fields[k])) {
                return err_set(err, EINVAL,
                               "fields %zu and %zu are both named \"%.200s\"",
                               i + 1, k + 1, names->fields[i].data);
            }
        }
    }
    return 0;
}

/* The names of all sources in a row; a source without any counts, too. */
static int join_names(struct row_source *source, struct err *err)
{
    AUTO_FIELD_LIST struct field_list all = {0};
    bool has_names = false;
    bool is_counted = true; /* the place of the next name is known */

    for (size_t i = 0; i < row_cross_count(source->cross); i++) {
        struct row_cursor *cursor = row_cross_cursor(source->cross, i);
        const struct row *names = row_cursor_names(cursor);
        size_t width = row_cursor_width(cursor);
        if (names && !is_counted) {
            return err_set(err, EINVAL,
                           "the columns of source %zu have no names, so those "
                           "after it cannot be counted: give it last, or use "
                           "--header :",
                           i);
        }
        is_counted = is_counted && width;
        has_names = has_names || names;
        for (size_t k = 0; k < width; k++) {
            field_list_add(&all,
                           names ? names->fields[k] : (struct bytes){"", 0});
        }
    }
    if (has_names) {
        source->names =
            row_new(0, (struct bytes){"", 0}, all.items, all.count, NULL);
        return check_names(source->names, err);
    }
    return 0;
}

static int read_names(struct row_source *source, struct err *err)
{
    for (size_t i = 0; i < row_cross_count(source->cross); i++) {
        struct row_cursor *cursor = row_cross_cursor(source->cross, i);
        if (row_cursor_read_names(cursor, err) < 0) {
            return -1;
        }
    }
    return join_names(source, err);
}

struct row_source *row_source_new(const struct input_options *options,
                                  struct err *err)
{
    if (input_options_check(options, err) < 0) {
        return NULL;
    }
    struct row_source *source = NEW(struct row_source);
    source->options = options;
    source->cross =
        row_cross_new(options->link_all && options->source_count > 1);
    if (open_sources(source, err) < 0 || read_names(source, err) < 0) {
        row_source_free(source);
        return NULL;
    }
    return source;
}

void row_source_free(struct row_source *source)
{
    if (source) {
        row_free(source->names);
        row_cross_free(source->cross);
        free(source);
    }
}

bool row_source_names(const struct row_source *source,
                      const struct bytes **names, size_t *count)
{
    if (!source->names) {
        return false;
    }
    *names = source->names->fields;
    *count = source->names->field_count;
    return true;
}

void row_source_set_columns(struct row_source *source, enum row_columns columns)
{
    if (columns == ROW_COLUMNS_MANY) {
        row_cursor_split_lines(row_cross_cursor(source->cross, 0));
    }
}

bool row_source_appends_fields(const struct row_source *source)
{
    const struct input_options *options = source->options;

    return options->source_count > 1 || options->colsep || options->is_csv ||
           options->is_jsonl || options->lines_per_row > 1 ||
           (options->source_count && options->sources[0].kind == INPUT_PARAM);
}

bool row_source_total(const struct row_source *source, uint64_t *total)
{
    uint64_t each = source->options->lines_per_row;
    uint64_t count;

    if (!row_cross_total(source->cross, &count)) {
        return false;
    }
    *total = each > 1 ? count / each + (count % each != 0) : count;
    return true;
}

/* Put lines_per_row rows together; at the end there may be fewer. */
static int next_bundle(struct row_source *source, struct row **row,
                       struct err *err)
{
    AUTO_ROW_BUNDLE struct row_bundle bundle = {0};

    while (bundle.row_count < source->options->lines_per_row) {
        struct row *part;
        int status = row_cross_next(source->cross, &part, err);
        if (status < 0) {
            return -1;
        }
        if (!status) {
            break;
        }
        row_bundle_add(&bundle, part);
        row_free(part);
    }
    if (!bundle.row_count) {
        return 0;
    }
    *row = row_bundle_row(&bundle);
    return 1;
}

int row_source_next(struct row_source *source, struct row **row,
                    struct err *err)
{
    return source->options->lines_per_row > 1
               ? next_bundle(source, row, err)
               : row_cross_next(source->cross, row, err);
}

const char *row_source_warning(struct row_source *source)
{
    for (size_t i = 0; i < row_cross_count(source->cross); i++) {
        const char *warning =
            row_cursor_warning(row_cross_cursor(source->cross, i));
        if (warning) {
            return warning;
        }
    }
    return NULL;
}

/* SPDX-License-Identifier: MIT */
/* fake_input.h - a standard input that tests write themselves
 *
 *     struct fake_input input = FAKE_INPUT("a\nb\n");
 *     struct input_options options = {.hooks = fake_input_hooks(&input)};
 *
 * Every read gives at most `chunk` bytes. At the end comes `error`, if it is
 * not 0.
 */

#ifndef POOLRUN_FAKE_INPUT_H
#define POOLRUN_FAKE_INPUT_H

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "job/input_options.h"
#include "job/row.h"
#include "job/row_source.h"

struct fake_input {
    const char *data;
    size_t len;
    size_t chunk;
    int error;
    size_t reads;
};

#define FAKE_INPUT(text)                                                       \
    {                                                                          \
        .data = (text), .len = sizeof(text) - 1, .chunk = 64 * 1024            \
    }

static inline ssize_t fake_input_read(void *ctx, int fd, void *data, size_t len)
{
    struct fake_input *input = ctx;
    (void)fd;
    input->reads++;
    if (!input->len && input->error) {
        errno = input->error;
        return -1;
    }
    len = len < input->chunk ? len : input->chunk;
    len = len < input->len ? len : input->len;
    if (len) {
        memcpy(data, input->data, len);
    }
    input->data += len;
    input->len -= len;
    return (ssize_t)len;
}

static inline struct row_reader_hooks fake_input_hooks(struct fake_input *input)
{
    return (struct row_reader_hooks){fake_input_read, input};
}

/* "a|b;" for a row of two fields, "!why;" for one with a fault. */
static inline void add_row_text(const struct row *row, struct buf *out)
{
    if (row->fault) {
        buf_printf(out, "!%s;", row->fault);
        return;
    }
    for (size_t i = 0; i < row->field_count; i++) {
        buf_add_text(out, i ? "|" : "");
        buf_add_bytes(out, row->fields[i]);
    }
    buf_add_char(out, ';');
}

/* All rows of a source as such a text, which ends in "error: why" where that
 * is how they end. */
static inline void add_rows_text(struct row_source *source, struct buf *out)
{
    struct err err = {0};
    struct row *row;
    int status;

    while ((status = row_source_next(source, &row, &err)) > 0) {
        add_row_text(row, out);
        row_free(row);
    }
    if (status < 0) {
        buf_printf(out, "error: %s", err.text);
    }
}

/* The same for what options say, in columns. */
static inline void add_input_text(const struct input_options *options,
                                  enum row_columns columns, struct buf *out)
{
    struct err err = {0};
    struct row_source *source = row_source_new(options, &err);

    if (!source) {
        buf_printf(out, "error: %s", err.text);
        return;
    }
    row_source_set_columns(source, columns);
    add_rows_text(source, out);
    row_source_free(source);
}

#endif

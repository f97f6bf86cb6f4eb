/* SPDX-License-Identifier: MIT */
/* row_cursor.h - walks over the rows of one source: a file, values or a grid
 *
 * It stands before the first row, on a row, or behind the last. A file can be
 * walked over again only when its rows are held, which is asked for before the
 * first step; values and grids always can. Rows are read when stepped on.
 */

#ifndef POOLRUN_ROW_CURSOR_H
#define POOLRUN_ROW_CURSOR_H

#include <stdbool.h>
#include <stdint.h>

#include "job/input_options.h"

struct err;
struct row;
struct row_cursor;

/* Open the source; both arguments are lent for the life of the cursor.
 * may_split allows to cut plain lines into columns. */
struct row_cursor *row_cursor_new(const struct input_source *source,
                                  const struct input_options *options,
                                  bool may_split, struct err *err)
    __attribute__((warn_unused_result));
void row_cursor_free(struct row_cursor *cursor);

/* Learn the names of the fields, if anything gives them. May block. */
int row_cursor_read_names(struct row_cursor *cursor, struct err *err)
    __attribute__((warn_unused_result));

/* The names as the fields of a row, lent for the life of the cursor; NULL
 * where there are none. */
const struct row *row_cursor_names(const struct row_cursor *cursor);

/* How many fields its rows have; 0 = that is not known before they are read. */
size_t row_cursor_width(const struct row_cursor *cursor);

void row_cursor_split_lines(struct row_cursor *cursor);
void row_cursor_hold(struct row_cursor *cursor);

/* How many rows it has in all; false if that is not known without reading. */
bool row_cursor_total(const struct row_cursor *cursor, uint64_t *total);

/* Step on the next row: 1, 0 behind the last, or -1. */
int row_cursor_step(struct row_cursor *cursor, struct err *err)
    __attribute__((warn_unused_result));

/* The row it stands on, lent until the next step. */
const struct row *row_cursor_row(const struct row_cursor *cursor);

/* Take that row away: the caller owns it. Not from a cursor that holds. */
struct row *row_cursor_take(struct row_cursor *cursor);

/* Stand before the first row again. */
void row_cursor_rewind(struct row_cursor *cursor);

/* What the user should know of the input, a sentence lent for the life of the
 * cursor; or NULL. */
const char *row_cursor_warning(struct row_cursor *cursor);

#endif

/* SPDX-License-Identifier: MIT */
/* row_cross.h - several sources as one: every combination of their rows
 *
 * Sources that are linked go along with each other and count as one, which
 * ends with its shortest, or, if the short ones wrap, with its longest. Of
 * these the last varies fastest. All but the first are held in memory, and the
 * first, too, where short ones wrap; none is read further than needed.
 */

#ifndef POOLRUN_ROW_CROSS_H
#define POOLRUN_ROW_CROSS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;
struct row;
struct row_cross;
struct row_cursor;

/* wraps: the linked start again until the longest ends. */
struct row_cross *row_cross_new(bool wraps);
void row_cross_free(struct row_cross *cross); /* and its cursors */

/* Append a cursor, which the cross takes over. The first is not linked. */
void row_cross_add(struct row_cross *cross, struct row_cursor *cursor,
                   bool is_linked);

size_t row_cross_count(const struct row_cross *cross);
struct row_cursor *row_cross_cursor(struct row_cross *cross, size_t index);

/* How many rows there will be; false if that is not known without reading, or
 * more than can be counted. */
bool row_cross_total(const struct row_cross *cross, uint64_t *total);

/* 1 and a row the caller owns, 0 at the end, or -1. There is a cursor. */
int row_cross_next(struct row_cross *cross, struct row **row, struct err *err)
    __attribute__((warn_unused_result));

#endif

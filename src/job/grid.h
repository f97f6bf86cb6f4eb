/* SPDX-License-Identifier: MIT */
/* grid.h - the values of one parameter: `--param NAME=SPEC`
 *
 * A spec is a list, and each element of it one of
 *     text            itself, byte for byte
 *     1..64           the integers, up or down
 *     0..1:0.25       first, first + step, ... not beyond the last
 *     1e-6..1e5*10    first, first * factor, ... not beyond the last
 * as in 1..4,8,16. An element that holds ".." is a range, unless it also holds
 * a "/" (../data is text). Arithmetic is decimal, see base/decimal.h; an end
 * that is hit is included.
 *
 * Values are made when asked for: 1..1000000000000 costs nothing. Only a
 * geometric range is worked out at once; GRID_MAX_FACTORS bounds it.
 */

#ifndef POOLRUN_GRID_H
#define POOLRUN_GRID_H

#include <stdint.h>

#include "base/buf.h"
#include "base/bytes.h"

struct err;
struct grid;

enum { GRID_MAX_FACTORS = 100000 };

/* The spec is copied. NULL and a sentence if it is wrong. */
struct grid *grid_new(struct bytes spec, struct err *err)
    __attribute__((warn_unused_result));
void grid_free(struct grid *grid);

/* At least 1. */
uint64_t grid_count(const struct grid *grid);

/* Append the value at index, which is below grid_count, to out. */
void grid_value(const struct grid *grid, uint64_t index, struct buf *out);

#endif

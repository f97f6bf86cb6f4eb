/* SPDX-License-Identifier: MIT */
/* row_bundle.h - several rows put together as one, their fields in order
 *
 * Zero-initialised is empty. No more is held than ROW_MAX_BYTES and the last
 * row: a bundle that is longer only has a fault, as has one of a row with a
 * fault.
 */

#ifndef POOLRUN_ROW_BUNDLE_H
#define POOLRUN_ROW_BUNDLE_H

#include <stdint.h>

#include "base/buf.h"

struct row;

struct row_bundle {
    size_t row_count;
    uint64_t line;   /* of the first row */
    struct buf text; /* the fields, one behind the other */
    size_t *ends;    /* of each field in text, which may still move */
    size_t field_count;
    char *fault; /* the first; or NULL */
};

#define AUTO_ROW_BUNDLE __attribute__((cleanup(row_bundle_release)))

void row_bundle_release(struct row_bundle *bundle);

/* Copy what the row holds. */
void row_bundle_add(struct row_bundle *bundle, const struct row *row);

/* All as one row, which the caller owns. */
struct row *row_bundle_row(const struct row_bundle *bundle);

#endif

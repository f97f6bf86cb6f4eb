/* SPDX-License-Identifier: MIT */
/* row.h - what one job gets: its text and its fields
 *
 * One block of memory; the bytes are any bytes, and a NUL that is not counted
 * follows the text and each field. A row never changes.
 */

#ifndef POOLRUN_ROW_H
#define POOLRUN_ROW_H

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

/* A longer row fails as a job; the run goes on. */
enum { ROW_MAX_BYTES = 1 << 20 };

struct row {
    uint64_t line;     /* where it began in its source, from 1; 0 = nowhere */
    struct bytes text; /* what {} stands for */
    const char *fault; /* why no job can be made of it (a sentence); or NULL */
    size_t field_count;
    struct bytes fields[]; /* {1} is fields[0] */
};

/* Copies text, fields and fault (may be NULL). A text whose data is NULL means
 * the fields joined by a space. */
struct row *row_new(uint64_t line, struct bytes text,
                    const struct bytes *fields, size_t field_count,
                    const char *fault);
void row_free(struct row *row);

#endif

/* SPDX-License-Identifier: MIT */
/* cell.h - a value as a cell of a TSV or CSV table
 *
 * A missing value and a JSON null are empty, a JSON string is what it stands
 * for, a blob loses one newline at its end. TSV writes TAB, newline, CR and
 * backslash as \t, \n, \r and \\. CSV follows RFC 4180: what holds a comma, a
 * quote, a newline or a CR is quoted, a quote within is doubled; a blob that
 * is too large to look through first is quoted, too.
 */

#ifndef POOLRUN_CELL_H
#define POOLRUN_CELL_H

#include "out/value.h"

struct err;
struct stream;

/* -1: the blob cannot be read. */
int cell_put_tsv(const struct value *value, struct stream *stream,
                 struct err *err) __attribute__((warn_unused_result));

/* A cell that is alone in its line and empty is written "", since readers skip
 * empty lines. */
int cell_put_csv(const struct value *value, bool is_alone,
                 struct stream *stream, struct err *err)
    __attribute__((warn_unused_result));

/* As CSV, but a TAB makes quotes, too, and a blob keeps its last newline. */
int cell_put_quoted(const struct value *value, struct stream *stream,
                    struct err *err) __attribute__((warn_unused_result));

#endif

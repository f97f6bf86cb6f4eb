/* SPDX-License-Identifier: MIT */
/* row_source.h - the rows of a run, in order, from wherever they come
 *
 * Rows are read when they are asked for; see row_cross.h for what several
 * sources cost. The first thing to do is to tell the columns, as the template
 * wants them.
 */

#ifndef POOLRUN_ROW_SOURCE_H
#define POOLRUN_ROW_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "job/input_options.h"

struct err;
struct row;
struct row_source;

/* How many columns of a plain line are used: of ONE the line is the whole. */
enum row_columns { ROW_COLUMNS_ONE, ROW_COLUMNS_MANY };

/* Open all files, and read what names the fields (--header, --jsonl), which
 * may block. A first line of --jsonl that is no object is an error, as nothing
 * would have a name. The options are lent for the life of the source. */
struct row_source *row_source_new(const struct input_options *options,
                                  struct err *err)
    __attribute__((warn_unused_result));
void row_source_free(struct row_source *source);

/* The names of the fields in their order, lent for the life of the source;
 * false where nothing names them. A field may have an empty name (a column
 * the header leaves unnamed, or a source without names beside one that has
 * them); no other name comes twice. Each name has a NUL behind it. */
bool row_source_names(const struct row_source *source,
                      const struct bytes **names, size_t *count);

/* Decide how plain lines are split, before the first row. MANY: at each TAB
 * if the first line that is not empty has one, else at runs of blanks; but
 * never NUL-separated rows, rows of several lines, or those of one source
 * among several. A header has decided it already: its own columns. */
void row_source_set_columns(struct row_source *source,
                            enum row_columns columns);

/* Without a placeholder, is each field an argument of its own? Else the text
 * of the row is. */
bool row_source_appends_fields(const struct row_source *source);

/* How many rows there will be; false if that is not known without reading. */
bool row_source_total(const struct row_source *source, uint64_t *total);

/* 1 and a row the caller owns, 0 at the end, or -1. The error of a read that
 * was cancelled has code ECANCELED. */
int row_source_next(struct row_source *source, struct row **row,
                    struct err *err) __attribute__((warn_unused_result));

/* What the user should know of the input, a sentence; NULL while there is
 * nothing. Known after the first rows, or at the end. */
const char *row_source_warning(struct row_source *source);

#endif

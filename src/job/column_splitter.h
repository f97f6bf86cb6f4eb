/* SPDX-License-Identifier: MIT */
/* column_splitter.h - a line cut into its columns
 *
 * There is always one column at least; that of an empty line is empty.
 */

#ifndef POOLRUN_COLUMN_SPLITTER_H
#define POOLRUN_COLUMN_SPLITTER_H

#include <stdbool.h>

#include "base/bytes.h"

struct column_splitter;
struct err;
struct field_list;

/* Decided by the first line: at each TAB if it has one, else at runs of blanks
 * (spaces and TABs), of which those around the line separate nothing. */
struct column_splitter *column_splitter_new(void);

/* At a POSIX extended regular expression, in which \t and \n mean the
 * characters; a pattern of one character means itself, and a match of nothing
 * separates nothing. Blanks around each column are dropped if trims says so. */
struct column_splitter *column_splitter_new_pattern(const char *pattern,
                                                    bool trims, struct err *err)
    __attribute__((warn_unused_result));

void column_splitter_free(struct column_splitter *splitter);

/* Append the columns of line, as slices of it. A line holds no NUL where the
 * splitter has a pattern. */
void column_splitter_split(struct column_splitter *splitter, struct bytes line,
                           struct field_list *fields);

#endif

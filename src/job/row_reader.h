/* SPDX-License-Identifier: MIT */
/* row_reader.h - the rows of one file, in order
 *
 * Lines, lines with columns, CSV records or JSON objects, as the options say.
 * A line no job can be made of is a row with a fault; what makes the rest
 * unreadable is an error.
 */

#ifndef POOLRUN_ROW_READER_H
#define POOLRUN_ROW_READER_H

#include <stdbool.h>

#include "job/input_options.h"

struct err;
struct row;
struct row_reader;

/* Open the file ("-": standard input). may_split allows to cut plain lines
 * into columns. */
struct row_reader *row_reader_new(const char *path,
                                  const struct input_options *options,
                                  bool may_split, struct err *err)
    __attribute__((warn_unused_result));
void row_reader_free(struct row_reader *reader);

/* Read what names the fields, if anything does: the header, or the first
 * object. May block. */
int row_reader_read_names(struct row_reader *reader, struct err *err)
    __attribute__((warn_unused_result));

/* The names as the fields of a row, lent for the life of the reader; NULL
 * where there are none. A row may have more fields than there are names. */
const struct row *row_reader_names(const struct row_reader *reader);

const char *row_reader_file_name(const struct row_reader *reader);

/* From now on cut plain lines into columns, if that is allowed and no header
 * has decided it. */
void row_reader_split_lines(struct row_reader *reader);

/* 1 and a row the caller owns, 0 at the end, or -1. */
int row_reader_next(struct row_reader *reader, struct row **row,
                    struct err *err) __attribute__((warn_unused_result));

/* All of the first lines end in CR? Known after a few, or at the end. */
bool row_reader_ends_in_cr(const struct row_reader *reader);

#endif

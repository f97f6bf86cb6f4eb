/* SPDX-License-Identifier: MIT */
/* csv_reader.h - the records of a CSV file (RFC 4180), one at a time
 *
 * Fields in quotes may hold separators, doubled quotes and line ends; lines
 * end in LF or CRLF. A quote in the wrong place is an error that names the
 * line: what follows cannot be trusted. No more is held than one record of at
 * most ROW_MAX_BYTES and what one read gave.
 */

#ifndef POOLRUN_CSV_READER_H
#define POOLRUN_CSV_READER_H

#include "job/line_reader.h"

struct csv_reader;
struct err;
struct field_list;
struct input_file;

/* The file is lent for the life of the reader. */
struct csv_reader *csv_reader_new(struct input_file *file, char separator);
void csv_reader_free(struct csv_reader *reader);

/* 1, the line the record begins in, and its fields, which are lent until the
 * next call and replace what the list held; 0 at the end; or -1. The text of
 * the line is left empty; a record that is too long has one empty field. */
int csv_reader_next(struct csv_reader *reader, struct line *record,
                    struct field_list *fields, struct err *err)
    __attribute__((warn_unused_result));

#endif

/* SPDX-License-Identifier: MIT */
/* line_reader.h - the lines of a file, one at a time
 *
 * A line ends at the delimiter, which is no part of it, or at the end of the
 * file. No more is held than one line of at most ROW_MAX_BYTES and what one
 * read gave. A NUL that is not the delimiter is an error that names the line.
 */

#ifndef POOLRUN_LINE_READER_H
#define POOLRUN_LINE_READER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"

struct err;
struct input_file;
struct line_reader;

struct line {
    uint64_t number;   /* from 1 */
    struct bytes text; /* lent until the next call */
    bool is_too_long;  /* over ROW_MAX_BYTES; then text is empty */
};

/* The file is lent for the life of the reader. */
struct line_reader *line_reader_new(struct input_file *file, char delimiter);
void line_reader_free(struct line_reader *reader);

/* 1 and a line, 0 at the end, or -1. */
int line_reader_next(struct line_reader *reader, struct line *line,
                     struct err *err) __attribute__((warn_unused_result));

#endif

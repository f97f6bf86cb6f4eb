/* SPDX-License-Identifier: MIT */
/* input_file.h - a file rows are read from, and what has been read of it */

#ifndef POOLRUN_INPUT_FILE_H
#define POOLRUN_INPUT_FILE_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/buf.h"
#include "job/input_options.h"

struct err;
struct input_file;

enum { INPUT_FILE_READ_BYTES = 64 * 1024 };

/* "-" is standard input, which is not closed by input_file_close. skips_bom
 * drops a UTF-8 byte order mark at the front of the file. */
struct input_file *input_file_open(const char *path,
                                   const struct row_reader_hooks *hooks,
                                   bool skips_bom, struct err *err)
    __attribute__((warn_unused_result));
void input_file_close(struct input_file *file);

/* Its path, or "standard input"; lent for the life of file. */
const char *input_file_name(const struct input_file *file);

/* What was read and is not yet eaten, lent for the life of file; the caller
 * eats from its front. */
struct buf *input_file_held(struct input_file *file);

/* Read more into what is held; may block. Bytes added, 0 at the end, or -1. */
ssize_t input_file_fill(struct input_file *file, struct err *err)
    __attribute__((warn_unused_result));

#endif

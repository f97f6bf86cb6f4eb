/* SPDX-License-Identifier: MIT */
/* reader.h - the thread that reads rows
 *
 * Reading standard input may block for as long as somebody likes, so it is
 * done here. Rows wait in a bounded queue; the first is handed over as soon as
 * it is read, and reading goes on only as rows are taken.
 */

#ifndef POOLRUN_READER_H
#define POOLRUN_READER_H

#include <stdbool.h>
#include <stdint.h>

#include "job/input_options.h"

struct err;
struct reader;
struct row;
struct row_source;

struct reader_options {
    bool all_first; /* hand nothing over before the last row is read */
    bool shuffle;   /* in random order; implies all_first */
};

struct reader *reader_new(const struct reader_options *options);

/* How the source is to read: set them in its options when it is made. */
struct row_reader_hooks reader_hooks(struct reader *reader);

/* Begin. The source is taken over, and used by the thread alone. wake is
 * called in the thread when there is something for a caller that was told 0. */
void reader_start(struct reader *reader, struct row_source *source,
                  void (*wake)(void *ctx), void *ctx);

/* 1: a row, the caller's. 0: none is there yet. -1: there are no more, and
 * err->code tells whether reading failed (0 = the end). */
int reader_next(struct reader *reader, struct row **row, struct err *err)
    __attribute__((warn_unused_result));

/* Rows read so far; true if that is all of them. */
bool reader_total(struct reader *reader, uint64_t *total);

/* Are there, or may there be, more rows than so many? */
bool reader_has_more(struct reader *reader, uint64_t count);

/* A sentence about the input the user should know, or NULL; after the end. */
const char *reader_warning(struct reader *reader);

/* Waits for the thread, unless that hangs in the opening of a file. */
void reader_free(struct reader *reader);

#endif

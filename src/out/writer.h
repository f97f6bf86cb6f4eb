/* SPDX-License-Identifier: MIT */
/* writer.h - the thread that writes: stdout, stderr, the joblog, result files
 *
 * Writing to what we inherited may block for as long as somebody likes, so it
 * is done here, in the order it was asked for, and never in the loop. The
 * queue is bounded by who fills it: it asks writer_is_full first and waits for
 * `wake`.
 */

#ifndef POOLRUN_WRITER_H
#define POOLRUN_WRITER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/stream.h"

struct err;
struct writer;

/* What the thread writes to. */
struct writer_streams {
    struct stream out;
    struct stream err;
    struct stream log; /* the joblog; fd -1 = there is none */
};

/* One thing to write; embed it first in a struct of your own. */
struct writer_task {
    /* In the thread: write, and free the task. */
    int (*run)(struct writer_task *task, struct writer_streams *streams,
               struct err *err);
    /* In either thread: free the task, nothing is written. */
    void (*drop)(struct writer_task *task);
    size_t cost; /* bytes it holds; those in a spool if somebody must wait */
    struct writer_task *next;
};

/* wake is called in the writer's thread after it has written something that
 * was full, or has failed. log_fd -1 = no joblog; it is taken over. */
struct writer *writer_new(int log_fd, const char *log_name,
                          void (*wake)(void *ctx), void *ctx);

/* Takes over the task. After a failure it is dropped. */
void writer_push(struct writer *writer, struct writer_task *task);

enum writer_target { WRITER_OUT, WRITER_ERR, WRITER_LOG };

/* Write these bytes (copied). */
void writer_put(struct writer *writer, enum writer_target target,
                const void *data, size_t len);

/* The line to show at the foot of the terminal while nothing is being written;
 * "" = none. It is taken off before anything else is written. */
void writer_set_bar(struct writer *writer, const char *text);

bool writer_is_full(struct writer *writer);

/* -1 if writing has failed; err->code is the errno. */
int writer_trouble(struct writer *writer, struct err *err);

/* Wait until all is written, or, with drop_rest, only what is being written
 * now. Nothing may be pushed any more; writer_trouble has the last word. */
void writer_finish(struct writer *writer, bool drop_rest);

void writer_free(struct writer *writer); /* finishes, if that was not done */

#endif

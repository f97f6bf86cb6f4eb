/* SPDX-License-Identifier: MIT */
/* stream.h - buffered writing to a descriptor by a thread that may block
 *
 * The first error sticks: later calls do nothing, stream_flush tells it. A full
 * disk becomes an error only if it stays full for STREAM_PATIENCE_SECONDS;
 * until then the thread waits.
 */

#ifndef POOLRUN_STREAM_H
#define POOLRUN_STREAM_H

#include <stddef.h>

#include "base/buf.h"

struct blob;
struct err;

enum { STREAM_PATIENCE_SECONDS = 60 };

struct stream {
    int fd;           /* lent */
    const char *name; /* for messages; lent */
    struct buf buf;
    char last; /* byte written; 0 = none was */
    int error; /* errno of the first write that failed, 0 = none */
    /* Called when the thread begins to wait for room on a full disk; NULL = it
     * does not wait. */
    void (*on_full)(void *ctx, const struct stream *stream);
    void *ctx;
};

void stream_init(struct stream *stream, int fd, const char *name);
void stream_release(struct stream *stream); /* what is not flushed is lost */

void stream_put(struct stream *stream, const void *data, size_t len);
void stream_put_text(struct stream *stream, const char *text);
void stream_put_char(struct stream *stream, char c);
void stream_printf(struct stream *stream, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Write what is held; an error is kept for stream_flush. */
void stream_push(struct stream *stream);

/* Write what is held. err->code is the errno (EPIPE: nobody reads). */
int stream_flush(struct stream *stream, struct err *err)
    __attribute__((warn_unused_result));

#endif

/* SPDX-License-Identifier: MIT */
/* caught.h - a stream whose bytes a test can look at */

#ifndef POOLRUN_CAUGHT_H
#define POOLRUN_CAUGHT_H

#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/stream.h"

struct caught {
    FILE *file;
    struct stream stream;
    struct buf bytes;
};

static inline void caught_init(struct caught *caught)
{
    caught->file = tmpfile();
    assert_non_null(caught->file);
    stream_init(&caught->stream, fileno(caught->file), "the test");
    caught->bytes = (struct buf){0};
}

static inline void caught_release(struct caught *caught)
{
    stream_release(&caught->stream);
    buf_release(&caught->bytes);
    (void)fclose(caught->file);
}

/* What was written since the last call; lent until the next one. */
static inline const char *caught_text(struct caught *caught)
{
    struct err err;
    ssize_t len;

    assert_int_equal(stream_flush(&caught->stream, &err), 0);
    rewind(caught->file);
    buf_clear(&caught->bytes);
    while ((len = fd_read(fileno(caught->file),
                          buf_reserve(&caught->bytes, 65536), 65536)) > 0) {
        buf_grow(&caught->bytes, (size_t)len);
    }
    assert_int_equal(ftruncate(fileno(caught->file), 0), 0);
    rewind(caught->file);
    return buf_text(&caught->bytes);
}

#endif

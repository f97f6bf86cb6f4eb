/* SPDX-License-Identifier: MIT */
#include "base/stream.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fd.h"

enum { STREAM_BUFFER_BYTES = 65536 };

void stream_init(struct stream *stream, int fd, const char *name)
{
    *stream = (struct stream){.fd = fd, .name = name};
}

void stream_release(struct stream *stream)
{
    buf_release(&stream->buf);
}

/* Write as much as there is room for; 0, or the errno. */
static int write_some(int fd, const char **data, size_t *len)
{
    while (*len) {
        ssize_t done = write(fd, *data, *len);
        if (done < 0) {
            return errno;
        }
        *data += done;
        *len -= (size_t)done;
    }
    return 0;
}

static void write_out(struct stream *stream, const char *data, size_t len)
{
    int waited = 0;
    stream->last = len ? data[len - 1] : stream->last;
    while (!stream->error && len) {
        int code = write_some(stream->fd, &data, &len);
        if (code == EAGAIN) {
            struct pollfd entry = {.fd = stream->fd, .events = POLLOUT};
            (void)poll(&entry, 1, -1); /* an error shows at the next write */
        } else if (fd_means_full(code) && stream->on_full &&
                   waited < STREAM_PATIENCE_SECONDS) {
            if (!waited++) {
                stream->on_full(stream->ctx, stream);
            }
            (void)sleep(1);
        } else if (code && code != EINTR) {
            stream->error = code;
        }
    }
}

void stream_push(struct stream *stream)
{
    write_out(stream, stream->buf.data, stream->buf.len);
    buf_clear(&stream->buf);
}

void stream_put(struct stream *stream, const void *data, size_t len)
{
    if (len > STREAM_BUFFER_BYTES - stream->buf.len) {
        stream_push(stream);
    }
    if (len >= STREAM_BUFFER_BYTES) {
        write_out(stream, data, len);
    } else {
        buf_add(&stream->buf, data, len);
    }
}

void stream_put_text(struct stream *stream, const char *text)
{
    stream_put(stream, text, strlen(text));
}

void stream_put_char(struct stream *stream, char c)
{
    stream_put(stream, &c, 1);
}

void stream_printf(struct stream *stream, const char *format, ...)
{
    char text[512];
    va_list args;

    va_start(args, format);
    int len = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    assert(len >= 0 && (size_t)len < sizeof text);
    stream_put(stream, text, (size_t)len);
}

int stream_flush(struct stream *stream, struct err *err)
{
    stream_push(stream);
    if (stream->error) {
        return err_set_errno(err, stream->error, "cannot write to %s",
                             stream->name);
    }
    return 0;
}

/* SPDX-License-Identifier: MIT */
#include "wire/channel.h"

#include <assert.h>
#include <errno.h>
#include <ev.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/xalloc.h"
#include "wire/frame.h"

enum {
    READ_BYTES = 65536,
    READS_A_TURN = 4,      /* then the other channels have their turn */
    KEEP_BYTES = 4096,     /* a larger block is given back when empty */
    SEND_AT_BYTES = 65536, /* worth a system call of its own */
};

struct channel {
    struct ev_loop *loop;
    int fd; /* -1 once closed */
    const struct channel_events *events;
    void *ctx;
    struct frame_decoder *decoder;
    struct buf in;
    struct buf out;
    double lag;
    ev_io readable;
    ev_io writable;
    ev_prepare before_sleep;
    ev_timer lag_over;
};

static void release_if_large(struct buf *buf)
{
    if (!buf->len && buf->room > KEEP_BYTES) {
        buf_release(buf);
    }
}

static void report_closed(struct channel *channel, const struct err *err)
{
    channel_close(channel);
    channel->events->on_closed(channel->ctx, err);
}

/* Hand out the whole frames at the front of what was read. */
static int deliver(struct channel *channel, struct err *err)
{
    while (channel->fd >= 0) {
        int64_t len = frame_length(buf_bytes(&channel->in));
        if (len < 0) {
            return err_set(err, EPROTO, "a frame that is too long");
        }
        if (len == 0 || (size_t)len > channel->in.len) {
            return 0;
        }
        struct bytes body = {channel->in.data + FRAME_HEADER_BYTES,
                             (size_t)len - FRAME_HEADER_BYTES};
        struct frame frame;
        int known = frame_decode(channel->decoder, body, &frame, err);
        if (known < 0) {
            return -1;
        }
        if (known) {
            channel->events->on_frame(channel->ctx, &frame);
        }
        buf_eat(&channel->in, (size_t)len);
    }
    return 0;
}

static void report_end(struct channel *channel)
{
    struct err err = {0};
    if (channel->in.len) {
        err_set(&err, EPROTO, "the peer went away in the middle of a frame");
    }
    report_closed(channel, err.code ? &err : NULL);
}

/* 1 there may be more, 0 nothing more now, -1 closed. */
static int read_once(struct channel *channel)
{
    struct err err = {0};
    char *place = buf_reserve(&channel->in, READ_BYTES);
    ssize_t got = read(channel->fd, place, READ_BYTES);

    if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
        release_if_large(&channel->in);
        return 0;
    }
    /* Reset: it went before it had read all that we sent. */
    if (got == 0 || (got < 0 && errno == ECONNRESET)) {
        report_end(channel);
        return -1;
    }
    if (got < 0) {
        err_set_errno(&err, errno, "cannot read from the peer");
        report_closed(channel, &err);
        return -1;
    }
    buf_grow(&channel->in, (size_t)got);
    if (deliver(channel, &err)) {
        report_closed(channel, &err);
        return -1;
    }
    release_if_large(&channel->in);
    return channel->fd < 0 ? -1 : got == READ_BYTES;
}

static void on_readable(struct ev_loop *loop, ev_io *watcher, int events)
{
    struct channel *channel = watcher->data;
    (void)loop;
    (void)events;
    for (int i = 0; i < READS_A_TURN && read_once(channel) > 0; i++) {
    }
}

void channel_drain(struct channel *channel)
{
    int held = 0;
    while (channel->fd >= 0 && ioctl(channel->fd, FIONREAD, &held) == 0 &&
           held > 0 && read_once(channel) >= 0) {
    }
}

static void stop_flushing(struct channel *channel)
{
    ev_prepare_stop(channel->loop, &channel->before_sleep);
    ev_timer_stop(channel->loop, &channel->lag_over);
}

void channel_flush(struct channel *channel)
{
    while (channel->fd >= 0 && channel->out.len) {
        ssize_t sent = write(channel->fd, channel->out.data, channel->out.len);
        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent < 0 && errno == EAGAIN) {
            ev_io_start(channel->loop, &channel->writable);
            stop_flushing(channel);
            return;
        }
        if (sent < 0) {
            /* The peer is gone: reading tells, after what it still said. */
            buf_release(&channel->out);
            break;
        }
        buf_eat(&channel->out, (size_t)sent);
    }
    if (channel->fd >= 0) {
        ev_io_stop(channel->loop, &channel->writable);
        stop_flushing(channel);
    }
    release_if_large(&channel->out);
}

static void on_writable(struct ev_loop *loop, ev_io *watcher, int events)
{
    (void)loop;
    (void)events;
    channel_flush(watcher->data);
}

static void on_before_sleep(struct ev_loop *loop, ev_prepare *watcher,
                            int events)
{
    (void)loop;
    (void)events;
    channel_flush(watcher->data);
}

static void on_lag_over(struct ev_loop *loop, ev_timer *watcher, int events)
{
    (void)loop;
    (void)events;
    channel_flush(watcher->data);
}

static void arrange_flush(struct channel *channel)
{
    if (ev_is_active(&channel->writable)) {
        return; /* the peer is slow; its room wakes us */
    }
    if (channel->out.len >= SEND_AT_BYTES) {
        channel_flush(channel);
    } else if (channel->lag <= 0) {
        ev_timer_stop(channel->loop, &channel->lag_over);
        ev_prepare_start(channel->loop, &channel->before_sleep);
    } else if (!ev_is_active(&channel->lag_over) &&
               !ev_is_active(&channel->before_sleep)) {
        ev_timer_set(&channel->lag_over, channel->lag, 0.);
        ev_timer_start(channel->loop, &channel->lag_over);
    }
}

void channel_send(struct channel *channel, const struct frame *frame)
{
    if (channel->fd >= 0) {
        frame_encode(frame, &channel->out);
        arrange_flush(channel);
    }
}

void channel_set_lag(struct channel *channel, double seconds)
{
    channel->lag = seconds;
    if (channel->fd >= 0 && channel->out.len) {
        arrange_flush(channel);
    }
}

size_t channel_unsent(const struct channel *channel)
{
    return channel->out.len;
}

struct channel *channel_new(struct ev_loop *loop, int fd,
                            const struct channel_events *events, void *ctx)
{
    struct channel *channel = NEW(struct channel);
    channel->loop = loop;
    channel->fd = fd;
    channel->events = events;
    channel->ctx = ctx;
    channel->decoder = frame_decoder_new();
    int failed = fd_set_nonblocking(fd, NULL);
    assert(!failed);
    (void)failed; /* fails for a descriptor that is not open only */
    ev_io_init(&channel->readable, on_readable, fd, EV_READ);
    ev_io_init(&channel->writable, on_writable, fd, EV_WRITE);
    ev_prepare_init(&channel->before_sleep, on_before_sleep);
    ev_timer_init(&channel->lag_over, on_lag_over, 0., 0.);
    channel->readable.data = channel;
    channel->writable.data = channel;
    channel->before_sleep.data = channel;
    channel->lag_over.data = channel;
    ev_io_start(loop, &channel->readable);
    return channel;
}

void channel_close(struct channel *channel)
{
    if (channel->fd >= 0) {
        ev_io_stop(channel->loop, &channel->readable);
        ev_io_stop(channel->loop, &channel->writable);
        stop_flushing(channel);
        (void)close(channel->fd);
        channel->fd = -1;
        buf_release(&channel->out);
    }
}

void channel_free(struct channel *channel)
{
    if (channel) {
        channel_close(channel);
        frame_decoder_free(channel->decoder);
        buf_release(&channel->in);
        buf_release(&channel->out);
        free(channel);
    }
}

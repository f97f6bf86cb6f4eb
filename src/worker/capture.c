/* SPDX-License-Identifier: MIT */
#include "worker/capture.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/err.h"

enum { CAPTURE_READ_BYTES = 65536 };

static uint64_t used(const struct capture *capture)
{
    return capture->pipes[0].offset + capture->pipes[1].offset;
}

static void close_write_ends(struct capture *capture)
{
    for (unsigned i = 0; i < 2; i++) {
        if (capture->pipes[i].write_fd >= 0) {
            (void)close(capture->pipes[i].write_fd);
            capture->pipes[i].write_fd = -1;
        }
    }
}

static void close_pipe(struct capture *capture, struct capture_pipe *end)
{
    if (end->fd >= 0) {
        ev_io_stop(capture->loop, &end->readable);
        (void)close(end->fd);
        end->fd = -1;
    }
    end->rest = 0;
}

static void arrange_reading(struct capture *capture)
{
    bool may_read = used(capture) < capture->allowed;
    for (unsigned i = 0; i < 2; i++) {
        struct capture_pipe *end = &capture->pipes[i];
        if (end->fd >= 0 && may_read) {
            ev_io_start(capture->loop, &end->readable);
        } else if (end->fd >= 0) {
            ev_io_stop(capture->loop, &end->readable);
        }
    }
}

/* Only what is there: called when there is something, so it never waits. */
static void read_some(struct capture *capture, unsigned stream)
{
    static char data[CAPTURE_READ_BYTES];
    struct capture_pipe *end = &capture->pipes[stream];
    uint64_t most = capture->allowed - used(capture);

    most = most < end->rest ? most : end->rest;
    most = most < sizeof data ? most : sizeof data;
    ssize_t got = most ? read(end->fd, data, (size_t)most) : 0;
    if (got < 0 && (errno == EINTR || errno == EAGAIN) &&
        end->rest == UINT64_MAX) {
        return;
    }
    if (got > 0) {
        uint64_t offset = end->offset;
        end->offset += (uint64_t)got;
        if (end->rest != UINT64_MAX) {
            end->rest -= (uint64_t)got;
        }
        capture->events->on_data(capture->ctx, stream, offset, data,
                                 (size_t)got);
    }
    if ((got <= 0 && most) || !end->rest) {
        close_pipe(capture, end);
    }
}

static bool is_drained(const struct capture *capture)
{
    return !capture->pipes[0].rest && !capture->pipes[1].rest;
}

/* What the pipes are known to hold, as far as allowed; true when all is. */
static bool drain(struct capture *capture)
{
    for (unsigned i = 0; i < 2; i++) {
        while (capture->pipes[i].rest && used(capture) < capture->allowed) {
            read_some(capture, i);
        }
    }
    return is_drained(capture);
}

static bool is_finishing(const struct capture *capture)
{
    return capture->pipes[0].rest != UINT64_MAX &&
           capture->pipes[1].rest != UINT64_MAX && !is_drained(capture);
}

static void on_readable(struct ev_loop *loop, ev_io *watcher, int events)
{
    struct capture *capture = watcher->data;
    (void)loop;
    (void)events;
    read_some(capture, watcher == &capture->pipes[1].readable);
    arrange_reading(capture);
}

void capture_init(struct capture *capture, struct ev_loop *loop,
                  const struct capture_events *events, void *ctx)
{
    *capture = (struct capture){.loop = loop, .events = events, .ctx = ctx};
    for (unsigned i = 0; i < 2; i++) {
        struct capture_pipe *end = &capture->pipes[i];
        end->fd = -1;
        end->write_fd = -1;
        ev_init(&end->readable, on_readable);
        end->readable.data = capture;
    }
}

int capture_open(struct capture *capture, struct err *err)
{
    capture->allowed = 0;
    for (unsigned i = 0; i < 2; i++) {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) < 0) {
            int code = errno;
            capture_close(capture);
            return err_set_errno(err, code, "cannot make a pipe");
        }
        struct capture_pipe *end = &capture->pipes[i];
        /* Our end only: the job may read its own output before us. */
        (void)fcntl(ends[0], F_SETFL, O_NONBLOCK);
        end->fd = ends[0];
        end->write_fd = ends[1];
        end->offset = 0;
        end->rest = UINT64_MAX;
        ev_io_set(&end->readable, end->fd, EV_READ);
    }
    return 0;
}

void capture_start(struct capture *capture, uint64_t allowed)
{
    close_write_ends(capture);
    capture_allow(capture, allowed);
}

void capture_allow(struct capture *capture, uint64_t allowed)
{
    if (allowed <= capture->allowed) {
        return;
    }
    capture->allowed = allowed;
    if (!is_finishing(capture)) {
        arrange_reading(capture);
    } else if (drain(capture)) {
        capture->events->on_drained(capture->ctx);
    }
}

void capture_finish(struct capture *capture)
{
    for (unsigned i = 0; i < 2; i++) {
        struct capture_pipe *end = &capture->pipes[i];
        int held = 0;
        if (end->fd < 0) {
            continue;
        }
        ev_io_stop(capture->loop, &end->readable);
        if (ioctl(end->fd, FIONREAD, &held) < 0 || held <= 0) {
            close_pipe(capture, end);
        } else {
            end->rest = (uint64_t)held;
        }
    }
    if (drain(capture)) {
        capture->events->on_drained(capture->ctx);
    }
}

void capture_close(struct capture *capture)
{
    close_write_ends(capture);
    for (unsigned i = 0; i < 2; i++) {
        close_pipe(capture, &capture->pipes[i]);
    }
}

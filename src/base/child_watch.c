/* SPDX-License-Identifier: MIT */
#include "base/child_watch.h"

#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

static int open_pidfd(pid_t pid)
{
    return (int)syscall(SYS_pidfd_open, pid, 0);
}

int (*child_watch_pidfd_open)(pid_t pid) = open_pidfd;

static void on_pidfd(struct ev_loop *loop, ev_io *watcher, int events)
{
    struct child_watch *watch = watcher->data;
    (void)loop;
    (void)events;
    watch->on_ended(watch->ctx);
}

static void on_signal(struct ev_loop *loop, ev_signal *watcher, int events)
{
    struct child_watch *watch = watcher->data;
    (void)loop;
    (void)events;
    watch->on_ended(watch->ctx);
}

void child_watch_init(struct child_watch *watch, struct ev_loop *loop,
                      void (*on_ended)(void *ctx), void *ctx)
{
    watch->loop = loop;
    watch->on_ended = on_ended;
    watch->ctx = ctx;
    watch->pidfd = -1;
    ev_init(&watch->by_pidfd, on_pidfd);
    ev_signal_init(&watch->by_signal, on_signal, SIGCHLD);
    watch->by_pidfd.data = watch;
    watch->by_signal.data = watch;
}

void child_watch_start(struct child_watch *watch, pid_t pid)
{
    /* Close-on-exec by nature: pidfd_open(2). */
    watch->pidfd = child_watch_pidfd_open(pid);
    if (watch->pidfd >= 0) {
        ev_io_set(&watch->by_pidfd, watch->pidfd, EV_READ);
        ev_io_start(watch->loop, &watch->by_pidfd);
    } else {
        ev_signal_start(watch->loop, &watch->by_signal);
        /* It may have ended before the handler stood. */
        ev_feed_event(watch->loop, &watch->by_signal, EV_SIGNAL);
    }
}

void child_watch_stop(struct child_watch *watch)
{
    ev_io_stop(watch->loop, &watch->by_pidfd);
    ev_signal_stop(watch->loop, &watch->by_signal);
    if (watch->pidfd >= 0) {
        (void)close(watch->pidfd);
        watch->pidfd = -1;
    }
}

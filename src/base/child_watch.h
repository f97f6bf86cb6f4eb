/* SPDX-License-Identifier: MIT */
/* child_watch.h - be told when a child process has ended
 *
 * By its pidfd; where the kernel has none (before 5.3, or under valgrind) by
 * SIGCHLD. The child is not reaped: the owner does that, and only the owner,
 * so the loop must never be libev's default loop.
 */

#ifndef POOLRUN_CHILD_WATCH_H
#define POOLRUN_CHILD_WATCH_H

#include <ev.h>
#include <stdbool.h>
#include <sys/types.h>

struct child_watch {
    struct ev_loop *loop;
    void (*on_ended)(void *ctx); /* may come although nothing has ended */
    void *ctx;
    int pidfd;
    ev_io by_pidfd;
    ev_signal by_signal;
};

void child_watch_init(struct child_watch *watch, struct ev_loop *loop,
                      void (*on_ended)(void *ctx), void *ctx);

/* Begin to watch a child that is not reaped. */
void child_watch_start(struct child_watch *watch, pid_t pid);
void child_watch_stop(struct child_watch *watch);

/* pidfd_open(2), and what a test puts in its place. */
extern int (*child_watch_pidfd_open)(pid_t pid);

#endif

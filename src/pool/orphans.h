/* SPDX-License-Identifier: MIT */
/* orphans.h - job processes whose worker died come to us: end them
 *
 * Works where this process is a sub-reaper. Spared are the workers and all
 * below them, whoever is in our own session, and children this process was
 * born with (a shell may start a pipeline and then become us by exec).
 */

#ifndef POOLRUN_ORPHANS_H
#define POOLRUN_ORPHANS_H

#include <ev.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct orphans {
    struct ev_loop *loop;
    bool (*is_worker)(void *ctx, pid_t pid);
    void (*on_none)(void *ctx); /* after orphans_sweep: nothing is left */
    void *ctx;
    pid_t *born_with;
    size_t born_with_count;
    ev_timer again;
};

/* Call it before the first child is made. */
void orphans_init(struct orphans *orphans, struct ev_loop *loop,
                  bool (*is_worker)(void *ctx, pid_t pid),
                  void (*on_none)(void *ctx), void *ctx);
void orphans_release(struct orphans *orphans);

/* Kill them, and again, until none is left that may be; then on_none, which may
 * come from within. */
void orphans_sweep(struct orphans *orphans);

#endif

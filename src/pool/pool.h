/* SPDX-License-Identifier: MIT */
/* pool.h - the workers of one supervisor
 *
 * A set of runners with a name. Where they come from (forked here, or joined
 * from elsewhere) is known to the file that made the pool, and to nobody else.
 */

#ifndef POOLRUN_POOL_H
#define POOLRUN_POOL_H

#include <stdbool.h>

struct pool;
struct runner;

struct pool_events {
    /* A runner offers its slots, or is gone for good: its attempts have come
     * back by its own events. */
    void (*on_runner)(void *ctx, struct runner *runner);
    void (*on_runner_gone)(void *ctx, struct runner *runner);
    /* The last event: no runner is left, after pool_end. */
    void (*on_empty)(void *ctx, struct pool *pool);
};

struct pool {
    const char *name; /* lent by who made it */
    unsigned workers; /* that run */
    unsigned most;    /* workers it may have */
    /* Ask for one more worker: false if there cannot be one. It comes by
     * on_runner, mostly before this returns. */
    bool (*grow)(struct pool *pool);
    /* All jobs were cancelled: what does not end them in time is killed. */
    void (*hurry)(struct pool *pool, bool at_once);
};

#endif

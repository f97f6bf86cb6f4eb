/* SPDX-License-Identifier: MIT */
/* pool_local.h - a pool of workers forked on this machine
 *
 * Workers are made when they are asked for, up to a number, and run this very
 * program with their channel on a fixed descriptor. One that dies frees its
 * slot; what its job leaves behind is killed.
 *
 *   (none) --grow--> OPEN --channel closed--> CLOSED --reaped, swept--> (none)
 */

#ifndef POOLRUN_POOL_LOCAL_H
#define POOLRUN_POOL_LOCAL_H

#include <stdbool.h>

#include "pool/pool.h"

struct ev_loop;
struct err;
struct pool_local;
struct runner_events;

struct pool_local_options {
    const char *name;     /* lent for the pool's life */
    unsigned workers;     /* at most; > 0 */
    double grace_seconds; /* for a worker to leave in, then it is killed */
    bool keep_background; /* spare what jobs leave behind */
    bool pin;             /* worker N to the N-th usable core */
};

/* Workers' events go to (runner_events, runner_ctx), the pool's to (events,
 * ctx). */
struct pool_local *pool_local_new(struct ev_loop *loop,
                                  const struct pool_local_options *options,
                                  const struct pool_events *events,
                                  const struct runner_events *runner_events,
                                  void *runner_ctx, void *ctx);
void pool_local_free(struct pool_local *local);

struct pool *pool_local_pool(struct pool_local *local);

/* Ask all workers to leave: the jobs that run are ended, at once by KILL if
 * wanted. on_empty follows, from within if there is no worker. May be called
 * again, to hurry. */
void pool_local_end(struct pool_local *local, bool at_once);

/* Stop all that runs, and its timeouts, or let it go on. It is sent before this
 * returns, so that this process may stop itself then. */
void pool_local_pause(struct pool_local *local, bool on);

/* Why a worker could not be made, or could not live; NULL = all is well. */
const struct err *pool_local_trouble(const struct pool_local *local);

#endif

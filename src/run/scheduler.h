/* SPDX-License-Identifier: MIT */
/* scheduler.h - which job goes to which runner, and what its end means
 *
 * Knows jobs, attempts and runners; no loop, no process, no clock but the one
 * it is given. A job is in the queue, or has attempts in flight, or has
 * settled; each settles once: a success at once, a failure when there will be
 * no other try.
 *
 *   OPEN --scheduler_drain--> DRAINING --scheduler_stop--> STOPPED
 *     +------------------scheduler_stop----------------------^
 * OPEN starts jobs; DRAINING lets what runs end; STOPPED ends it, and what is
 * ended that way does not settle. Jobs in the queue never will then.
 */

#ifndef POOLRUN_SCHEDULER_H
#define POOLRUN_SCHEDULER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

struct attempt;
struct batch;
struct job;
struct pool;
struct result;
struct runner;
struct runner_events;
struct scheduler;

struct scheduler_options {
    unsigned tries; /* N in all for a job that fails; at least 1 */
    int64_t retry_delay_us;
    unsigned crash_limit;     /* workers that may die of one job; at least 1 */
    int64_t timeout_us;       /* 0 = none */
    unsigned timeout_percent; /* of the median of successes; 0 = none */
    int64_t delay_us;         /* between two starts */
    bool no_queueing;        /* never more jobs at a runner than it has slots */
    int64_t (*now_us)(void); /* monotonic */
};

struct scheduler_counts {
    uint64_t succeeded;
    uint64_t failed;
    uint64_t running; /* attempts that have started and not ended */
    uint64_t sent;    /* attempts that have not ended */
};

struct scheduler_events {
    /* The next job; NULL = none is there now. The scheduler takes it over. */
    struct job *(*next_job)(void *ctx);
    /* May another job start at all? (memory, load, a full disk ...) */
    bool (*may_start)(void *ctx);
    void (*on_started)(void *ctx, struct attempt *attempt);
    void (*on_output)(void *ctx, struct attempt *attempt, unsigned stream,
                      struct bytes data);
    /* An attempt ends without a result: what it wrote is void. */
    void (*on_void)(void *ctx, struct attempt *attempt);
    /* A job has settled; takes over the result. `last` is the attempt that
     * made it, NULL if none was; it goes away after the call. */
    void (*on_settled)(void *ctx, struct result *result,
                       const struct attempt *last);
    /* No runner can run this batch: exit_code 126 or 127. */
    void (*on_unable)(void *ctx, int exit_code, struct bytes reason);
};

/* All but ctx is lent for the scheduler's life. */
struct scheduler *scheduler_new(const struct batch *batch,
                                const struct scheduler_options *options,
                                const struct scheduler_events *events,
                                void *ctx);
void scheduler_free(struct scheduler *scheduler);

/* For the runners of its pools: (events, scheduler). */
const struct runner_events *scheduler_runner_events(void);
void scheduler_add_pool(struct scheduler *scheduler, struct pool *pool);
void scheduler_add_runner(struct scheduler *scheduler, struct runner *runner);
void scheduler_remove_runner(struct scheduler *scheduler,
                             struct runner *runner);

/* Start what can be started. */
void scheduler_dispatch(struct scheduler *scheduler);

/* Do what time asks for; call it some hundred times a second while
 * scheduler_wants_ticks. */
void scheduler_tick(struct scheduler *scheduler);
bool scheduler_wants_ticks(const struct scheduler *scheduler);

/* When something that waits for time may start: monotonic us, 0 = nothing
 * does. */
int64_t scheduler_wake_us(const struct scheduler *scheduler);

/* No job will come from next_job any more. */
void scheduler_input_ended(struct scheduler *scheduler);
void scheduler_drain(struct scheduler *scheduler);
void scheduler_stop(struct scheduler *scheduler, bool at_once);

/* End the attempt that started last; its job will be tried again, at no
 * cost. False if none runs. */
bool scheduler_put_back_youngest(struct scheduler *scheduler);

bool scheduler_is_open(const struct scheduler *scheduler);

/* Nothing is in flight, and nothing will be. */
bool scheduler_is_finished(const struct scheduler *scheduler);

struct scheduler_counts scheduler_counts(const struct scheduler *scheduler);

/* Jobs that wait to start and have been seen. */
uint64_t scheduler_ready(const struct scheduler *scheduler);

void scheduler_each_runner(struct scheduler *scheduler,
                           void (*visit)(void *ctx, struct runner *runner),
                           void *ctx);

#endif

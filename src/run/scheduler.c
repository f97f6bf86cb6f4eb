/* SPDX-License-Identifier: MIT */
#include "run/scheduler.h"

#include <assert.h>
#include <stdlib.h>
#include <utlist.h>

#include "base/err.h"
#include "base/xalloc.h"
#include "job/attempt.h"
#include "job/batch.h"
#include "job/job.h"
#include "job/job_queue.h"
#include "job/result.h"
#include "pool/pool.h"
#include "pool/runner.h"
#include "run/roster.h"
#include "run/time_limit.h"
#include "run/verdict.h"
#include "wire/frame.h"

enum {
    RECALL_AFTER_US = 10000, /* a job this long is no short job any more */
    MOST_QUEUED = 100000,    /* retries that wait; then no row is asked for */
    MOST_UNFIT = 1000,       /* rows without an attempt in one dispatch */
};

enum openness { OPEN, DRAINING, STOPPED };

struct scheduler {
    const struct batch *batch;
    struct scheduler_options options;
    const struct scheduler_events *events;
    void *ctx;
    enum openness openness;
    bool input_ended;
    struct pool **pools;
    size_t pool_count;
    struct roster roster;
    struct job_queue queue; /* seen and not started */
    bool has_more;          /* dispatch stopped in the middle */
    struct time_limit time_limit;
    struct scheduler_counts counts;
    int64_t last_start_us;
};

/* ---- runners ---- */

void scheduler_add_pool(struct scheduler *scheduler, struct pool *pool)
{
    scheduler->pools = xrealloc_array(
        scheduler->pools, scheduler->pool_count + 1, sizeof(struct pool *));
    scheduler->pools[scheduler->pool_count++] = pool;
}

void scheduler_add_runner(struct scheduler *scheduler, struct runner *runner)
{
    runner_send_batch(runner, scheduler->batch);
    roster_add(&scheduler->roster, runner);
}

void scheduler_remove_runner(struct scheduler *scheduler, struct runner *runner)
{
    runner->is_unable = true; /* takes nothing while its attempts come back */
    roster_place(&scheduler->roster, runner);
    runner_lose_all(runner);
    roster_remove(&scheduler->roster, runner);
}

void scheduler_each_runner(struct scheduler *scheduler,
                           void (*visit)(void *ctx, struct runner *runner),
                           void *ctx)
{
    roster_each(&scheduler->roster, visit, ctx);
}

/* ---- jobs that end ---- */

static void limit_runner(void *ctx, struct runner *runner)
{
    struct scheduler *scheduler = ctx;
    struct attempt *attempt;
    DL_FOREACH(runner->attempts, attempt)
    {
        time_limit_apply(&scheduler->time_limit, attempt, scheduler->batch);
    }
}

static void learn_success(struct scheduler *scheduler, int64_t duration_us)
{
    if (time_limit_learn(&scheduler->time_limit, duration_us)) {
        scheduler_each_runner(scheduler, limit_runner, scheduler);
    }
}

static void settle(struct scheduler *scheduler, struct job *job,
                   struct result *result, const struct attempt *last)
{
    job->state = JOB_SETTLED;
    result->row = job->row;
    job->row = NULL;
    if (result_ok(result)) {
        scheduler->counts.succeeded++;
        learn_success(scheduler, result->duration_us);
    } else {
        scheduler->counts.failed++;
    }
    scheduler->events->on_settled(scheduler->ctx, result, last);
}

/* An attempt is off its runner: the runner has room again. */
static void release(struct scheduler *scheduler, struct attempt *attempt)
{
    scheduler->counts.sent--;
    scheduler->counts.running -= attempt->slot != 0;
    roster_place(&scheduler->roster, attempt->runner);
}

/* Frees the attempt, which came to nothing. */
static struct job *drop_attempt(struct scheduler *scheduler,
                                struct attempt *attempt)
{
    struct job *job = attempt->job;
    if (attempt->slot) {
        scheduler->events->on_void(scheduler->ctx, attempt);
    }
    attempt_free(attempt);
    return job;
}

/* The attempt came to nothing through no fault of its job. */
static void put_back(struct scheduler *scheduler, struct attempt *attempt)
{
    struct job *job = drop_attempt(scheduler, attempt);
    if (scheduler->openness == STOPPED) {
        job_free(job);
    } else {
        job_queue_put(&scheduler->queue, job);
    }
}

static void on_result(struct scheduler *scheduler, struct attempt *attempt,
                      const struct frame_done *done)
{
    struct job *job = attempt->job;
    struct result *result = verdict_of_done(attempt, done);

    if (!result_ok(result) && ++job->tries < scheduler->options.tries &&
        scheduler->openness == OPEN) {
        result_free(result);
        job->not_before_us =
            scheduler->options.now_us() + scheduler->options.retry_delay_us;
        job_queue_put_later(&scheduler->queue,
                            drop_attempt(scheduler, attempt));
        return;
    }
    settle(scheduler, job, result, attempt);
    attempt_free(attempt);
    job_free(job);
}

static void on_done(void *ctx, struct attempt *attempt,
                    const struct frame_done *done)
{
    struct scheduler *scheduler = ctx;

    release(scheduler, attempt);
    roster_learn(&scheduler->roster, done->duration_us);
    if (attempt->is_unwanted && done->status != RESULT_EXITED) {
        put_back(scheduler, attempt);
    } else {
        on_result(scheduler, attempt, done);
    }
}

static void on_started(void *ctx, struct attempt *attempt)
{
    struct scheduler *scheduler = ctx;
    scheduler->counts.running++;
    time_limit_apply(&scheduler->time_limit, attempt, scheduler->batch);
    scheduler->events->on_started(scheduler->ctx, attempt);
}

static void on_output(void *ctx, struct attempt *attempt, unsigned stream,
                      struct bytes data)
{
    struct scheduler *scheduler = ctx;
    scheduler->events->on_output(scheduler->ctx, attempt, stream, data);
}

static void on_returned(void *ctx, struct attempt *attempt)
{
    struct scheduler *scheduler = ctx;
    release(scheduler, attempt);
    attempt->job->attempts_made--; /* it never was one */
    put_back(scheduler, attempt);
}

static void on_lost(void *ctx, struct attempt *attempt, bool was_alone)
{
    struct scheduler *scheduler = ctx;
    struct job *job = attempt->job;
    bool counts = was_alone && !attempt->is_unwanted;

    release(scheduler, attempt);
    job->was_lost = true;
    if (counts && ++job->crashes >= scheduler->options.crash_limit &&
        scheduler->openness != STOPPED) {
        settle(scheduler, job, verdict_of_loss(attempt), attempt);
        attempt_free(attempt);
        job_free(job);
        return;
    }
    put_back(scheduler, attempt);
}

static void on_unable(void *ctx, struct runner *runner, int exit_code,
                      struct bytes reason)
{
    struct scheduler *scheduler = ctx;
    roster_place(&scheduler->roster, runner);
    runner->pool->most = runner->pool->workers; /* no more of that kind */
    if (!scheduler->roster.rooms[RUNNER_IDLE] &&
        !scheduler->roster.rooms[RUNNER_BUSY] &&
        !scheduler->roster.rooms[RUNNER_FULL]) {
        scheduler->events->on_unable(scheduler->ctx, exit_code, reason);
    }
}

const struct runner_events *scheduler_runner_events(void)
{
    static const struct runner_events events = {
        .on_started = on_started,
        .on_output = on_output,
        .on_done = on_done,
        .on_returned = on_returned,
        .on_lost = on_lost,
        .on_unable = on_unable,
    };
    return &events;
}

/* ---- jobs that start ---- */

static void start(struct scheduler *scheduler, struct job *job,
                  struct runner *runner)
{
    struct attempt *attempt = attempt_new(job, runner);
    job->state = JOB_RUNNING;
    scheduler->last_start_us = scheduler->options.now_us();
    attempt->since_us = scheduler->last_start_us;
    attempt->timeout_us = time_limit_us(&scheduler->time_limit);
    if (!runner->in_flight) {
        runner->moved_us = attempt->since_us;
    }
    runner_run(runner, attempt, scheduler->batch);
    scheduler->counts.sent++;
    roster_place(&scheduler->roster, runner);
}

static bool can_grow(const struct scheduler *scheduler)
{
    for (size_t i = 0; i < scheduler->pool_count; i++) {
        if (scheduler->pools[i]->workers < scheduler->pools[i]->most) {
            return true;
        }
    }
    return false;
}

static struct runner *find_runner(struct scheduler *scheduler,
                                  const struct job *job)
{
    for (size_t i = 0; i < scheduler->pool_count; i++) {
        struct pool *pool = scheduler->pools[i];
        if (!scheduler->roster.rooms[RUNNER_IDLE] &&
            pool->workers < pool->most) {
            (void)pool->grow(pool); /* seen by what is idle then */
        }
    }
    return scheduler->roster.rooms[RUNNER_IDLE] || job->was_lost
               ? scheduler->roster.rooms[RUNNER_IDLE]
               : scheduler->roster.rooms[RUNNER_BUSY];
}

static struct job *take_job(struct scheduler *scheduler)
{
    struct job *job =
        job_queue_take(&scheduler->queue, scheduler->options.now_us());
    if (!job && scheduler->queue.count < MOST_QUEUED) {
        job = scheduler->events->next_job(scheduler->ctx);
    }
    return job;
}

/* Settles it without an attempt if its row is no good. */
static bool is_runnable(struct scheduler *scheduler, struct job *job)
{
    struct err err;
    if (!template_check(scheduler->batch->template, job->row, &err)) {
        return true;
    }
    settle(scheduler, job, verdict_not_started(job, 126, err.text), NULL);
    job_free(job);
    return false;
}

static bool is_too_soon(const struct scheduler *scheduler)
{
    return scheduler->options.delay_us && scheduler->last_start_us &&
           scheduler->options.now_us() <
               scheduler->last_start_us + scheduler->options.delay_us;
}

/* While nothing may start: is there anything to wait for? */
static void look_ahead(struct scheduler *scheduler)
{
    struct job *job = scheduler->queue.count ? NULL : take_job(scheduler);
    if (job) {
        job_queue_put(&scheduler->queue, job);
    }
}

void scheduler_dispatch(struct scheduler *scheduler)
{
    unsigned unfit = 0;
    scheduler->has_more = false;
    while (scheduler->openness == OPEN &&
           (roster_has_room(&scheduler->roster) || can_grow(scheduler))) {
        if (is_too_soon(scheduler) ||
            !scheduler->events->may_start(scheduler->ctx)) {
            look_ahead(scheduler);
            return;
        }
        struct job *job = take_job(scheduler);
        if (!job) {
            roster_recall_waiting(&scheduler->roster, can_grow(scheduler));
            return;
        }
        if (!is_runnable(scheduler, job)) {
            if (++unfit == MOST_UNFIT) {
                scheduler->has_more = true; /* others have their turn first */
                return;
            }
            continue;
        }
        struct runner *runner = find_runner(scheduler, job);
        if (!runner) {
            job_queue_put(&scheduler->queue, job);
            return;
        }
        start(scheduler, job, runner);
    }
}

/* ---- what time asks for ---- */

bool scheduler_wants_ticks(const struct scheduler *scheduler)
{
    return scheduler->counts.sent > scheduler->counts.running;
}

static void tick_runner(void *ctx, struct runner *runner)
{
    struct scheduler *scheduler = ctx;
    if (scheduler->options.now_us() - runner->moved_us > RECALL_AFTER_US) {
        roster_recall(runner);
    }
}

void scheduler_tick(struct scheduler *scheduler)
{
    scheduler_each_runner(scheduler, tick_runner, scheduler);
    roster_place_all(&scheduler->roster);
}

int64_t scheduler_wake_us(const struct scheduler *scheduler)
{
    int64_t now = scheduler->options.now_us();
    if (scheduler->openness != OPEN) {
        return 0;
    }
    if (scheduler->has_more) {
        return now;
    }
    int64_t wake = job_queue_wake_us(&scheduler->queue, now);
    if (is_too_soon(scheduler)) {
        int64_t next = scheduler->last_start_us + scheduler->options.delay_us;
        wake = wake && wake < next ? wake : next;
    }
    return wake;
}

/* ---- ending ---- */

void scheduler_input_ended(struct scheduler *scheduler)
{
    scheduler->input_ended = true;
}

static void recall_runner(void *ctx, struct runner *runner)
{
    (void)ctx;
    roster_recall(runner);
}

void scheduler_drain(struct scheduler *scheduler)
{
    if (scheduler->openness == OPEN) {
        scheduler->openness = DRAINING;
        scheduler_each_runner(scheduler, recall_runner, NULL);
    }
}

struct stopping {
    struct scheduler *scheduler;
    bool at_once;
};

static void stop_runner(void *ctx, struct runner *runner)
{
    const struct stopping *stopping = ctx;
    struct attempt *attempt;
    DL_FOREACH(runner->attempts, attempt)
    {
        attempt->is_unwanted = true;
        runner_cancel(runner, attempt, stopping->scheduler->batch,
                      stopping->at_once);
    }
}

void scheduler_stop(struct scheduler *scheduler, bool at_once)
{
    struct stopping stopping = {scheduler, at_once};
    scheduler->openness = STOPPED;
    job_queue_release(&scheduler->queue);
    scheduler_each_runner(scheduler, stop_runner, &stopping);
    for (size_t i = 0; i < scheduler->pool_count; i++) {
        scheduler->pools[i]->hurry(scheduler->pools[i], at_once);
    }
}

bool scheduler_put_back_youngest(struct scheduler *scheduler)
{
    struct attempt *youngest = roster_youngest(&scheduler->roster);
    if (youngest) {
        youngest->is_unwanted = true;
        runner_cancel(youngest->runner, youngest, scheduler->batch, false);
    }
    return youngest;
}

bool scheduler_is_open(const struct scheduler *scheduler)
{
    return scheduler->openness == OPEN;
}

bool scheduler_is_finished(const struct scheduler *scheduler)
{
    return !scheduler->counts.sent &&
           (scheduler->openness != OPEN ||
            (scheduler->input_ended && !scheduler->queue.count));
}

/* ---- life ---- */

struct scheduler *scheduler_new(const struct batch *batch,
                                const struct scheduler_options *options,
                                const struct scheduler_events *events,
                                void *ctx)
{
    struct scheduler *scheduler = NEW(struct scheduler);
    scheduler->batch = batch;
    scheduler->options = *options;
    scheduler->events = events;
    scheduler->ctx = ctx;
    scheduler->time_limit.fixed_us = options->timeout_us;
    scheduler->time_limit.percent = options->timeout_percent;
    scheduler->roster.credit.is_off = options->no_queueing || options->delay_us;
    return scheduler;
}

void scheduler_free(struct scheduler *scheduler)
{
    if (scheduler) {
        job_queue_release(&scheduler->queue);
        free(scheduler->pools);
        free(scheduler);
    }
}

struct scheduler_counts scheduler_counts(const struct scheduler *scheduler)
{
    return scheduler->counts;
}

uint64_t scheduler_ready(const struct scheduler *scheduler)
{
    return scheduler->queue.count;
}

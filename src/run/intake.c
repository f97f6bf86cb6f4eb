/* SPDX-License-Identifier: MIT */
#include "run/intake.h"

#include <stddef.h>
#include <utlist.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/spool.h"
#include "job/attempt.h"
#include "out/printer.h"
#include "out/writer.h"
#include "pool/runner.h"
#include "run/scheduler.h"
#include "wire/batch_flag.h"

enum {
    WINDOW_BYTES = BATCH_FIRST_WINDOW_BYTES,
    MOVE_AT_BYTES = WINDOW_BYTES / 2, /* used up: time to say more */
    PROBE_BYTES = 65536,
    DISK_PATIENCE_US = 60 * CLOCK_US_PER_SECOND,
};

static const double PROBE_SECONDS = 1.;

/* What is being killed gets rid of its last words in any case: it would never
 * end otherwise. */
static bool may_move(struct intake *intake, const struct attempt *attempt)
{
    return attempt->is_unwanted ||
           (!intake->full_since_us &&
            !(intake->is_live && writer_is_full(intake->writer)));
}

static bool wants_more(const struct attempt *attempt)
{
    uint64_t received = attempt->received[0] + attempt->received[1];
    return attempt->allowed - received <= MOVE_AT_BYTES;
}

static void move_window(const struct intake *intake, struct attempt *attempt)
{
    runner_allow(attempt->runner, attempt, intake->batch,
                 attempt->received[0] + attempt->received[1] + WINDOW_BYTES);
}

void intake_add(struct intake *intake, struct attempt *attempt, unsigned stream,
                struct bytes data)
{
    struct err err;
    if (printer_add(intake->printer, attempt, stream, data, &err) &&
        !intake->full_since_us) {
        intake->full_since_us = clock_monotonic_us();
        ev_timer_again(intake->loop, &intake->probe);
        intake->events->on_full(intake->ctx, &err);
    }
    if (!wants_more(attempt)) {
        return;
    }
    if (may_move(intake, attempt)) {
        move_window(intake, attempt);
    } else {
        intake->is_starving = true;
    }
}

static void relieve_runner(void *ctx, struct runner *runner)
{
    struct intake *intake = ctx;
    struct attempt *attempt;
    DL_FOREACH(runner->attempts, attempt)
    {
        if (!wants_more(attempt)) {
            continue;
        }
        if (may_move(intake, attempt)) {
            move_window(intake, attempt);
        } else {
            intake->is_starving = true;
        }
    }
}

void intake_relieve(struct intake *intake, struct scheduler *scheduler)
{
    if (intake->is_starving) {
        intake->is_starving = false;
        scheduler_each_runner(scheduler, relieve_runner, intake);
    }
}

/* Try whether the disk is still full. */
static void on_probe(struct ev_loop *loop, ev_timer *timer, int events)
{
    static const char zeros[PROBE_BYTES];
    struct intake *intake = timer->data;
    struct extent extent;
    struct err err = {0};
    (void)loop;
    (void)events;
    if (!spool_write(intake->spool, zeros, sizeof zeros, &extent, &err)) {
        spool_release(intake->spool, extent);
        intake->full_since_us = 0;
        intake_stop(intake);
        intake->events->on_room(intake->ctx, NULL);
    } else if (clock_monotonic_us() - intake->full_since_us >
               DISK_PATIENCE_US) {
        intake_stop(intake);
        intake->events->on_room(intake->ctx, &err);
    }
}

void intake_start(struct intake *intake)
{
    ev_timer_init(&intake->probe, on_probe, 0., PROBE_SECONDS);
    intake->probe.data = intake;
}

void intake_stop(struct intake *intake)
{
    ev_timer_stop(intake->loop, &intake->probe);
}

bool intake_is_full(const struct intake *intake)
{
    return intake->full_since_us != 0;
}

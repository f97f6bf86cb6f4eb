/* SPDX-License-Identifier: MIT */
#include "run/intake.h"

#include <stddef.h>
#include <utlist.h>

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
};

static bool may_move(struct intake *intake)
{
    return !intake->full_since_us &&
           !(intake->is_live && writer_is_full(intake->writer));
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
                struct bytes data, int64_t now_us)
{
    struct err err;
    if (printer_add(intake->printer, attempt, stream, data, &err) &&
        !intake->full_since_us) {
        intake->full_since_us = now_us;
        intake->full = err;
    }
    if (!wants_more(attempt)) {
        return;
    }
    if (may_move(intake)) {
        move_window(intake, attempt);
    } else {
        intake->is_starving = true;
    }
}

static void relieve_runner(void *ctx, struct runner *runner)
{
    const struct intake *intake = ctx;
    struct attempt *attempt;
    DL_FOREACH(runner->attempts, attempt)
    {
        if (wants_more(attempt)) {
            move_window(intake, attempt);
        }
    }
}

void intake_relieve(struct intake *intake, struct scheduler *scheduler)
{
    if (intake->is_starving && may_move(intake)) {
        intake->is_starving = false;
        scheduler_each_runner(scheduler, relieve_runner, intake);
    }
}

void intake_probe(struct intake *intake)
{
    static const char zeros[PROBE_BYTES];
    struct extent extent;
    if (!spool_write(intake->spool, zeros, sizeof zeros, &extent,
                     &intake->full)) {
        spool_release(intake->spool, extent);
        intake->full_since_us = 0;
    }
}

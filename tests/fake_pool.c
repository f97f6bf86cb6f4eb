/* SPDX-License-Identifier: MIT */
#include "fake_pool.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <utlist.h>

#include <cmocka.h>

#include "base/xalloc.h"
#include "job/attempt.h"
#include "job/job.h"
#include "wire/frame.h"

int64_t fake_now_us = 1000000;

int64_t fake_now(void)
{
    return fake_now_us;
}

/* ---- what we are sent ---- */

static void note(struct buf *said, const char *what)
{
    buf_add_text(said, said->len ? "; " : "");
    buf_add_text(said, what);
}

static void note_attempt(struct buf *said, const char *what,
                         const struct frame_id *id, uint64_t number)
{
    note(said, what);
    buf_printf(said, " %" PRIu64, id->job);
    if (id->attempt > 1) {
        buf_printf(said, ".%" PRIu64, id->attempt);
    }
    if (number) {
        buf_printf(said, " %" PRIu64, number);
    }
}

static void send_frame(void *sender, const struct frame *frame)
{
    struct fake_runner *fake = sender;
    struct buf *said = &fake->said;
    switch (frame->type) {
    case FRAME_RUN:
        note_attempt(said, "RUN", &frame->run.id, frame->run.timeout_us);
        break;
    case FRAME_CANCEL:
        note_attempt(said, frame->cancel.at_once ? "KILL" : "CANCEL",
                     &frame->cancel.id, 0);
        break;
    case FRAME_LIMIT:
        note_attempt(said, "LIMIT", &frame->limit.id, frame->limit.timeout_us);
        break;
    case FRAME_WINDOW:
        note_attempt(said, "WINDOW", &frame->window.id, frame->window.bytes);
        break;
    default:
        note(said, frame_name(frame->type));
        break;
    }
}

const char *fake_said(struct fake_runner *fake)
{
    buf_release(&fake->told);
    fake->told = fake->said;
    fake->said = (struct buf){0};
    return buf_text(&fake->told);
}

/* ---- the pool ---- */

static bool grow(struct pool *pool)
{
    struct fake_pool *fake = (struct fake_pool *)pool;
    if (fake->cannot_grow) {
        return false;
    }
    (void)fake_pool_add(fake);
    return true;
}

static void hurry(struct pool *pool, bool at_once)
{
    struct fake_pool *fake = (struct fake_pool *)pool;
    fake->hurries += 1 + at_once;
}

void fake_pool_init(struct fake_pool *fake, unsigned most, unsigned slots)
{
    *fake = (struct fake_pool){
        .pool = {.name = "fake", .most = most, .grow = grow, .hurry = hurry},
        .slots = slots,
        .next_slot = 1,
    };
}

void fake_pool_release(struct fake_pool *fake)
{
    for (unsigned i = 0; i < fake->count; i++) {
        buf_release(&fake->runners[i]->said);
        buf_release(&fake->runners[i]->told);
        free(fake->runners[i]);
    }
    free(fake->runners);
}

struct fake_runner *fake_pool_add(struct fake_pool *fake)
{
    struct fake_runner *added = NEW(struct fake_runner);
    runner_init(&added->runner, &fake->pool, fake->next_slot, fake->slots,
                fake->runner_events, fake->runner_ctx, send_frame, added);
    added->duration_us = 1000000;
    fake->next_slot += fake->slots;
    fake->runners =
        xrealloc_array(fake->runners, fake->count + 1, sizeof *fake->runners);
    fake->runners[fake->count++] = added;
    fake->pool.workers++;
    if (fake->on_runner) {
        fake->on_runner(fake->ctx, &added->runner);
    }
    return added;
}

/* ---- what we say ---- */

struct attempt *fake_attempt(struct fake_runner *fake, uint64_t job)
{
    struct attempt *attempt;
    DL_FOREACH(fake->runner.attempts, attempt)
    {
        if (attempt->job->seq == job) {
            return attempt;
        }
    }
    return NULL;
}

static struct frame_id id_of(struct fake_runner *fake, uint64_t job)
{
    const struct attempt *attempt = fake_attempt(fake, job);
    assert_non_null(attempt);
    return (struct frame_id){.job = job, .attempt = attempt->number};
}

static bool receive(struct fake_runner *fake, const struct frame *frame)
{
    return runner_receive(&fake->runner, frame, fake_now_us);
}

bool fake_started(struct fake_runner *fake, uint64_t job)
{
    struct frame frame = {
        .type = FRAME_STARTED,
        .started = {.id = id_of(fake, job), .slot = fake->runner.first_slot}};
    return receive(fake, &frame);
}

bool fake_output(struct fake_runner *fake, uint64_t job, unsigned stream,
                 const char *text)
{
    struct frame frame = {
        .type = FRAME_OUTPUT,
        .output = {.id = id_of(fake, job),
                   .stream = stream ? FRAME_STDERR : FRAME_STDOUT,
                   .offset = fake_attempt(fake, job)->received[stream],
                   .data = bytes_of(text)}};
    return receive(fake, &frame);
}

bool fake_done(struct fake_runner *fake, uint64_t job,
               enum result_status status, int exit_code)
{
    struct frame frame = {.type = FRAME_DONE,
                          .done = {.id = id_of(fake, job),
                                   .slot = fake->runner.first_slot,
                                   .status = status,
                                   .exit_code = exit_code,
                                   .duration_us = fake->duration_us}};
    return receive(fake, &frame);
}

bool fake_returned(struct fake_runner *fake, uint64_t job)
{
    struct frame frame = {.type = FRAME_RETURNED,
                          .returned = {.id = id_of(fake, job)}};
    return receive(fake, &frame);
}

bool fake_unable(struct fake_runner *fake, int exit_code, const char *reason)
{
    struct frame frame = {.type = FRAME_UNABLE,
                          .unable = {.batch = fake->runner.batch,
                                     .exit_code = (uint64_t)exit_code,
                                     .reason = bytes_of(reason)}};
    return receive(fake, &frame);
}

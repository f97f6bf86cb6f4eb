/* SPDX-License-Identifier: MIT */
#include "pool/runner.h"

#include <assert.h>
#include <stddef.h>
#include <utlist.h>

#include "base/err.h"
#include "job/attempt.h"
#include "job/batch.h"
#include "job/job.h"
#include "job/row.h"
#include "pool/pool.h"
#include "wire/batch_flag.h"
#include "wire/frame.h"
#include "wire/hello.h"

void runner_init(struct runner *runner, struct pool *pool, unsigned first_slot,
                 unsigned slots, const struct runner_events *events, void *ctx,
                 void (*send)(void *sender, const struct frame *frame),
                 void *sender)
{
    *runner = (struct runner){
        .pool = pool,
        .first_slot = first_slot,
        .slots = slots,
        .events = events,
        .ctx = ctx,
        .send = send,
        .sender = sender,
    };
}

static void say(struct runner *runner, const struct frame *frame)
{
    runner->send(runner->sender, frame);
}

static struct frame_id id_of(const struct attempt *attempt,
                             const struct batch *batch)
{
    return (struct frame_id){batch->run, batch->epoch, attempt->job->seq,
                             attempt->number};
}

/* ---- what we say ---- */

void runner_welcome(struct runner *runner)
{
    struct frame hello = hello_make(HELLO_OWNER);
    struct frame welcome = {
        .type = FRAME_WELCOME,
        .welcome = {.pool = bytes_of(runner->pool->name),
                    .slot = runner->first_slot,
                    .core = runner->core},
    };
    say(runner, &hello);
    say(runner, &welcome);
}

static uint64_t flags_of(const struct batch *batch)
{
    uint64_t flags = 0;
    flags |= batch->options.shell ? BATCH_SHELL : 0;
    flags |= batch->options.no_names ? BATCH_NO_NAMES : 0;
    flags |= batch->options.append_fields ? BATCH_APPEND_FIELDS : 0;
    flags |= batch->options.append_nothing ? BATCH_APPEND_NOTHING : 0;
    flags |= batch->keep_background ? BATCH_KEEP_BACKGROUND : 0;
    return flags;
}

static struct bytes bytes_or_none(const char *text)
{
    return text ? bytes_of(text) : (struct bytes){NULL, 0};
}

void runner_send_batch(struct runner *runner, const struct batch *batch)
{
    struct frame frame = {
        .type = FRAME_BATCH,
        .batch = {.batch = batch->number,
                  .flags = flags_of(batch),
                  .words = {batch->words, batch->word_count},
                  .names = {batch->names, batch->name_count},
                  .replace = bytes_or_none(batch->options.replace),
                  .folder = bytes_or_none(batch->folder),
                  .environment = {batch->environment, batch->environment_count},
                  .nice = batch->nice,
                  .limit_bytes = batch->limit_bytes,
                  .term_seq = bytes_or_none(batch->term_seq)},
    };
    runner->batch = batch->number;
    runner->run = batch->run;
    runner->epoch = batch->epoch;
    say(runner, &frame);
}

/* The text travels only where the fields do not tell it. */
static struct bytes text_to_send(const struct row *row)
{
    bool is_only_field =
        row->field_count == 1 && bytes_equal(row->text, row->fields[0]);
    return is_only_field ? (struct bytes){NULL, 0} : row->text;
}

void runner_run(struct runner *runner, struct attempt *attempt,
                const struct batch *batch)
{
    const struct row *row = attempt->job->row;
    struct frame frame = {
        .type = FRAME_RUN,
        .run = {.id = id_of(attempt, batch),
                .batch = batch->number,
                .timeout_us = (uint64_t)attempt->timeout_us,
                .line = row->line,
                .text = text_to_send(row),
                .fields = {row->fields, row->field_count}},
    };
    attempt->allowed = BATCH_FIRST_WINDOW_BYTES;
    DL_APPEND(runner->attempts, attempt);
    runner->in_flight++;
    runner->takes_no_more |= attempt->job->was_lost;
    say(runner, &frame);
}

void runner_allow(struct runner *runner, struct attempt *attempt,
                  const struct batch *batch, uint64_t bytes)
{
    struct frame frame = {
        .type = FRAME_WINDOW,
        .window = {.id = id_of(attempt, batch), .bytes = bytes},
    };
    attempt->allowed = bytes;
    say(runner, &frame);
}

void runner_cancel(struct runner *runner, struct attempt *attempt,
                   const struct batch *batch, bool at_once)
{
    struct frame frame = {
        .type = FRAME_CANCEL,
        .cancel = {.id = id_of(attempt, batch), .at_once = at_once},
    };
    say(runner, &frame);
}

void runner_limit(struct runner *runner, struct attempt *attempt,
                  const struct batch *batch, uint64_t timeout_us)
{
    struct frame frame = {
        .type = FRAME_LIMIT,
        .limit = {.id = id_of(attempt, batch), .timeout_us = timeout_us},
    };
    attempt->timeout_us = (int64_t)timeout_us;
    say(runner, &frame);
}

void runner_recall(struct runner *runner)
{
    struct frame frame = {.type = FRAME_RECALL};
    runner->is_recalled = true;
    say(runner, &frame);
}

void runner_pause(struct runner *runner, bool on)
{
    struct frame frame = {.type = FRAME_PAUSE, .pause = {.on = on}};
    say(runner, &frame);
}

void runner_end(struct runner *runner, bool at_once)
{
    struct frame frame = {.type = FRAME_END, .end = {.at_once = at_once}};
    say(runner, &frame);
}

/* ---- what we are told ---- */

static struct attempt *find(const struct runner *runner,
                            const struct frame_id *id)
{
    struct attempt *attempt;
    DL_FOREACH(runner->attempts, attempt)
    {
        if (attempt->job->seq == id->job && attempt->number == id->attempt &&
            id->run == runner->run && id->epoch == runner->epoch) {
            return attempt;
        }
    }
    return NULL;
}

static void take_off(struct runner *runner, struct attempt *attempt)
{
    DL_DELETE(runner->attempts, attempt);
    runner->in_flight--;
    runner->takes_no_more &= runner->in_flight > 0;
}

static bool on_hello(struct runner *runner, const struct frame *frame,
                     int64_t now_us)
{
    struct err err;
    (void)now_us;
    if (hello_check(&frame->hello, HELLO_RUNNER, &err)) {
        struct frame refuse = hello_refuse(&err);
        say(runner, &refuse);
        return false;
    }
    return true;
}

static bool on_refuse(struct runner *runner, const struct frame *frame,
                      int64_t now_us)
{
    (void)runner;
    (void)frame;
    (void)now_us;
    return false;
}

static bool has_slot(const struct runner *runner, uint64_t slot)
{
    return slot >= runner->first_slot &&
           slot - runner->first_slot < runner->slots;
}

static bool on_started(struct runner *runner, const struct frame *frame,
                       int64_t now_us)
{
    struct attempt *attempt = find(runner, &frame->started.id);
    if (!attempt || !has_slot(runner, frame->started.slot) ||
        !attempt_advance(attempt, ATTEMPT_EV_STARTED)) {
        return false;
    }
    attempt->slot = (unsigned)frame->started.slot;
    attempt->since_us = now_us;
    runner->moved_us = now_us;
    runner->events->on_started(runner->ctx, attempt);
    return true;
}

/* The next bytes of a stream, and no more than it may send? The last words of
 * what was cancelled need no permission. */
static bool is_due(const struct attempt *attempt,
                   const struct frame_output *output, unsigned stream)
{
    uint64_t received = attempt->received[0] + attempt->received[1];
    return attempt->state == ATTEMPT_RUNNING &&
           output->offset == attempt->received[stream] &&
           (attempt->is_unwanted ||
            output->data.len <= attempt->allowed - received);
}

static bool on_output(struct runner *runner, const struct frame *frame,
                      int64_t now_us)
{
    const struct frame_output *output = &frame->output;
    struct attempt *attempt = find(runner, &output->id);
    unsigned stream = output->stream == FRAME_STDERR;
    (void)now_us;
    if ((!stream && output->stream != FRAME_STDOUT) || !attempt ||
        !is_due(attempt, output, stream)) {
        return false;
    }
    attempt->received[stream] += output->data.len;
    runner->events->on_output(runner->ctx, attempt, stream, output->data);
    return true;
}

static bool on_done(struct runner *runner, const struct frame *frame,
                    int64_t now_us)
{
    struct attempt *attempt = find(runner, &frame->done.id);
    if (!attempt || !has_slot(runner, frame->done.slot) ||
        !attempt_advance(attempt, ATTEMPT_EV_DONE)) {
        return false;
    }
    runner->moved_us = now_us;
    runner->is_recalled = false;
    take_off(runner, attempt);
    runner->events->on_done(runner->ctx, attempt, &frame->done);
    return true;
}

static bool on_returned(struct runner *runner, const struct frame *frame,
                        int64_t now_us)
{
    struct attempt *attempt = find(runner, &frame->returned.id);
    (void)now_us;
    if (!attempt || !attempt_advance(attempt, ATTEMPT_EV_RETURNED)) {
        return false;
    }
    take_off(runner, attempt);
    runner->events->on_returned(runner->ctx, attempt);
    return true;
}

static bool on_unable(struct runner *runner, const struct frame *frame,
                      int64_t now_us)
{
    (void)now_us;
    if (frame->unable.batch != runner->batch) {
        return true; /* the batch in hand is another one by now */
    }
    runner->is_unable = true;
    runner->events->on_unable(runner->ctx, runner,
                              frame->unable.exit_code == 127 ? 127 : 126,
                              frame->unable.reason);
    return true;
}

bool runner_receive(struct runner *runner, const struct frame *frame,
                    int64_t now_us)
{
    static bool (*const handlers[FRAME_TYPE_COUNT])(
        struct runner *, const struct frame *, int64_t) = {
        [FRAME_HELLO] = on_hello,     [FRAME_REFUSE] = on_refuse,
        [FRAME_STARTED] = on_started, [FRAME_OUTPUT] = on_output,
        [FRAME_DONE] = on_done,       [FRAME_RETURNED] = on_returned,
        [FRAME_UNABLE] = on_unable,
    };
    return !handlers[frame->type] ||
           handlers[frame->type](runner, frame, now_us);
}

void runner_lose_all(struct runner *runner)
{
    bool were_alone = runner->in_flight <= runner->slots;
    while (runner->attempts) {
        struct attempt *attempt = runner->attempts;
        bool was_there = attempt_advance(attempt, ATTEMPT_EV_LOST);
        assert(was_there);
        (void)was_there;
        take_off(runner, attempt);
        runner->events->on_lost(runner->ctx, attempt, were_alone);
    }
    runner->is_recalled = false;
}

/* SPDX-License-Identifier: MIT */
/* runner.h - the near end of a channel on which somebody offers slots
 *
 * A forked worker (one slot) or a joined supervisor (several): nobody above
 * can tell them apart. A runner speaks frames; how they travel is its owner's
 * business, so that a test can be a runner, too.
 *
 * It owns the attempts it was given, until an event hands one back.
 */

#ifndef POOLRUN_RUNNER_H
#define POOLRUN_RUNNER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"

struct attempt;
struct batch;
struct frame;
struct frame_done;
struct pool;
struct runner;

/* The first window of each attempt: BATCH_FIRST_WINDOW_BYTES. After that the
 * owner says how much more (runner_allow). */
struct runner_events {
    void (*on_started)(void *ctx, struct attempt *attempt);
    /* stream: 0 stdout, 1 stderr; always the next bytes, none twice. */
    void (*on_output)(void *ctx, struct attempt *attempt, unsigned stream,
                      struct bytes data);
    /* These three hand the attempt over: it is on no list of the runner's. */
    void (*on_done)(void *ctx, struct attempt *attempt,
                    const struct frame_done *done);
    void (*on_returned)(void *ctx, struct attempt *attempt);
    /* was_alone: nothing else was at the far end that could have brought it
     * down (but what its other slots ran). */
    void (*on_lost)(void *ctx, struct attempt *attempt, bool was_alone);
    /* It can run no job of the batch; exit_code 126 or 127. */
    void (*on_unable)(void *ctx, struct runner *runner, int exit_code,
                      struct bytes reason);
};

/* Where a runner stands in a scheduler's eyes. */
enum runner_room { RUNNER_IDLE, RUNNER_BUSY, RUNNER_FULL, RUNNER_UNABLE };

struct runner {
    struct pool *pool;
    unsigned first_slot;
    unsigned core; /* to stay on, counted from 1; 0 = any */
    unsigned slots;
    unsigned in_flight; /* attempts it has */
    uint64_t batch;     /* in hand, as run and epoch; 0 = none yet */
    uint64_t run;
    uint64_t epoch;
    bool is_unable;           /* for the batch in hand */
    bool takes_no_more;       /* behind a job that was lost before */
    bool is_recalled;         /* asked for what waits; none ended since then */
    int64_t moved_us;         /* monotonic: when it last started or ended one */
    struct attempt *attempts; /* in the order sent */
    const struct runner_events *events;
    void *ctx;
    void (*send)(void *sender, const struct frame *frame);
    void *sender;
    enum runner_room room; /* which list of the scheduler's it is on */
    struct runner *prev;   /* for that list */
    struct runner *next;
};

void runner_init(struct runner *runner, struct pool *pool, unsigned first_slot,
                 unsigned slots, const struct runner_events *events, void *ctx,
                 void (*send)(void *sender, const struct frame *frame),
                 void *sender);

/* The far end is gone: every attempt comes back by on_lost, the oldest first.
 * The runner is as after runner_init. */
void runner_lose_all(struct runner *runner);

void runner_welcome(struct runner *runner);

/* All that it is given to run from now on is of this batch. */
void runner_send_batch(struct runner *runner, const struct batch *batch);

/* Send an attempt; the runner takes it over. */
void runner_run(struct runner *runner, struct attempt *attempt,
                const struct batch *batch);
void runner_allow(struct runner *runner, struct attempt *attempt,
                  const struct batch *batch, uint64_t bytes);
void runner_cancel(struct runner *runner, struct attempt *attempt,
                   const struct batch *batch, bool at_once);
void runner_limit(struct runner *runner, struct attempt *attempt,
                  const struct batch *batch, uint64_t timeout_us);
void runner_recall(struct runner *runner);
void runner_pause(struct runner *runner, bool on);
void runner_end(struct runner *runner, bool at_once);

/* What came from the far end. False: it is no use to go on with it. It speaks
 * another version (then it is told so in a REFUSE), refuses us, or broke the
 * protocol: it named an attempt or a slot it does not have, or sent what are
 * not the next bytes or more than it was allowed. */
bool runner_receive(struct runner *runner, const struct frame *frame,
                    int64_t now_us) __attribute__((warn_unused_result));

#endif

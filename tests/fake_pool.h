/* SPDX-License-Identifier: MIT */
/* fake_pool.h - a pool with no processes: the test is the far end
 *
 * A fake runner notes what it is sent as text; the test answers by the fake_
 * functions, each of which is one frame from the far end, and false where the
 * runner took it for a breach of the protocol.
 */

#ifndef POOLRUN_FAKE_POOL_H
#define POOLRUN_FAKE_POOL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "job/result.h"
#include "pool/pool.h"
#include "pool/runner.h"

/* The clock; it moves only when a test moves it. */
extern int64_t fake_now_us;
int64_t fake_now(void);

struct fake_runner {
    struct runner runner;
    struct buf said;     /* since the last look */
    struct buf told;     /* at the last look */
    int64_t duration_us; /* what the next DONE says */
};

struct fake_pool {
    struct pool pool; /* first, so that grow finds the rest */
    unsigned slots;   /* of each runner */
    unsigned next_slot;
    bool cannot_grow; /* although it may have more */
    unsigned hurries; /* calls of hurry, those at once twice */
    const struct runner_events *runner_events;
    void *runner_ctx;
    /* A new runner is there; the pool owns it. */
    void (*on_runner)(void *ctx, struct runner *runner);
    void *ctx;
    struct fake_runner **runners; /* also those that are gone */
    unsigned count;
};

void fake_pool_init(struct fake_pool *fake, unsigned most, unsigned slots);
void fake_pool_release(struct fake_pool *fake);
struct fake_runner *fake_pool_add(struct fake_pool *fake);

/* What was sent since the last call, "; " between: "BATCH", "RUN 1" (and
 * "RUN 1.2" the second attempt), "RUN 1 500" with a timeout, "RECALL",
 * "CANCEL 1", "KILL 1" (at once), "LIMIT 1 500", "WINDOW 1 65536". Lent until
 * the next call. */
const char *fake_said(struct fake_runner *fake);

/* The attempt of this job that the runner has, or NULL. */
struct attempt *fake_attempt(struct fake_runner *fake, uint64_t job);

/* ---- the far end; each is about an attempt the runner has ---- */

bool fake_started(struct fake_runner *fake, uint64_t job);
bool fake_output(struct fake_runner *fake, uint64_t job, unsigned stream,
                 const char *text);
bool fake_done(struct fake_runner *fake, uint64_t job,
               enum result_status status, int exit_code);
bool fake_returned(struct fake_runner *fake, uint64_t job);
bool fake_unable(struct fake_runner *fake, int exit_code, const char *reason);

#endif

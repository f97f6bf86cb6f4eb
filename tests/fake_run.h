/* SPDX-License-Identifier: MIT */
/* fake_run.h - a scheduler between rows that a test makes up and a fake pool
 *
 * What the scheduler tells is noted as text.
 */

#ifndef POOLRUN_FAKE_RUN_H
#define POOLRUN_FAKE_RUN_H

#include "base/buf.h"
#include "fake_pool.h"
#include "job/batch.h"
#include "run/scheduler.h"

struct fake_run {
    struct fake_pool pool;
    struct scheduler *scheduler;
    struct batch batch;
    uint64_t rows;      /* that next_job gives: one each, "row" */
    uint64_t given;     /* so far */
    bool goes_on;       /* more may come; else it tells the end */
    bool cannot_start;  /* what may_start says is the opposite */
    uint64_t bad_to;    /* rows up to this one fit no command */
    bool stops_at_once; /* a job that settles stops it */
    unsigned unables;   /* calls of on_unable */
    struct buf told;
    struct buf text;        /* of told, at the last look */
    unsigned char *settled; /* [seq] times, NULL = nobody wants to know */
};

/* options->now_us is the fake clock, and tries and crash_limit that are 0 are
 * 1 and 5. */
void fake_run_init(struct fake_run *run,
                   const struct scheduler_options *options, unsigned most,
                   unsigned slots, uint64_t rows);
void fake_run_release(struct fake_run *run); /* what is in flight is lost */

/* The runner that came n-th, from 1. */
struct fake_runner *fake_run_runner(struct fake_run *run, unsigned n);

/* Its worker is gone. */
void fake_run_lose(struct fake_run *run, struct fake_runner *runner);

/* Start and end a job well, in so many microseconds. */
void fake_run_succeed(struct fake_runner *runner, uint64_t job,
                      int64_t duration_us);

/* What the scheduler told since the last call, "; " between: "start 1",
 * "out 1", "void 1", "1: exit 0" (a job has settled; "1.2: exit 0" by its
 * second attempt), "unable 127 why". Lent until the next call. */
const char *fake_run_told(struct fake_run *run);

#endif

/* SPDX-License-Identifier: MIT */
/* attempt.h - one try at running a job, on one runner
 *
 *   SENT --started--> RUNNING --done--> DONE
 *    | |                 +------lost--> LOST
 *    | +--done (could not start)------> DONE
 *    +--returned (never started)------> RETURNED
 *    +--lost (never started)----------> LOST
 *
 * attempt_advance is the only writer of the state.
 */

#ifndef POOLRUN_ATTEMPT_H
#define POOLRUN_ATTEMPT_H

#include <stdbool.h>
#include <stdint.h>

struct blob;
struct job;
struct runner;

enum attempt_state {
    ATTEMPT_SENT,
    ATTEMPT_RUNNING,
    ATTEMPT_DONE,
    ATTEMPT_RETURNED,
    ATTEMPT_LOST,
};

enum attempt_event {
    ATTEMPT_EV_STARTED,
    ATTEMPT_EV_DONE,
    ATTEMPT_EV_RETURNED,
    ATTEMPT_EV_LOST,
};

struct attempt {
    struct job *job;
    unsigned number; /* from 1, within the job */
    enum attempt_state state;
    struct runner *runner; /* who has it; lent */
    unsigned slot;         /* 0 until it has started */
    int64_t since_us;      /* monotonic: when it was sent, then started */
    int64_t timeout_us;    /* the runner knows of; 0 = none */
    bool is_unwanted;      /* cancelled by us: its end is no result */
    uint64_t received[2];  /* bytes of stdout and stderr */
    uint64_t allowed;      /* bytes of both the runner may send */
    struct blob *out[2];   /* what is kept of them; NULL = nothing */
    struct attempt *same_job_prev;
    struct attempt *same_job_next;
    struct attempt *prev; /* on its runner, in the order sent */
    struct attempt *next;
};

/* Makes the next attempt of a job and puts it on its list. */
struct attempt *attempt_new(struct job *job, struct runner *runner);

/* Takes it off its job's list. */
void attempt_free(struct attempt *attempt);

/* False, and no change, for an event that its state has no arrow for: the
 * runner has said something that cannot be. */
bool attempt_advance(struct attempt *attempt, enum attempt_event event)
    __attribute__((warn_unused_result));

#endif

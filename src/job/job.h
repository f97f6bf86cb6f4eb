/* SPDX-License-Identifier: MIT */
/* job.h - what is to be run: one row of one batch
 *
 *   READY --an attempt is made--> RUNNING --it came to nothing--> READY
 *     |                              +--it came to a result------> SETTLED
 *     +--no attempt can be made of its row-----------------------> SETTLED
 *
 * A job settles once. It owns its row until then, and its attempts.
 */

#ifndef POOLRUN_JOB_H
#define POOLRUN_JOB_H

#include <stdbool.h>
#include <stdint.h>

struct attempt;
struct row;

enum job_state { JOB_READY, JOB_RUNNING, JOB_SETTLED };

struct job {
    uint64_t seq; /* from 1, in the order of the rows */
    enum job_state state;
    unsigned attempts_made; /* all, to number them */
    unsigned tries;         /* those that count for --retries */
    unsigned crashes;       /* workers that died while they ran it */
    bool was_lost;          /* with its runner: from now on it runs alone */
    int64_t not_before_us;  /* monotonic; --retry-delay */
    struct row *row;
    struct attempt *attempts; /* unfinished; list by same_job */
    struct job *prev;         /* for the one list it is on */
    struct job *next;
};

/* Takes over the row. */
struct job *job_new(uint64_t seq, struct row *row);
void job_free(struct job *job); /* it has no attempts any more */

#endif

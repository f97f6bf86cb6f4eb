/* SPDX-License-Identifier: MIT */
/* halt.h - when a run ends before its rows do
 *
 *     never, 0          run all
 *     now,fail=1, 2     kill what runs when the first job has failed
 *     soon,fail=3, 1    start no more, wait for what runs (1: soon,fail=1)
 *     now,success=1 -2  soon,success=1 -1
 *     soon,done=30%     of all jobs; 30% alone is soon,fail=30%
 *
 * As GNU parallel. Pure: counts in, a decision out. A percentage is decided
 * only when the total is known.
 */

#ifndef POOLRUN_HALT_H
#define POOLRUN_HALT_H

#include <stdbool.h>
#include <stdint.h>

struct err;

enum halt_decision { HALT_NO, HALT_SOON, HALT_NOW };

enum halt_why { HALT_FAIL, HALT_SUCCESS, HALT_DONE };

struct halt {
    enum halt_decision when; /* HALT_NO: never; zero-initialised is that */
    enum halt_why why;
    bool is_percent;
    uint64_t limit; /* so many jobs, or percent of all; at least 1 */
};

struct halt_counts {
    uint64_t failed;
    uint64_t succeeded;
    uint64_t done; /* settled, in whichever way */
    uint64_t total;
    bool total_known;
};

int halt_parse(const char *text, struct halt *halt, struct err *err)
    __attribute__((warn_unused_result));

/* Does it need to know how many jobs there are before the first ends? */
bool halt_needs_total(const struct halt *halt);

enum halt_decision halt_decide(const struct halt *halt,
                               const struct halt_counts *counts);

/* True if the run then ends with the exit status of the job that made it
 * halt: for "now,fail=1" and "soon,fail=1". */
bool halt_takes_status(const struct halt *halt);

#endif

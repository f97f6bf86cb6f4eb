/* SPDX-License-Identifier: MIT */
#include "job/attempt.h"

#include <stddef.h>
#include <stdlib.h>
#include <utlist.h>

#include "base/blob.h"
#include "base/xalloc.h"
#include "job/job.h"

struct attempt *attempt_new(struct job *job, struct runner *runner)
{
    struct attempt *attempt = NEW(struct attempt);
    attempt->job = job;
    attempt->number = ++job->attempts_made;
    attempt->runner = runner;
    DL_APPEND2(job->attempts, attempt, same_job_prev, same_job_next);
    return attempt;
}

void attempt_free(struct attempt *attempt)
{
    if (attempt) {
        DL_DELETE2(attempt->job->attempts, attempt, same_job_prev,
                   same_job_next);
        blob_free(attempt->out[0]);
        blob_free(attempt->out[1]);
        free(attempt);
    }
}

bool attempt_advance(struct attempt *attempt, enum attempt_event event)
{
    static const struct {
        enum attempt_state from;
        enum attempt_event event;
        enum attempt_state to;
    } moves[] = {
        {ATTEMPT_SENT, ATTEMPT_EV_STARTED, ATTEMPT_RUNNING},
        {ATTEMPT_RUNNING, ATTEMPT_EV_DONE, ATTEMPT_DONE},
        {ATTEMPT_SENT, ATTEMPT_EV_DONE, ATTEMPT_DONE},
        {ATTEMPT_SENT, ATTEMPT_EV_RETURNED, ATTEMPT_RETURNED},
        {ATTEMPT_SENT, ATTEMPT_EV_LOST, ATTEMPT_LOST},
        {ATTEMPT_RUNNING, ATTEMPT_EV_LOST, ATTEMPT_LOST},
    };
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
        if (moves[i].from == attempt->state && moves[i].event == event) {
            attempt->state = moves[i].to;
            return true;
        }
    }
    return false;
}

/* SPDX-License-Identifier: MIT */
#include "run/time_limit.h"

#include <utlist.h>

#include "job/attempt.h"
#include "pool/runner.h"

/* Successes, before their median says anything. */
enum { MEDIAN_NEEDS = 3 };

void time_limit_learn(struct time_limit *limit, int64_t duration_us)
{
    if (limit->percent) {
        median_add(&limit->successes, duration_us);
    }
}

int64_t time_limit_us(const struct time_limit *limit)
{
    if (!limit->percent) {
        return limit->fixed_us;
    }
    if (limit->successes.total < MEDIAN_NEEDS) {
        return 0;
    }
    return median_us(&limit->successes) * (int64_t)limit->percent / 100;
}

void time_limit_apply(const struct time_limit *limit, struct runner *runner,
                      const struct batch *batch)
{
    int64_t timeout_us = time_limit_us(limit);
    struct attempt *attempt;
    if (!timeout_us) {
        return;
    }
    DL_FOREACH(runner->attempts, attempt)
    {
        if (attempt->slot && !attempt->timeout_us) {
            runner_limit(runner, attempt, batch, (uint64_t)timeout_us);
        }
    }
}

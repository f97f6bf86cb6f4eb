/* SPDX-License-Identifier: MIT */
#include "run/time_limit.h"

#include <math.h>

#include "job/attempt.h"
#include "pool/runner.h"

/* Successes, before their median says anything. */
enum { MEDIAN_NEEDS = 3 };

static const double MOST_US = 1e15; /* 31 years */

bool time_limit_learn(struct time_limit *limit, int64_t duration_us)
{
    bool was_known = limit->learnt_us;
    if (!limit->percent) {
        return false;
    }
    median_add(&limit->successes, duration_us);
    if (limit->successes.total >= MEDIAN_NEEDS) {
        double us = (double)median_us(&limit->successes) * limit->percent / 100;
        limit->learnt_us = (int64_t)fmin(fmax(us, 1), MOST_US);
    }
    return !was_known && limit->learnt_us;
}

int64_t time_limit_us(const struct time_limit *limit)
{
    return limit->percent ? limit->learnt_us : limit->fixed_us;
}

void time_limit_apply(const struct time_limit *limit, struct attempt *attempt,
                      const struct batch *batch)
{
    int64_t timeout_us = time_limit_us(limit);
    if (timeout_us && attempt->slot && !attempt->timeout_us) {
        runner_limit(attempt->runner, attempt, batch, (uint64_t)timeout_us);
    }
}

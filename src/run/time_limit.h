/* SPDX-License-Identifier: MIT */
/* time_limit.h - how long a job may take: fixed, or by what others took */

#ifndef POOLRUN_TIME_LIMIT_H
#define POOLRUN_TIME_LIMIT_H

#include <stdbool.h>
#include <stdint.h>

#include "run/median.h"

struct attempt;
struct batch;

struct time_limit {
    int64_t fixed_us; /* 0 = none */
    unsigned percent; /* of the median of successes instead; 0 = not so */
    struct median successes;
    int64_t learnt_us; /* what they say; 0 = nothing yet */
};

/* A job has succeeded. True: from now on there is a limit. */
bool time_limit_learn(struct time_limit *limit, int64_t duration_us);

/* What a job that starts now gets; 0 = no limit (yet). */
int64_t time_limit_us(const struct time_limit *limit);

/* Tell the runner, if the attempt runs and was sent before there was a limit.
 */
void time_limit_apply(const struct time_limit *limit, struct attempt *attempt,
                      const struct batch *batch);

#endif

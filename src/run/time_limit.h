/* SPDX-License-Identifier: MIT */
/* time_limit.h - how long a job may take: fixed, or by what others took */

#ifndef POOLRUN_TIME_LIMIT_H
#define POOLRUN_TIME_LIMIT_H

#include <stdint.h>

#include "run/median.h"

struct batch;
struct runner;

struct time_limit {
    int64_t fixed_us; /* 0 = none */
    unsigned percent; /* of the median of successes instead; 0 = not so */
    struct median successes;
};

void time_limit_learn(struct time_limit *limit, int64_t duration_us);

/* What a job that starts now gets; 0 = no limit (yet). */
int64_t time_limit_us(const struct time_limit *limit);

/* Tell a runner about attempts that started before there was a limit. */
void time_limit_apply(const struct time_limit *limit, struct runner *runner,
                      const struct batch *batch);

#endif

/* SPDX-License-Identifier: MIT */
#include "out/rate.h"

#include <math.h>

#include "base/clock.h"

enum {
    LEAST_STEP_US = 100000, /* a shorter one tells mostly of chance */
    LEAST_JOBS = 5,         /* that the window holds */
};

static double window_us(uint64_t done, int64_t elapsed_us)
{
    double rare =
        done ? LEAST_JOBS * (double)elapsed_us / (double)done : elapsed_us;
    return rare > RATE_WINDOW_US ? rare : RATE_WINDOW_US;
}

void rate_update(struct rate *rate, uint64_t done, int64_t elapsed_us)
{
    int64_t step_us = elapsed_us - rate->last_us;
    if (step_us < LEAST_STEP_US) {
        return;
    }
    double now = (double)(done - rate->last_done) * CLOCK_US_PER_SECOND /
                 (double)step_us;
    double share = -expm1(-(double)step_us / window_us(done, elapsed_us));
    rate->mean += (now - rate->mean) * share;
    rate->weight += (1 - rate->weight) * share;
    rate->last_us = elapsed_us;
    rate->last_done = done;
}

double rate_per_second(const struct rate *rate)
{
    return rate->weight > 0 ? rate->mean / rate->weight : 0;
}

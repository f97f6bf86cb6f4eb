/* SPDX-License-Identifier: MIT */
/* rate.h - how many jobs are done in a second, smoothed
 *
 * An exponentially weighted mean over the last RATE_WINDOW_US. Where jobs are
 * rarer, the window grows so that it holds several of them. Corrected for its
 * start, so that it is right from the first jobs on. Zero-initialised, it has
 * seen nothing.
 */

#ifndef POOLRUN_RATE_H
#define POOLRUN_RATE_H

#include <stdint.h>

enum { RATE_WINDOW_US = 15000000 };

struct rate {
    int64_t last_us;
    uint64_t last_done;
    double mean;   /* not yet corrected */
    double weight; /* how much of the window has been seen, 0 to 1 */
};

/* done jobs have ended within elapsed_us since the start of the run; both
 * only grow. Call it whenever somebody looks; how often hardly matters. */
void rate_update(struct rate *rate, uint64_t done, int64_t elapsed_us);

/* 0 = not known. */
double rate_per_second(const struct rate *rate);

#endif

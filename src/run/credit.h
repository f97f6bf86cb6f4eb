/* SPDX-License-Identifier: MIT */
/* credit.h - how many jobs may wait at a runner beyond its slots
 *
 * A worker whose next job is here already loses no time between two; but a job
 * that waits behind a long one is late. So: enough short jobs to bridge a few
 * milliseconds, none once they take over 5 ms each, none while nothing is
 * known.
 */

#ifndef POOLRUN_CREDIT_H
#define POOLRUN_CREDIT_H

#include <stdbool.h>
#include <stdint.h>

struct credit {
    bool is_off;    /* never any */
    double mean_us; /* of job durations, the newest weigh most; 0 = none */
};

void credit_add(struct credit *credit, int64_t duration_us);

/* Jobs that may wait for each slot. */
unsigned credit_extra(const struct credit *credit);

#endif

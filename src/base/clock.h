/* SPDX-License-Identifier: MIT */
/* clock.h - what time it is
 *
 * Durations come from the monotonic clock, dates from the wall clock; the two
 * are never subtracted from each other. Unit: microseconds.
 */

#ifndef POOLRUN_CLOCK_H
#define POOLRUN_CLOCK_H

#include <stdint.h>

enum { CLOCK_US_PER_SECOND = 1000000, CLOCK_US_PER_MS = 1000 };

int64_t clock_monotonic_us(void);
int64_t clock_wall_us(void); /* since 1970-01-01 UTC */

#endif

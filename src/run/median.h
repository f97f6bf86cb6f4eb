/* SPDX-License-Identifier: MIT */
/* median.h - the median of many durations in little memory
 *
 * Counts them in classes whose bounds grow by 2^(1/32), so the answer is right
 * to about 2 % (a class is 2.2 % wide) however many there are.
 */

#ifndef POOLRUN_MEDIAN_H
#define POOLRUN_MEDIAN_H

#include <stdint.h>

enum { MEDIAN_CLASSES = 32 * 48 }; /* up to 2^48 us, 9 years */

struct median {
    uint64_t total;
    uint32_t counts[MEDIAN_CLASSES];
};

void median_add(struct median *median, int64_t duration_us);

/* 0 while there is none. */
int64_t median_us(const struct median *median);

#endif

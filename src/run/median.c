/* SPDX-License-Identifier: MIT */
#include "run/median.h"

#include <math.h>

static const double CLASSES_PER_DOUBLING = 32;

void median_add(struct median *median, int64_t duration_us)
{
    double value = duration_us > 1 ? (double)duration_us : 1.;
    int class = (int)(log2(value) * CLASSES_PER_DOUBLING);
    median->counts[class < MEDIAN_CLASSES ? class : MEDIAN_CLASSES - 1]++;
    median->total++;
}

int64_t median_us(const struct median *median)
{
    uint64_t below = 0;
    for (int class = 0; class < MEDIAN_CLASSES; class ++) {
        below += median->counts[class];
        if (below && below * 2 >= median->total) {
            return (int64_t)exp2((class + 0.5) / CLASSES_PER_DOUBLING);
        }
    }
    return 0;
}

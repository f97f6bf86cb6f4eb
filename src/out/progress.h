/* SPDX-License-Identifier: MIT */
/* progress.h - how far a run has come, in one line of text
 *
 *     1234/5000 24% [====>          ] 3 failed 2 running 812/s 4 s left
 *     (ends 14:03:12) 2 workers
 *
 * all in one line. "1234/5000+" while more rows may come; then nothing is said
 * that needs the total. Once all is done "in 6 s" stands for the time left.
 */

#ifndef POOLRUN_PROGRESS_H
#define POOLRUN_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

struct progress_state {
    uint64_t done; /* settled, well or not */
    uint64_t failed;
    uint64_t running;
    uint64_t total; /* rows so far */
    bool total_known;
    double per_second; /* out/rate.h; 0 = not known */
    int64_t elapsed_us;
    int64_t wall_us; /* now, since 1970 */
    unsigned workers;
    unsigned pools;
};

/* For a terminal: never more than width columns (parts that do not fit are
 * left out), no newline. The bar is there if 12 columns are left for it. With
 * color, failures are red and the bar is green; the bytes that say so take no
 * columns. */
void progress_bar_line(const struct progress_state *state, unsigned width,
                       bool color, struct buf *out);

/* For a log: all parts but the bar, and a newline. */
void progress_plain_line(const struct progress_state *state, struct buf *out);

/* What the last plain line told; zero-initialised before the first. */
struct progress_mark {
    int64_t elapsed_us;
    unsigned tenths;
};

/* Is it time for a plain line: 10 s after the last one, or when another tenth
 * of the total is done? If so, the mark is moved. */
bool progress_is_due(struct progress_mark *mark,
                     const struct progress_state *state);

#endif

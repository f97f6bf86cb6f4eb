/* SPDX-License-Identifier: MIT */
/* intake.h - what running jobs write, and how much more they may
 *
 * Each attempt may send a window of bytes; the window moves on as what came is
 * taken care of. While the writer is behind (live output) or the disk is full
 * it does not, so jobs wait and nothing is dropped.
 */

#ifndef POOLRUN_INTAKE_H
#define POOLRUN_INTAKE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/err.h"

struct attempt;
struct batch;
struct printer;
struct scheduler;
struct spool;
struct writer;

struct intake {
    const struct batch *batch;
    struct printer *printer;
    struct writer *writer;
    struct spool *spool;
    bool is_live;          /* windows follow the writer */
    bool is_starving;      /* some attempt waits for its window */
    int64_t full_since_us; /* monotonic; the disk is; 0 = it is not */
    struct err full;       /* what it said */
};

void intake_add(struct intake *intake, struct attempt *attempt, unsigned stream,
                struct bytes data, int64_t now_us);

/* Perhaps there is room again: move the windows of those that wait. */
void intake_relieve(struct intake *intake, struct scheduler *scheduler);

/* Try whether the disk is still full. */
void intake_probe(struct intake *intake);

#endif

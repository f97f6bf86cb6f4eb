/* SPDX-License-Identifier: MIT */
/* intake.h - what running jobs write, and how much more they may
 *
 * Each attempt may send a window of bytes; the window moves on as what came is
 * taken care of. While the writer is behind (live output) or the disk is full
 * it does not, so jobs wait and nothing is dropped.
 */

#ifndef POOLRUN_INTAKE_H
#define POOLRUN_INTAKE_H

#include <ev.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"

struct attempt;
struct batch;
struct err;
struct printer;
struct scheduler;
struct spool;
struct writer;

struct intake_events {
    /* The disk is full: no new job should start. */
    void (*on_full)(void *ctx, const struct err *err);
    /* There is room again; or (err not NULL) there is none for too long. */
    void (*on_room)(void *ctx, const struct err *err);
};

struct intake {
    struct ev_loop *loop;
    const struct intake_events *events;
    void *ctx;
    const struct batch *batch;
    struct printer *printer;
    struct writer *writer;
    struct spool *spool;
    bool is_live;          /* windows follow the writer */
    bool is_starving;      /* some attempt waits for its window */
    int64_t full_since_us; /* monotonic; the disk is; 0 = it is not */
    ev_timer probe;
};

/* After the members up to is_live are set. */
void intake_start(struct intake *intake);
void intake_stop(struct intake *intake);
bool intake_is_full(const struct intake *intake);

void intake_add(struct intake *intake, struct attempt *attempt, unsigned stream,
                struct bytes data);

/* Perhaps there is room again: move the windows of those that wait. */
void intake_relieve(struct intake *intake, struct scheduler *scheduler);

#endif

/* SPDX-License-Identifier: MIT */
/* roster.h - the runners, by what they can take
 *
 * Each is on one of four lists: with a free slot, with room for a job that
 * waits, full, or unable to run the batch. Finding one costs the same however
 * many there are.
 */

#ifndef POOLRUN_ROSTER_H
#define POOLRUN_ROSTER_H

#include <stdbool.h>
#include <stdint.h>

#include "pool/runner.h"
#include "run/credit.h"

struct attempt;

enum { ROSTER_ROOMS = RUNNER_UNABLE + 1 };

struct roster {
    struct runner *rooms[ROSTER_ROOMS]; /* indexed by enum runner_room */
    struct credit credit;
    unsigned extra; /* of credit: what the rooms go by */
};

void roster_add(struct roster *roster, struct runner *runner);
void roster_remove(struct roster *roster, struct runner *runner);

/* Something about the runner has changed: put it where it belongs, behind the
 * others there. */
void roster_place(struct roster *roster, struct runner *runner);
void roster_place_all(struct roster *roster);

/* A job has taken so long: what may wait follows. */
void roster_learn(struct roster *roster, int64_t duration_us);

/* visit may change the runner, but not the roster. */
void roster_each(const struct roster *roster,
                 void (*visit)(void *ctx, struct runner *runner), void *ctx);

/* The attempt that started last and is still wanted; NULL = none runs. */
struct attempt *roster_youngest(const struct roster *roster);

/* Can any of them take a job? */
bool roster_has_room(const struct roster *roster);

/* Ask for what waits, unless that was asked already. */
void roster_recall(struct runner *runner);

/* There is nothing new to start: if somebody is idle, or soon will be (grows),
 * ask the others for what waits there beyond the next job of each slot. */
void roster_recall_waiting(struct roster *roster, bool grows);

#endif

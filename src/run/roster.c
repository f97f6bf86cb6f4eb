/* SPDX-License-Identifier: MIT */
#include "run/roster.h"

#include <stddef.h>
#include <utlist.h>

#include "job/attempt.h"

static enum runner_room room_of(const struct roster *roster,
                                const struct runner *runner)
{
    if (runner->is_unable) {
        return RUNNER_UNABLE;
    }
    if (runner->in_flight < runner->slots) {
        return RUNNER_IDLE;
    }
    unsigned most = runner->slots * (1 + roster->extra);
    bool takes_more = !runner->is_recalled && !runner->takes_no_more;
    return runner->in_flight < most && takes_more ? RUNNER_BUSY : RUNNER_FULL;
}

void roster_add(struct roster *roster, struct runner *runner)
{
    runner->room = room_of(roster, runner);
    DL_APPEND(roster->rooms[runner->room], runner);
}

void roster_remove(struct roster *roster, struct runner *runner)
{
    DL_DELETE(roster->rooms[runner->room], runner);
}

void roster_place(struct roster *roster, struct runner *runner)
{
    roster_remove(roster, runner);
    roster_add(roster, runner);
}

void roster_place_all(struct roster *roster)
{
    for (int room = 0; room < ROSTER_ROOMS; room++) {
        struct runner *runner;
        struct runner *next;
        DL_FOREACH_SAFE(roster->rooms[room], runner, next)
        {
            if (room_of(roster, runner) != runner->room) {
                roster_place(roster, runner);
            }
        }
    }
}

void roster_learn(struct roster *roster, int64_t duration_us)
{
    credit_add(&roster->credit, duration_us);
    unsigned extra = credit_extra(&roster->credit);
    if (extra != roster->extra) {
        roster->extra = extra;
        roster_place_all(roster);
    }
}

void roster_each(const struct roster *roster,
                 void (*visit)(void *ctx, struct runner *runner), void *ctx)
{
    for (int room = 0; room < ROSTER_ROOMS; room++) {
        struct runner *runner;
        DL_FOREACH(roster->rooms[room], runner)
        {
            visit(ctx, runner);
        }
    }
}

void roster_recall(struct runner *runner)
{
    if (runner->in_flight > runner->slots && !runner->is_recalled) {
        runner_recall(runner);
    }
}

static void find_youngest(void *ctx, struct runner *runner)
{
    struct attempt **youngest = ctx;
    struct attempt *attempt;
    DL_FOREACH(runner->attempts, attempt)
    {
        if (attempt->slot && !attempt->is_unwanted &&
            (!*youngest || attempt->since_us > (*youngest)->since_us)) {
            *youngest = attempt;
        }
    }
}

struct attempt *roster_youngest(const struct roster *roster)
{
    struct attempt *youngest = NULL;
    roster_each(roster, find_youngest, &youngest);
    return youngest;
}

void roster_recall_waiting(struct roster *roster, bool grows)
{
    if (!roster->rooms[RUNNER_IDLE] && !grows) {
        return;
    }
    for (int room = RUNNER_BUSY; room <= RUNNER_FULL; room++) {
        struct runner *runner;
        DL_FOREACH(roster->rooms[room], runner)
        {
            if (runner->in_flight > 2 * runner->slots) {
                roster_recall(runner);
            }
        }
    }
}

bool roster_has_room(const struct roster *roster)
{
    return roster->rooms[RUNNER_IDLE] || roster->rooms[RUNNER_BUSY];
}

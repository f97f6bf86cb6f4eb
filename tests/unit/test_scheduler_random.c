/* SPDX-License-Identifier: MIT */
/* A player who knows the rules and no reason: whatever happens in whichever
 * order, no job is lost or doubled and all numbers add up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <utlist.h>

#include "fake_run.h"
#include "job/attempt.h"
#include "job/job.h"
#include "pseudo_random.h"

enum { STEPS = 4000, ROWS = 3000, SEEDS = 12, MOST_RUNNERS = 12 };

struct player {
    struct pseudo_random random;
    struct fake_run run;
    bool is_alive[STEPS + MOST_RUNNERS]; /* by number of the runner */
    uint64_t settled;
};

static size_t below(struct player *player, size_t limit)
{
    return pseudo_random_below(&player->random, limit);
}

static bool chance(struct player *player, size_t percent)
{
    return below(player, 100) < percent;
}

/* ---- what must hold ---- */

struct tally {
    uint64_t in_flight;
    uint64_t running;
    unsigned runners;
};

static void count_runner(void *ctx, struct runner *runner)
{
    struct tally *tally = ctx;
    const struct attempt *attempt;
    unsigned count = 0;
    DL_FOREACH(runner->attempts, attempt)
    {
        assert_ptr_equal(attempt->runner, runner);
        assert_ptr_equal(attempt->job->attempts, attempt);
        assert_null(attempt->same_job_next);
        assert_int_equal(attempt->job->state, JOB_RUNNING);
        assert_int_equal(attempt->state,
                         attempt->slot ? ATTEMPT_RUNNING : ATTEMPT_SENT);
        tally->running += attempt->slot != 0;
        count++;
    }
    assert_int_equal(runner->in_flight, count);
    tally->in_flight += count;
    tally->runners++;
}

static unsigned alive(const struct player *player)
{
    unsigned count = 0;
    for (unsigned i = 0; i < player->run.pool.count; i++) {
        count += player->is_alive[i];
    }
    return count;
}

static void check(struct player *player)
{
    struct scheduler *scheduler = player->run.scheduler;
    struct scheduler_counts counts = scheduler_counts(scheduler);
    struct tally tally = {0};
    uint64_t settled = counts.succeeded + counts.failed;
    uint64_t elsewhere = counts.sent + scheduler_ready(scheduler);

    scheduler_each_runner(scheduler, count_runner, &tally);
    assert_int_equal(tally.runners, alive(player));
    assert_int_equal(tally.in_flight, counts.sent);
    assert_int_equal(tally.running, counts.running);
    if (scheduler_is_open(scheduler)) {
        assert_int_equal(player->run.given, settled + elsewhere);
        assert_in_range(scheduler_ready(scheduler), 0, ROWS);
    } else {
        assert_true(player->run.given >= settled + elsewhere);
    }
    assert_true(settled >= player->settled);
    player->settled = settled;
}

/* ---- what may happen ---- */

static struct fake_runner *any_runner(struct player *player, unsigned *which)
{
    unsigned count = player->run.pool.count;
    if (!count) {
        return NULL;
    }
    *which = (unsigned)below(player, count);
    for (unsigned i = 0; i < count && !player->is_alive[*which]; i++) {
        *which = (*which + 1) % count;
    }
    return player->is_alive[*which] ? player->run.pool.runners[*which] : NULL;
}

static struct attempt *any_attempt(struct player *player,
                                   struct fake_runner *fake)
{
    struct attempt *attempt = fake->runner.attempts;
    size_t skip =
        fake->runner.in_flight ? below(player, fake->runner.in_flight) : 0;
    while (attempt && skip--) {
        attempt = attempt->next;
    }
    return attempt;
}

static void end_attempt(struct player *player, struct fake_runner *fake,
                        uint64_t job, bool runs)
{
    static const enum result_status ends[] = {
        RESULT_EXITED, RESULT_SIGNALED, RESULT_TIMED_OUT, RESULT_OUT_OF_MEMORY};
    enum result_status status = !runs                ? RESULT_NOT_STARTED
                                : chance(player, 80) ? RESULT_EXITED
                                                     : ends[below(player, 4)];
    int exit_code = !runs ? 126 : chance(player, 70) ? 0 : 1;
    fake->duration_us =
        chance(player, 80) ? 200 : (int64_t)below(player, 1000000);
    assert_true(fake_done(fake, job, status, exit_code));
}

static void move_attempt(struct player *player, struct fake_runner *fake)
{
    const struct attempt *attempt = any_attempt(player, fake);
    if (!attempt) {
        return;
    }
    uint64_t job = attempt->job->seq;
    bool runs = attempt->slot;
    if (!runs && chance(player, 15)) {
        assert_true(fake_returned(fake, job));
    } else if (!runs && chance(player, 95)) {
        assert_true(fake_started(fake, job));
    } else if (runs && chance(player, 20)) {
        assert_true(fake_output(fake, job, (unsigned)below(player, 2), "x"));
    } else {
        end_attempt(player, fake, job, runs);
    }
}

/* It gives all back that waits, as it is asked to. */
static void give_back(struct fake_runner *fake)
{
    struct attempt *attempt = fake->runner.attempts;
    while (attempt) {
        struct attempt *next = attempt->next;
        if (!attempt->slot) {
            assert_true(fake_returned(fake, attempt->job->seq));
        }
        attempt = next;
    }
}

static void lose(struct player *player, struct fake_runner *fake,
                 unsigned which)
{
    player->is_alive[which] = false; /* before events look at it */
    fake_run_lose(&player->run, fake);
}

static void note_new_runners(struct player *player, unsigned before)
{
    for (unsigned i = before; i < player->run.pool.count; i++) {
        player->is_alive[i] = true;
    }
}

static void step(struct player *player)
{
    struct scheduler *scheduler = player->run.scheduler;
    unsigned before = player->run.pool.count;
    unsigned which = 0;
    struct fake_runner *fake = any_runner(player, &which);

    fake_now_us += (int64_t)below(player, 300);
    player->run.cannot_start = chance(player, 3);
    player->run.pool.cannot_grow = chance(player, 10);
    if (fake && chance(player, 70)) {
        move_attempt(player, fake);
    } else if (fake && chance(player, 5)) {
        lose(player, fake, which);
    } else if (fake && fake->runner.is_recalled) {
        give_back(fake);
    } else if (chance(player, 10)) {
        (void)scheduler_put_back_youngest(scheduler);
    } else if (chance(player, 20)) {
        scheduler_tick(scheduler);
    } else {
        scheduler_dispatch(scheduler);
        note_new_runners(player, before);
    }
}

/* ---- a game ---- */

static void begin(struct player *player, uint64_t seed)
{
    *player = (struct player){.random = {seed * 7919 + 1}};
    struct scheduler_options options = {
        .tries = 1 + (unsigned)below(player, 3),
        .retry_delay_us = chance(player, 50) ? 500 : 0,
        .crash_limit = 1 + (unsigned)below(player, 3),
        .timeout_percent = chance(player, 30) ? 150 : 0,
        .delay_us = chance(player, 20) ? 50 : 0,
        .no_queueing = chance(player, 20),
    };
    unsigned slots = chance(player, 50) ? 1 : 3;
    fake_run_init(&player->run, &options, MOST_RUNNERS, slots, ROWS);
    player->run.settled = calloc(ROWS + 1, 1);
}

static void end(struct player *player)
{
    buf_clear(&player->run.told);
    fake_run_release(&player->run);
    free(player->run.settled);
    free(player);
}

/* Play on as a good far end does: all that is asked is done. */
static void play_to_the_end(struct player *player)
{
    struct scheduler *scheduler = player->run.scheduler;
    player->run.cannot_start = false;
    player->run.pool.cannot_grow = false;
    for (int turns = 0; !scheduler_is_finished(scheduler); turns++) {
        unsigned before = player->run.pool.count;
        assert_in_range(turns, 0, 200 * ROWS);
        fake_now_us += 100;
        scheduler_dispatch(scheduler);
        note_new_runners(player, before);
        unsigned which = 0;
        struct fake_runner *fake = any_runner(player, &which);
        if (fake) {
            move_attempt(player, fake);
        }
        check(player);
    }
    assert_int_equal(scheduler_counts(scheduler).sent, 0);
    assert_int_equal(scheduler_counts(scheduler).running, 0);
}

static void each_job_settles_once(const struct player *player)
{
    for (uint64_t seq = 1; seq <= ROWS; seq++) {
        assert_int_equal(player->run.settled[seq], 1);
    }
}

static void none_settles_twice(const struct player *player)
{
    for (uint64_t seq = 1; seq <= ROWS; seq++) {
        assert_in_range(player->run.settled[seq], 0, 1);
    }
}

static struct player *play(uint64_t seed, int steps)
{
    struct player *player = malloc(sizeof *player);
    begin(player, seed);
    for (int i = 0; i < steps; i++) {
        step(player);
        check(player);
    }
    return player;
}

static void whatever_happens_each_job_settles_once(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct player *player = play(seed, STEPS);
        play_to_the_end(player);
        assert_int_equal(player->settled, ROWS);
        each_job_settles_once(player);
        end(player);
    }
}

static void it_may_be_drained_at_any_time(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct player *player = play(seed, (int)(100 * seed));
        uint64_t given = player->run.given;
        scheduler_drain(player->run.scheduler);
        play_to_the_end(player);
        none_settles_twice(player);
        assert_int_equal(player->run.given, given);
        end(player);
    }
}

static void it_may_be_stopped_at_any_time(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct player *player = play(seed, (int)(100 * seed));
        scheduler_stop(player->run.scheduler, seed % 2);
        play_to_the_end(player);
        none_settles_twice(player);
        assert_int_equal(scheduler_ready(player->run.scheduler), 0);
        end(player);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_happens_each_job_settles_once),
        cmocka_unit_test(it_may_be_drained_at_any_time),
        cmocka_unit_test(it_may_be_stopped_at_any_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

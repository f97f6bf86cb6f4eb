/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fake_pool.h"
#include "job/attempt.h"
#include "run/roster.h"

enum { SHORT_US = 1000, LONG_US = 1000000 };

static struct fake_pool pool;
static struct roster roster;

static int set_up(void **state)
{
    (void)state;
    roster = (struct roster){0};
    fake_pool_init(&pool, 9, 2);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fake_pool_release(&pool);
    return 0;
}

static struct runner *add(unsigned in_flight)
{
    struct runner *runner = &fake_pool_add(&pool)->runner;
    runner->in_flight = in_flight;
    roster_add(&roster, runner);
    return runner;
}

static void set(struct runner *runner, unsigned in_flight)
{
    runner->in_flight = in_flight;
    roster_place(&roster, runner);
}

static void a_free_slot_makes_a_runner_idle(void **state)
{
    (void)state;
    struct runner *runner = add(0);
    assert_int_equal(runner->room, RUNNER_IDLE);
    set(runner, 1);
    assert_int_equal(runner->room, RUNNER_IDLE);
    set(runner, 2);
    assert_int_equal(runner->room, RUNNER_FULL);
    assert_null(roster.rooms[RUNNER_IDLE]);
    assert_ptr_equal(roster.rooms[RUNNER_FULL], runner);
}

static void short_jobs_make_room_for_some_that_wait(void **state)
{
    (void)state;
    struct runner *runner = add(2);
    roster_learn(&roster, SHORT_US); /* 4 for each slot */
    assert_int_equal(runner->room, RUNNER_BUSY);
    set(runner, 9);
    assert_int_equal(runner->room, RUNNER_BUSY);
    set(runner, 10);
    assert_int_equal(runner->room, RUNNER_FULL);
    roster_learn(&roster, LONG_US);
    set(runner, 2);
    assert_int_equal(runner->room, RUNNER_FULL);
}

static void what_is_learnt_moves_all(void **state)
{
    (void)state;
    struct runner *a = add(2);
    struct runner *b = add(3);
    struct runner *idle = add(1);
    roster_learn(&roster, SHORT_US);
    assert_int_equal(a->room, RUNNER_BUSY);
    assert_int_equal(b->room, RUNNER_BUSY);
    assert_int_equal(idle->room, RUNNER_IDLE);
    roster_learn(&roster, LONG_US);
    assert_int_equal(a->room, RUNNER_FULL);
    assert_int_equal(b->room, RUNNER_FULL);
    assert_int_equal(idle->room, RUNNER_IDLE);
}

static void who_is_unable_is_never_idle(void **state)
{
    (void)state;
    struct runner *runner = add(0);
    runner->is_unable = true;
    roster_place(&roster, runner);
    assert_int_equal(runner->room, RUNNER_UNABLE);
    assert_null(roster.rooms[RUNNER_IDLE]);
}

static void
nothing_more_waits_where_it_would_stand_behind_something(void **state)
{
    (void)state;
    struct runner *runner = add(2);
    roster_learn(&roster, SHORT_US);
    runner->is_recalled = true;
    roster_place(&roster, runner);
    assert_int_equal(runner->room, RUNNER_FULL);
    runner->is_recalled = false;
    runner->takes_no_more = true;
    roster_place(&roster, runner);
    assert_int_equal(runner->room, RUNNER_FULL);
    set(runner, 1);
    assert_int_equal(runner->room, RUNNER_IDLE);
}

static void they_take_turns(void **state)
{
    (void)state;
    struct runner *a = add(0);
    struct runner *b = add(0);
    assert_ptr_equal(roster.rooms[RUNNER_IDLE], a);
    set(a, 1);
    assert_ptr_equal(roster.rooms[RUNNER_IDLE], b);
    set(b, 1);
    assert_ptr_equal(roster.rooms[RUNNER_IDLE], a);
}

static void count(void *ctx, struct runner *runner)
{
    (void)runner;
    ++*(int *)ctx;
}

static void each_is_visited_once(void **state)
{
    (void)state;
    int visits = 0;
    struct runner *gone = add(0);
    (void)add(2);
    add(0)->is_unable = true;
    roster_remove(&roster, gone);
    roster_each(&roster, count, &visits);
    assert_int_equal(visits, 2);
}

static struct fake_runner *fake(const struct runner *runner)
{
    return runner->sender;
}

static void what_waits_is_asked_for_once(void **state)
{
    (void)state;
    struct runner *runner = add(2);
    roster_recall(runner);
    assert_string_equal(fake_said(fake(runner)), ""); /* nothing waits */
    set(runner, 3);
    roster_recall(runner);
    roster_recall(runner);
    assert_string_equal(fake_said(fake(runner)), "RECALL");
}

static void each_slot_may_keep_its_next_job(void **state)
{
    (void)state;
    struct runner *runner = add(4);
    struct runner *more = add(5);
    roster_recall_waiting(&roster, true);
    assert_string_equal(fake_said(fake(runner)), "");
    assert_string_equal(fake_said(fake(more)), "RECALL");
}

static void somebody_idle_wants_what_waits_elsewhere(void **state)
{
    (void)state;
    struct runner *more = add(5);
    roster_recall_waiting(&roster, false);
    assert_string_equal(fake_said(fake(more)), "");
    (void)add(0);
    roster_recall_waiting(&roster, false);
    assert_string_equal(fake_said(fake(more)), "RECALL");
}

static void there_is_room_where_one_is_idle_or_busy(void **state)
{
    (void)state;
    assert_false(roster_has_room(&roster));
    struct runner *runner = add(2);
    assert_false(roster_has_room(&roster));
    roster_learn(&roster, SHORT_US);
    assert_true(roster_has_room(&roster));
    set(runner, 0);
    assert_true(roster_has_room(&roster));
    runner->is_unable = true;
    roster_place(&roster, runner);
    assert_false(roster_has_room(&roster));
}

static void the_youngest_is_the_one_that_started_last(void **state)
{
    (void)state;
    struct attempt old = {.slot = 1, .since_us = 1};
    struct attempt young = {.slot = 2, .since_us = 5};
    struct attempt waiting = {.slot = 0, .since_us = 9};
    struct runner *a = add(2);
    struct runner *b = add(1);
    assert_null(roster_youngest(&roster));
    a->attempts = &old;
    old.prev = &waiting;
    old.next = &waiting;
    b->attempts = &young;
    young.prev = &young;
    assert_ptr_equal(roster_youngest(&roster), &young);
    young.is_unwanted = true;
    assert_ptr_equal(roster_youngest(&roster), &old);
    old.is_unwanted = true;
    assert_null(roster_youngest(&roster));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_free_slot_makes_a_runner_idle),
        TEST(short_jobs_make_room_for_some_that_wait),
        TEST(what_is_learnt_moves_all),
        TEST(who_is_unable_is_never_idle),
        TEST(nothing_more_waits_where_it_would_stand_behind_something),
        TEST(they_take_turns),
        TEST(each_is_visited_once),
        TEST(what_waits_is_asked_for_once),
        TEST(each_slot_may_keep_its_next_job),
        TEST(somebody_idle_wants_what_waits_elsewhere),
        TEST(there_is_room_where_one_is_idle_or_busy),
        TEST(the_youngest_is_the_one_that_started_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

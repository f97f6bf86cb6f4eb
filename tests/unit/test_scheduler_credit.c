/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fake_run.h"
#include "job/attempt.h"

enum { SHORT_US = 1000, LONG_US = 1000000, EXTRA = 4, RECALL_US = 10000 };

#define RUN_OPTIONS(...) (&(const struct scheduler_options){__VA_ARGS__})
#define expect_said(run, n, text)                                              \
    assert_string_equal(fake_said(fake_run_runner(run, n)), text)

static void go(struct fake_run *run)
{
    scheduler_dispatch(run->scheduler);
}

/* One runner, whose first job was a short one: jobs may wait there now. */
static void begin(struct fake_run *run, const struct scheduler_options *options,
                  unsigned most, uint64_t rows)
{
    fake_run_init(run, options, most, 1, 1);
    go(run);
    fake_run_succeed(fake_run_runner(run, 1), 1, SHORT_US);
    expect_said(run, 1, "BATCH; RUN 1");
    run->rows = rows;
    run->goes_on = true;
}

static void nothing_waits_while_nothing_is_known(void **state)
{
    (void)state;
    struct fake_run run;
    fake_run_init(&run, RUN_OPTIONS(0), 1, 1, 9);
    go(&run);
    assert_int_equal(run.given, 1);
    fake_run_release(&run);
}

static void short_jobs_wait_where_they_will_run(void **state)
{
    (void)state;
    struct fake_run run;
    begin(&run, RUN_OPTIONS(0), 1, 99);
    go(&run);
    expect_said(&run, 1, "RUN 2; RUN 3; RUN 4; RUN 5; RUN 6");
    assert_int_equal(run.given, 2 + EXTRA);
    fake_run_succeed(fake_run_runner(&run, 1), 2, SHORT_US);
    go(&run);
    expect_said(&run, 1, "RUN 7");
    assert_int_equal(scheduler_counts(run.scheduler).sent, 1 + EXTRA);
    fake_run_release(&run);
}

static void long_jobs_do_not(void **state)
{
    (void)state;
    struct fake_run run;
    fake_run_init(&run, RUN_OPTIONS(0), 1, 1, 9);
    go(&run);
    fake_run_succeed(fake_run_runner(&run, 1), 1, LONG_US);
    go(&run);
    assert_int_equal(run.given, 2);
    fake_run_release(&run);
}

static void nor_do_any_where_that_is_not_wanted(void **state)
{
    (void)state;
    struct fake_run run;
    begin(&run, RUN_OPTIONS(.no_queueing = true), 1, 9);
    go(&run);
    assert_int_equal(run.given, 2);
    fake_run_release(&run);
    begin(&run, RUN_OPTIONS(.delay_us = 1), 1, 9);
    fake_now_us++;
    go(&run);
    fake_now_us++;
    go(&run);
    assert_int_equal(run.given, 2);
    fake_run_release(&run);
}

static void what_waits_is_spread_over_the_runners(void **state)
{
    (void)state;
    struct fake_run run;
    begin(&run, RUN_OPTIONS(0), 2, 6);
    go(&run);
    expect_said(&run, 1, "RUN 2; RUN 4; RUN 6");
    expect_said(&run, 2, "BATCH; RUN 3; RUN 5");
    fake_run_release(&run);
}

static void what_waits_behind_a_long_job_is_asked_for(void **state)
{
    (void)state;
    struct fake_run run;
    begin(&run, RUN_OPTIONS(0), 1, 4);
    go(&run);
    expect_said(&run, 1, "RUN 2; RUN 3; RUN 4");
    assert_true(fake_started(fake_run_runner(&run, 1), 2));
    assert_true(scheduler_wants_ticks(run.scheduler));
    fake_now_us += RECALL_US;
    scheduler_tick(run.scheduler);
    expect_said(&run, 1, "");
    fake_now_us += 1;
    scheduler_tick(run.scheduler);
    scheduler_tick(run.scheduler);
    expect_said(&run, 1, "RECALL"); /* once */
    assert_true(fake_returned(fake_run_runner(&run, 1), 3));
    assert_true(fake_returned(fake_run_runner(&run, 1), 4));
    assert_false(scheduler_wants_ticks(run.scheduler));
    assert_int_equal(scheduler_ready(run.scheduler), 2);
    fake_run_release(&run);
}

static void nothing_is_sent_behind_it_before_it_ends(void **state)
{
    (void)state;
    struct fake_run run;
    begin(&run, RUN_OPTIONS(0), 1, 3);
    go(&run);
    assert_true(fake_started(fake_run_runner(&run, 1), 2));
    fake_now_us += RECALL_US + 1;
    scheduler_tick(run.scheduler);
    assert_true(fake_returned(fake_run_runner(&run, 1), 3));
    (void)fake_said(fake_run_runner(&run, 1));
    go(&run);
    scheduler_tick(run.scheduler);
    go(&run);
    expect_said(&run, 1, "");
    fake_run_runner(&run, 1)->duration_us = SHORT_US;
    assert_true(fake_done(fake_run_runner(&run, 1), 2, RESULT_EXITED, 0));
    go(&run);
    expect_said(&run, 1, "RUN 3");
    fake_run_release(&run);
}

static void what_comes_back_starts_first_and_in_order(void **state)
{
    (void)state;
    struct fake_run run;
    begin(&run, RUN_OPTIONS(0), 1, 5);
    go(&run);
    assert_true(fake_started(fake_run_runner(&run, 1), 2));
    fake_now_us += RECALL_US + 1;
    scheduler_tick(run.scheduler);
    for (uint64_t seq = 3; seq <= 5; seq++) {
        assert_true(fake_returned(fake_run_runner(&run, 1), seq));
    }
    run.rows = 7;
    fake_run_runner(&run, 1)->duration_us = SHORT_US;
    assert_true(fake_done(fake_run_runner(&run, 1), 2, RESULT_EXITED, 0));
    (void)fake_said(fake_run_runner(&run, 1));
    go(&run);
    expect_said(&run, 1, "RUN 3; RUN 4; RUN 5; RUN 6; RUN 7");
    fake_run_release(&run);
}

/* Of several that wait the surplus goes to who has nothing to do. */
static void somebody_who_is_idle_gets_what_waits_elsewhere(void **state)
{
    (void)state;
    struct fake_run run;
    begin(&run, RUN_OPTIONS(0), 1, 5);
    go(&run);
    expect_said(&run, 1, "RUN 2; RUN 3; RUN 4; RUN 5");
    run.pool.pool.most = 2;
    go(&run);
    expect_said(&run, 1, "RECALL");
    assert_true(fake_returned(fake_run_runner(&run, 1), 3));
    go(&run);
    expect_said(&run, 2, "BATCH; RUN 3");
    fake_run_release(&run);
}

static void the_next_job_of_a_slot_stays_there(void **state)
{
    (void)state;
    struct fake_run run;
    begin(&run, RUN_OPTIONS(0), 1, 3);
    go(&run);
    expect_said(&run, 1, "RUN 2; RUN 3");
    run.pool.pool.most = 2;
    go(&run);
    expect_said(&run, 1, "");
    fake_run_release(&run);
}

static void a_job_that_was_lost_runs_alone(void **state)
{
    (void)state;
    struct fake_run run;
    begin(&run, RUN_OPTIONS(0), 1, 3);
    go(&run);
    assert_true(fake_started(fake_run_runner(&run, 1), 2));
    fake_run_lose(&run, fake_run_runner(&run, 1));
    go(&run);
    expect_said(&run, 2, "BATCH; RUN 2.2");
    fake_run_succeed(fake_run_runner(&run, 2), 2, SHORT_US);
    go(&run);
    expect_said(&run, 2, "RUN 3.2");
    fake_run_release(&run);
}

static void who_dies_of_one_of_several_blames_none(void **state)
{
    (void)state;
    struct fake_run run;
    begin(&run, RUN_OPTIONS(.crash_limit = 1), 1, 3);
    go(&run);
    assert_true(fake_started(fake_run_runner(&run, 1), 2));
    (void)fake_run_told(&run);
    fake_run_lose(&run, fake_run_runner(&run, 1));
    assert_string_equal(fake_run_told(&run), "void 2");
    assert_int_equal(scheduler_ready(run.scheduler), 2);
    fake_run_release(&run);
}

#define TEST(name) cmocka_unit_test(name)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nothing_waits_while_nothing_is_known),
        TEST(short_jobs_wait_where_they_will_run),
        TEST(long_jobs_do_not),
        TEST(nor_do_any_where_that_is_not_wanted),
        TEST(what_waits_is_spread_over_the_runners),
        TEST(what_waits_behind_a_long_job_is_asked_for),
        TEST(nothing_is_sent_behind_it_before_it_ends),
        TEST(what_comes_back_starts_first_and_in_order),
        TEST(somebody_who_is_idle_gets_what_waits_elsewhere),
        TEST(the_next_job_of_a_slot_stays_there),
        TEST(a_job_that_was_lost_runs_alone),
        TEST(who_dies_of_one_of_several_blames_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fake_run.h"
#include "job/attempt.h"

enum { SHORT_US = 1000, LONG_US = 1000000 };

#define RUN_OPTIONS(...) (&(const struct scheduler_options){__VA_ARGS__})
#define expect_said(run, n, text)                                              \
    assert_string_equal(fake_said(fake_run_runner(run, n)), text)
#define expect_told(run, text) assert_string_equal(fake_run_told(run), text)

static void go(struct fake_run *run)
{
    scheduler_dispatch(run->scheduler);
}

static bool is_finished(struct fake_run *run)
{
    return scheduler_is_finished(run->scheduler);
}

/* One runner on which job 1 runs and jobs 2 to 4 wait. */
static void begin(struct fake_run *run, const struct scheduler_options *options)
{
    fake_run_init(run, options, 1, 1, 1);
    go(run);
    fake_run_succeed(fake_run_runner(run, 1), 1, SHORT_US);
    run->rows = 5;
    go(run);
    assert_true(fake_started(fake_run_runner(run, 1), 2));
    expect_said(run, 1, "BATCH; RUN 1; RUN 2; RUN 3; RUN 4; RUN 5");
    (void)fake_run_told(run);
}

static void
it_is_finished_when_the_input_has_ended_and_all_settled(void **state)
{
    (void)state;
    struct fake_run run;
    fake_run_init(&run, RUN_OPTIONS(.tries = 2, .retry_delay_us = 5), 1, 1, 1);
    run.goes_on = true;
    assert_false(is_finished(&run));
    go(&run);
    assert_false(is_finished(&run));
    assert_true(fake_started(fake_run_runner(&run, 1), 1));
    assert_true(fake_done(fake_run_runner(&run, 1), 1, RESULT_EXITED, 1));
    run.goes_on = false;
    go(&run);
    assert_false(is_finished(&run)); /* a retry waits */
    fake_now_us += 5;
    go(&run);
    assert_false(is_finished(&run));
    fake_run_succeed(fake_run_runner(&run, 1), 1, SHORT_US);
    go(&run);
    assert_true(is_finished(&run));
    fake_run_release(&run);
}

static void no_row_at_all_is_an_end_too(void **state)
{
    (void)state;
    struct fake_run run;
    fake_run_init(&run, RUN_OPTIONS(0), 1, 1, 0);
    go(&run);
    assert_true(is_finished(&run));
    assert_int_equal(run.pool.count, 0);
    fake_run_release(&run);
}

static void when_drained_what_runs_ends_and_nothing_starts(void **state)
{
    (void)state;
    struct fake_run run;
    begin(&run, RUN_OPTIONS(0));
    scheduler_drain(run.scheduler);
    scheduler_drain(run.scheduler);
    expect_said(&run, 1, "RECALL");
    assert_false(scheduler_is_open(run.scheduler));
    for (uint64_t seq = 3; seq <= 5; seq++) {
        assert_true(fake_returned(fake_run_runner(&run, 1), seq));
    }
    go(&run);
    expect_said(&run, 1, "");
    assert_false(is_finished(&run));
    assert_true(fake_done(fake_run_runner(&run, 1), 2, RESULT_EXITED, 0));
    assert_true(is_finished(&run));
    expect_told(&run, "2: exit 0");
    assert_int_equal(scheduler_wake_us(run.scheduler), 0);
    fake_run_release(&run);
}

static void a_failure_while_draining_has_no_other_try(void **state)
{
    (void)state;
    struct fake_run run;
    fake_run_init(&run, RUN_OPTIONS(.tries = 9), 1, 1, 1);
    go(&run);
    assert_true(fake_started(fake_run_runner(&run, 1), 1));
    scheduler_drain(run.scheduler);
    assert_true(fake_done(fake_run_runner(&run, 1), 1, RESULT_EXITED, 1));
    expect_told(&run, "start 1; 1: exit 1");
    assert_true(is_finished(&run));
    fake_run_release(&run);
}

static void a_worker_lost_while_draining_leaves_its_job_open(void **state)
{
    (void)state;
    struct fake_run run;
    fake_run_init(&run, RUN_OPTIONS(0), 1, 1, 1);
    go(&run);
    assert_true(fake_started(fake_run_runner(&run, 1), 1));
    scheduler_drain(run.scheduler);
    fake_run_lose(&run, fake_run_runner(&run, 1));
    expect_told(&run, "start 1; void 1");
    assert_true(is_finished(&run));
    fake_run_release(&run);
}

static void when_stopped_all_are_cancelled(void **state)
{
    (void)state;
    struct fake_run run;
    begin(&run, RUN_OPTIONS(0));
    scheduler_stop(run.scheduler, false);
    expect_said(&run, 1, "CANCEL 2; CANCEL 3; CANCEL 4; CANCEL 5");
    assert_int_equal(run.pool.hurries, 1);
    scheduler_stop(run.scheduler, true);
    expect_said(&run, 1, "KILL 2; KILL 3; KILL 4; KILL 5");
    assert_int_equal(run.pool.hurries, 3);
    for (uint64_t seq = 3; seq <= 5; seq++) {
        assert_true(fake_returned(fake_run_runner(&run, 1), seq));
    }
    assert_false(is_finished(&run));
    assert_true(fake_done(fake_run_runner(&run, 1), 2, RESULT_SIGNALED, 0));
    assert_true(is_finished(&run));
    expect_told(&run, "void 2"); /* what was ended by us does not settle */
    assert_int_equal(scheduler_ready(run.scheduler), 0);
    fake_run_release(&run);
}

static void what_ended_by_itself_settles_though_it_was_cancelled(void **state)
{
    (void)state;
    struct fake_run run;
    fake_run_init(&run, RUN_OPTIONS(.tries = 3), 2, 1, 2);
    go(&run);
    assert_true(fake_started(fake_run_runner(&run, 1), 1));
    assert_true(fake_started(fake_run_runner(&run, 2), 2));
    scheduler_stop(run.scheduler, false);
    (void)fake_run_told(&run);
    assert_true(fake_done(fake_run_runner(&run, 1), 1, RESULT_EXITED, 0));
    assert_true(fake_done(fake_run_runner(&run, 2), 2, RESULT_EXITED, 7));
    expect_told(&run, "1: exit 0; 2: exit 7");
    assert_true(is_finished(&run));
    fake_run_release(&run);
}

static void a_worker_lost_when_stopped_is_nobodys_fault(void **state)
{
    (void)state;
    struct fake_run run;
    fake_run_init(&run, RUN_OPTIONS(.crash_limit = 1), 1, 1, 1);
    go(&run);
    assert_true(fake_started(fake_run_runner(&run, 1), 1));
    scheduler_stop(run.scheduler, false);
    fake_run_lose(&run, fake_run_runner(&run, 1));
    expect_told(&run, "start 1; void 1");
    assert_true(is_finished(&run));
    assert_int_equal(scheduler_ready(run.scheduler), 0);
    fake_run_release(&run);
}

static void retries_that_wait_are_dropped_when_stopped(void **state)
{
    (void)state;
    struct fake_run run;
    fake_run_init(&run, RUN_OPTIONS(.tries = 2, .retry_delay_us = 5), 1, 1, 1);
    go(&run);
    assert_true(fake_started(fake_run_runner(&run, 1), 1));
    assert_true(fake_done(fake_run_runner(&run, 1), 1, RESULT_EXITED, 1));
    scheduler_stop(run.scheduler, false);
    assert_true(is_finished(&run));
    assert_int_equal(scheduler_ready(run.scheduler), 0);
    assert_int_equal(scheduler_wake_us(run.scheduler), 0);
    fake_run_release(&run);
}

/* As --halt does. */
static void it_may_be_stopped_by_a_job_that_settles(void **state)
{
    (void)state;
    struct fake_run run;
    fake_run_init(&run, RUN_OPTIONS(0), 3, 1, 3);
    run.stops_at_once = true;
    go(&run);
    assert_true(fake_started(fake_run_runner(&run, 2), 2));
    assert_true(fake_done(fake_run_runner(&run, 2), 2, RESULT_EXITED, 0));
    expect_said(&run, 1, "BATCH; RUN 1; CANCEL 1");
    expect_said(&run, 2, "BATCH; RUN 2");
    expect_said(&run, 3, "BATCH; RUN 3; CANCEL 3");
    fake_run_release(&run);
}

static void it_may_be_stopped_by_a_row_that_fits_no_command(void **state)
{
    (void)state;
    struct fake_run run;
    fake_run_init(&run, RUN_OPTIONS(0), 3, 1, 3);
    run.stops_at_once = true;
    run.bad_to = 1;
    go(&run);
    expect_told(&run, "1: not started: bad");
    assert_int_equal(run.given, 1);
    assert_true(is_finished(&run));
    fake_run_release(&run);
}

static void it_may_be_stopped_by_a_job_whose_worker_was_lost(void **state)
{
    (void)state;
    struct fake_run run;
    fake_run_init(&run, RUN_OPTIONS(.crash_limit = 1), 1, 2, 2);
    run.stops_at_once = true;
    go(&run);
    fake_run_lose(&run, fake_run_runner(&run, 1));
    expect_told(&run, "1: worker lost");
    assert_true(is_finished(&run));
    fake_run_release(&run);
}

static void the_youngest_may_be_put_back_at_no_cost(void **state)
{
    (void)state;
    struct fake_run run;
    fake_run_init(&run, RUN_OPTIONS(.tries = 1), 2, 1, 2);
    assert_false(scheduler_put_back_youngest(run.scheduler));
    go(&run);
    assert_false(scheduler_put_back_youngest(run.scheduler)); /* none runs */
    assert_true(fake_started(fake_run_runner(&run, 2), 2));
    fake_now_us += 1;
    assert_true(fake_started(fake_run_runner(&run, 1), 1));
    assert_true(scheduler_put_back_youngest(run.scheduler));
    expect_said(&run, 1, "BATCH; RUN 1; CANCEL 1");
    assert_true(scheduler_put_back_youngest(run.scheduler)); /* the next */
    expect_said(&run, 2, "BATCH; RUN 2; CANCEL 2");
    assert_false(scheduler_put_back_youngest(run.scheduler));
    assert_true(fake_done(fake_run_runner(&run, 1), 1, RESULT_SIGNALED, 0));
    go(&run);
    expect_said(&run, 1, "RUN 1.2");
    expect_told(&run, "start 2; start 1; void 1");
    assert_int_equal(scheduler_counts(run.scheduler).failed, 0);
    fake_run_release(&run);
}

static void
a_runner_that_is_unable_gets_no_job_and_has_no_successor(void **state)
{
    (void)state;
    struct fake_run run;
    fake_run_init(&run, RUN_OPTIONS(0), 3, 1, 2);
    go(&run);
    assert_true(fake_unable(fake_run_runner(&run, 1), 127, "why"));
    assert_true(fake_returned(fake_run_runner(&run, 1), 1));
    run.rows = 9;
    go(&run);
    expect_said(&run, 1, "BATCH; RUN 1");
    assert_int_equal(run.pool.count, 2);
    fake_run_succeed(fake_run_runner(&run, 2), 2, LONG_US);
    go(&run);
    expect_said(&run, 2, "BATCH; RUN 2; RUN 1");
    assert_int_equal(run.unables, 0);
    fake_run_release(&run);
}

static void when_all_are_unable_that_is_told_once(void **state)
{
    (void)state;
    struct fake_run run;
    fake_run_init(&run, RUN_OPTIONS(0), 2, 1, 2);
    go(&run);
    assert_true(fake_unable(fake_run_runner(&run, 2), 126, "b"));
    assert_int_equal(run.unables, 0);
    assert_true(fake_unable(fake_run_runner(&run, 1), 127, "a"));
    expect_told(&run, "unable 127 a");
    assert_true(fake_returned(fake_run_runner(&run, 1), 1));
    assert_true(fake_returned(fake_run_runner(&run, 2), 2));
    go(&run);
    assert_int_equal(run.unables, 1);
    assert_int_equal(run.pool.count, 2);
    fake_run_release(&run);
}

#define TEST(name) cmocka_unit_test(name)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_is_finished_when_the_input_has_ended_and_all_settled),
        TEST(no_row_at_all_is_an_end_too),
        TEST(when_drained_what_runs_ends_and_nothing_starts),
        TEST(a_failure_while_draining_has_no_other_try),
        TEST(a_worker_lost_while_draining_leaves_its_job_open),
        TEST(when_stopped_all_are_cancelled),
        TEST(what_ended_by_itself_settles_though_it_was_cancelled),
        TEST(a_worker_lost_when_stopped_is_nobodys_fault),
        TEST(retries_that_wait_are_dropped_when_stopped),
        TEST(it_may_be_stopped_by_a_job_that_settles),
        TEST(it_may_be_stopped_by_a_row_that_fits_no_command),
        TEST(it_may_be_stopped_by_a_job_whose_worker_was_lost),
        TEST(the_youngest_may_be_put_back_at_no_cost),
        TEST(a_runner_that_is_unable_gets_no_job_and_has_no_successor),
        TEST(when_all_are_unable_that_is_told_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fake_run.h"
#include "job/attempt.h"

enum { SHORT_US = 1000, LONG_US = 1000000, EXTRA = 4 };

#define RUN_OPTIONS(...) (&(const struct scheduler_options){__VA_ARGS__})

/* What a runner was sent, all of it, must be this text. */
#define expect_said(run, n, text)                                              \
    assert_string_equal(fake_said(fake_run_runner(run, n)), text)
#define expect_told(run, text) assert_string_equal(fake_run_told(run), text)

static void go(struct fake_run *run)
{
    scheduler_dispatch(run->scheduler);
}

static void fail_job(struct fake_run *run, unsigned n, uint64_t job)
{
    assert_true(fake_started(fake_run_runner(run, n), job));
    assert_true(fake_done(fake_run_runner(run, n), job, RESULT_EXITED, 3));
}

static void a_pool_grows_as_jobs_want_it_and_no_further(void **state)
{
    (void)state;
    struct fake_run run;
    fake_run_init(&run, RUN_OPTIONS(0), 3, 1, 0);
    run.goes_on = true;
    go(&run);
    assert_int_equal(run.pool.count, 0);
    run.rows = 2;
    go(&run);
    expect_said(&run, 1, "BATCH; RUN 1");
    expect_said(&run, 2, "BATCH; RUN 2");
    assert_int_equal(run.pool.count, 2);
    run.rows = 9;
    go(&run);
    expect_said(&run, 3, "BATCH; RUN 3");
    assert_int_equal(run.pool.count, 3);
    assert_int_equal(run.given, 3); /* no row is taken before its time */
    fake_run_release(&run);
}

static void who_is_idle_gets_the_job_before_the_pool_grows(void **state)
{
    (void)state;
    struct fake_run run;
    fake_run_init(&run, RUN_OPTIONS(0), 3, 2, 1);
    go(&run);
    fake_run_succeed(fake_run_runner(&run, 1), 1, LONG_US);
    run.rows = 3;
    go(&run);
    expect_said(&run, 1, "BATCH; RUN 1; RUN 2; RUN 3");
    assert_int_equal(run.pool.count, 1);
    fake_run_release(&run);
}

static void a_pool_that_cannot_grow_costs_no_job(void **state)
{
    (void)state;
    struct fake_run run;
    fake_run_init(&run, RUN_OPTIONS(0), 2, 1, 1);
    run.pool.cannot_grow = true;
    go(&run);
    go(&run);
    assert_int_equal(run.given, 1);
    assert_int_equal(scheduler_ready(run.scheduler), 1);
    run.pool.cannot_grow = false;
    go(&run);
    expect_said(&run, 1, "BATCH; RUN 1");
    fake_run_release(&run);
}

static void a_success_settles_its_job(void **state)
{
    (void)state;
    struct fake_run run;
    fake_run_init(&run, RUN_OPTIONS(.tries = 3), 1, 1, 1);
    go(&run);
    assert_true(fake_started(fake_run_runner(&run, 1), 1));
    assert_int_equal(scheduler_counts(run.scheduler).running, 1);
    assert_true(fake_output(fake_run_runner(&run, 1), 1, 0, "a"));
    assert_true(fake_done(fake_run_runner(&run, 1), 1, RESULT_EXITED, 0));
    expect_told(&run, "start 1; out 1; 1: exit 0");
    struct scheduler_counts counts = scheduler_counts(run.scheduler);
    assert_int_equal(counts.succeeded, 1);
    assert_int_equal(counts.failed, 0);
    assert_int_equal(counts.running, 0);
    assert_int_equal(counts.sent, 0);
    fake_run_release(&run);
}

static void a_failure_settles_when_the_tries_are_used_up(void **state)
{
    (void)state;
    struct fake_run run;
    fake_run_init(&run, RUN_OPTIONS(.tries = 3), 1, 1, 1);
    for (int try = 1; try <= 3; try++) {
        go(&run);
        fail_job(&run, 1, 1);
    }
    go(&run);
    expect_said(&run, 1, "BATCH; RUN 1; RUN 1.2; RUN 1.3");
    expect_told(&run, "start 1; void 1; start 1; void 1; start 1; 1.3: exit 3");
    assert_int_equal(scheduler_counts(run.scheduler).failed, 1);
    fake_run_release(&run);
}

static void a_later_try_may_succeed(void **state)
{
    (void)state;
    struct fake_run run;
    fake_run_init(&run, RUN_OPTIONS(.tries = 2), 1, 1, 1);
    go(&run);
    fail_job(&run, 1, 1);
    go(&run);
    fake_run_succeed(fake_run_runner(&run, 1), 1, LONG_US);
    expect_told(&run, "start 1; void 1; start 1; 1.2: exit 0");
    assert_int_equal(scheduler_counts(run.scheduler).succeeded, 1);
    assert_int_equal(scheduler_counts(run.scheduler).failed, 0);
    fake_run_release(&run);
}

static void one_that_cannot_start_never_ran(void **state)
{
    (void)state;
    struct fake_run run;
    fake_run_init(&run, RUN_OPTIONS(.tries = 2), 1, 1, 1);
    for (int try = 1; try <= 2; try++) {
        go(&run);
        assert_true(
            fake_done(fake_run_runner(&run, 1), 1, RESULT_NOT_STARTED, 126));
        assert_int_equal(scheduler_counts(run.scheduler).running, 0);
    }
    expect_told(&run, "1.2: not started: unknown");
    fake_run_release(&run);
}

static void a_retry_waits_and_others_do_not(void **state)
{
    (void)state;
    struct fake_run run;
    fake_run_init(&run, RUN_OPTIONS(.tries = 2, .retry_delay_us = 500), 1, 1,
                  3);
    go(&run);
    fail_job(&run, 1, 1);
    assert_int_equal(scheduler_wake_us(run.scheduler), fake_now_us + 500);
    go(&run);
    fake_now_us += 499;
    fake_run_succeed(fake_run_runner(&run, 1), 2, LONG_US);
    fake_now_us += 1;
    assert_int_equal(scheduler_wake_us(run.scheduler), 0); /* it is due */
    go(&run);
    expect_said(&run, 1, "BATCH; RUN 1; RUN 2; RUN 1.2");
    fake_run_release(&run);
}

static void no_row_is_asked_for_while_very_many_retries_wait(void **state)
{
    (void)state;
    struct fake_run run;
    fake_run_init(&run, RUN_OPTIONS(.tries = 2, .retry_delay_us = 500), 1, 1,
                  1000000);
    for (uint64_t seq = 1; run.given == seq - 1; seq++) {
        go(&run);
        if (run.given == seq) {
            fail_job(&run, 1, seq);
            (void)fake_said(fake_run_runner(&run, 1));
            (void)fake_run_told(&run);
        }
    }
    assert_int_equal(run.given, 100000);
    fake_now_us += 500;
    go(&run);
    expect_said(&run, 1, "RUN 1.2");
    fake_run_release(&run);
}

static void a_lost_worker_costs_no_try(void **state)
{
    (void)state;
    struct fake_run run;
    fake_run_init(&run, RUN_OPTIONS(.tries = 1), 1, 1, 1);
    go(&run);
    assert_true(fake_started(fake_run_runner(&run, 1), 1));
    fake_run_lose(&run, fake_run_runner(&run, 1));
    assert_int_equal(scheduler_counts(run.scheduler).running, 0);
    go(&run);
    expect_said(&run, 2, "BATCH; RUN 1.2");
    fake_run_succeed(fake_run_runner(&run, 2), 1, LONG_US);
    expect_told(&run, "start 1; void 1; start 1; 1.2: exit 0");
    fake_run_release(&run);
}

static void a_job_that_workers_die_of_fails_in_the_end(void **state)
{
    (void)state;
    struct fake_run run;
    fake_run_init(&run, RUN_OPTIONS(.tries = 9, .crash_limit = 2), 1, 1, 2);
    for (unsigned n = 1; n <= 2; n++) {
        go(&run);
        assert_true(fake_started(fake_run_runner(&run, n), 1));
        fake_run_lose(&run, fake_run_runner(&run, n));
    }
    expect_told(&run, "start 1; void 1; start 1; 1.2: worker lost");
    go(&run);
    expect_said(&run, 3, "BATCH; RUN 2");
    fake_run_release(&run);
}

static void rows_that_fit_no_command_need_no_runner(void **state)
{
    (void)state;
    struct fake_run run;
    fake_run_init(&run, RUN_OPTIONS(.tries = 9), 1, 1, 2);
    run.bad_to = 2;
    go(&run);
    expect_told(&run, "1: not started: bad; 2: not started: bad");
    assert_int_equal(run.pool.count, 0);
    assert_int_equal(scheduler_counts(run.scheduler).failed, 2);
    assert_true(scheduler_is_finished(run.scheduler));
    fake_run_release(&run);
}

static void rows_that_fit_no_command_do_not_keep_others_waiting(void **state)
{
    (void)state;
    struct fake_run run;
    fake_run_init(&run, RUN_OPTIONS(0), 1, 1, 1500);
    run.bad_to = 1500;
    go(&run);
    assert_int_equal(run.given, 1000);
    assert_int_equal(scheduler_wake_us(run.scheduler), fake_now_us);
    go(&run);
    assert_int_equal(run.given, 1500);
    assert_int_equal(scheduler_wake_us(run.scheduler), 0);
    fake_run_release(&run);
}

static void nothing_starts_while_the_machine_is_not_fit(void **state)
{
    (void)state;
    struct fake_run run;
    fake_run_init(&run, RUN_OPTIONS(0), 1, 1, 1);
    run.cannot_start = true;
    go(&run);
    go(&run);
    assert_int_equal(run.given, 1); /* looked ahead, for the end of the rows */
    run.cannot_start = false;
    go(&run);
    expect_said(&run, 1, "BATCH; RUN 1");
    fake_run_release(&run);
}

static void starts_keep_their_distance(void **state)
{
    (void)state;
    struct fake_run run;
    fake_run_init(&run, RUN_OPTIONS(.delay_us = 300), 4, 1, 3);
    assert_int_equal(scheduler_wake_us(run.scheduler), 0);
    go(&run);
    go(&run);
    assert_int_equal(run.given, 2); /* one ahead */
    assert_int_equal(scheduler_wake_us(run.scheduler), fake_now_us + 300);
    fake_now_us += 299;
    go(&run);
    assert_int_equal(run.given, 2); /* one ahead */
    fake_now_us += 1;
    go(&run);
    assert_int_equal(run.given, 3);
    fake_run_release(&run);
}

static void a_timeout_goes_with_the_job(void **state)
{
    (void)state;
    struct fake_run run;
    fake_run_init(&run, RUN_OPTIONS(.timeout_us = 700), 1, 1, 1);
    go(&run);
    expect_said(&run, 1, "BATCH; RUN 1 700");
    fake_run_release(&run);
}

/* One that ran, one that was sent and one that comes later. */
static void a_timeout_by_the_median_reaches_all(void **state)
{
    (void)state;
    struct fake_run run;
    fake_run_init(&run, RUN_OPTIONS(.timeout_percent = 200), 5, 1, 5);
    go(&run);
    assert_true(fake_started(fake_run_runner(&run, 4), 4));
    for (unsigned n = 1; n <= 3; n++) {
        expect_said(&run, 4, n == 1 ? "BATCH; RUN 4" : "");
        fake_run_succeed(fake_run_runner(&run, n), n, LONG_US);
    }
    AUTO_BUF struct buf limit = {0};
    long limit_us = (long)fake_attempt(fake_run_runner(&run, 4), 4)->timeout_us;
    assert_in_range(limit_us, 2 * LONG_US * 97 / 100, 2 * LONG_US * 103 / 100);
    buf_printf(&limit, "LIMIT 4 %ld", limit_us);
    expect_said(&run, 4, buf_text(&limit));
    expect_said(&run, 5, "BATCH; RUN 5");
    assert_true(fake_started(fake_run_runner(&run, 5), 5));
    buf_clear(&limit);
    buf_printf(&limit, "LIMIT 5 %ld", limit_us);
    expect_said(&run, 5, buf_text(&limit));
    (void)fake_said(fake_run_runner(&run, 1));
    run.rows = 6;
    go(&run);
    assert_int_equal(fake_attempt(fake_run_runner(&run, 1), 6)->timeout_us,
                     limit_us);
    fake_run_release(&run);
}

#define TEST(name) cmocka_unit_test(name)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_pool_grows_as_jobs_want_it_and_no_further),
        TEST(who_is_idle_gets_the_job_before_the_pool_grows),
        TEST(a_pool_that_cannot_grow_costs_no_job),
        TEST(a_success_settles_its_job),
        TEST(a_failure_settles_when_the_tries_are_used_up),
        TEST(a_later_try_may_succeed),
        TEST(one_that_cannot_start_never_ran),
        TEST(a_retry_waits_and_others_do_not),
        TEST(no_row_is_asked_for_while_very_many_retries_wait),
        TEST(a_lost_worker_costs_no_try),
        TEST(a_job_that_workers_die_of_fails_in_the_end),
        TEST(rows_that_fit_no_command_need_no_runner),
        TEST(rows_that_fit_no_command_do_not_keep_others_waiting),
        TEST(nothing_starts_while_the_machine_is_not_fit),
        TEST(starts_keep_their_distance),
        TEST(a_timeout_goes_with_the_job),
        TEST(a_timeout_by_the_median_reaches_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

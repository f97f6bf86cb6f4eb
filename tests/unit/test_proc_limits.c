/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sys/prctl.h>

#include "told_proc.h"

/* ---- limits ---- */

static void timeout_ends_a_job(void **state)
{
    struct told *told = *state;
    struct proc_options options = usual_options();
    options.timeout_us = 50000;
    start_with(told, "exec sleep 1000", options);
    wait_until_clear(told);
    expect_outcome(told, RESULT_TIMED_OUT, 0, SIGTERM);
    assert_in_range(told->outcome.duration_us, 50000, 60 * CLOCK_US_PER_SECOND);
}

static void job_that_ends_in_time_is_not_timed_out(void **state)
{
    struct told *told = *state;
    struct proc_options options = usual_options();
    options.timeout_us = 300000;
    start_with(told, "exit 3", options);
    /* As if this process had been stopped: both have come when it looks. */
    pid_t pid = proc_pid(told->proc);
    while (state_of(pid) != 'Z') {
    }
    int64_t end = clock_monotonic_us() + 400000;
    while (clock_monotonic_us() < end) {
    }
    wait_until_clear(told);
    expect_outcome(told, RESULT_EXITED, 3, 0);
}

static void timeout_may_come_later(void **state)
{
    struct told *told = *state;
    start(told, "exec sleep 1000");
    proc_set_timeout(told->proc, 50000);
    wait_until_clear(told);
    expect_outcome(told, RESULT_TIMED_OUT, 0, SIGTERM);
}

static void timeout_may_be_taken_away(void **state)
{
    struct told *told = *state;
    struct proc_options options = usual_options();
    options.timeout_us = 200000;
    start_with(told, "exec sleep 1000", options);
    proc_set_timeout(told->proc, 0);
    let_time_pass(told, 300000);
    assert_int_equal(told->ended, 0);
    proc_kill(told->proc, true);
    wait_until_clear(told);
    expect_outcome(told, RESULT_SIGNALED, 0, SIGKILL);
}

static void memory_over_the_limit_ends_a_job(void **state)
{
    struct told *told = *state;
    struct proc_options options = usual_options();
    options.limit_bytes = 60000000;
    /* dd holds it all while nobody reads it. */
    start_with(told, "dd if=/dev/zero bs=90000000 count=1 2>&1 | sleep 1000",
               options);
    wait_until_clear(told);
    expect_outcome(told, RESULT_OUT_OF_MEMORY, 0, SIGTERM);
}

/* ---- pausing ---- */

static void pause_stops_a_job_and_its_clock(void **state)
{
    struct told *told = *state;
    struct proc_options options = usual_options();
    int64_t began = clock_monotonic_us();
    options.timeout_us = 200000;
    start_with(told, "echo 1; exec sleep 1000", options);
    pid_t pid = proc_pid(told->proc);
    proc_pause(told->proc, true);
    proc_pause(told->proc, true);
    int64_t paused = clock_monotonic_us();
    WAIT_UNTIL(told->loop, state_of(pid) == 'T');
    let_time_pass(told, 300000);
    assert_int_equal(told->ended, 0);
    int64_t resumed = clock_monotonic_us();
    proc_pause(told->proc, false);
    wait_until_clear(told);
    expect_outcome(told, RESULT_TIMED_OUT, 0, SIGTERM);
    assert_in_range(told->outcome.duration_us, 200000,
                    clock_monotonic_us() - began - (resumed - paused));
}

static void paused_job_can_be_killed(void **state)
{
    struct told *told = *state;
    start(told, "exec sleep 1000");
    proc_pause(told->proc, true);
    int64_t paused = clock_monotonic_us();
    let_time_pass(told, 100000);
    proc_kill(told->proc, false);
    wait_until_clear(told);
    expect_outcome(told, RESULT_SIGNALED, 0, SIGTERM);
    assert_true(told->outcome.duration_us >= 0);
    assert_true(told->outcome.duration_us <= paused);
    proc_pause(told->proc, false);
    start(told, "exit 0");
    wait_until_clear(told);
    assert_true(told->outcome.duration_us > 0);
}

static void timeout_that_came_later_goes_on_after_a_pause(void **state)
{
    struct told *told = *state;
    start(told, "exec sleep 1000");
    proc_pause(told->proc, true);
    proc_set_timeout(told->proc, 100000);
    let_time_pass(told, 200000);
    assert_int_equal(told->ended, 0);
    proc_pause(told->proc, false);
    wait_until_clear(told);
    expect_outcome(told, RESULT_TIMED_OUT, 0, SIGTERM);
}

static void nothing_is_done_where_nothing_runs(void **state)
{
    struct told *told = *state;
    proc_kill(told->proc, false);
    proc_allow(told->proc, 1000);
    proc_set_timeout(told->proc, 1);
    proc_pause(told->proc, true);
    proc_pause(told->proc, false);
    wait_loop_turn(told->loop);
    assert_int_equal(told->ended + told->cleared, 0);
    start(told, "exit 3");
    wait_until_clear(told);
    expect_outcome(told, RESULT_EXITED, 3, 0);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, told_set_up, told_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(timeout_ends_a_job),
        TEST(job_that_ends_in_time_is_not_timed_out),
        TEST(timeout_may_come_later),
        TEST(timeout_may_be_taken_away),
        TEST(memory_over_the_limit_ends_a_job),
        TEST(pause_stops_a_job_and_its_clock),
        TEST(paused_job_can_be_killed),
        TEST(timeout_that_came_later_goes_on_after_a_pause),
        TEST(nothing_is_done_where_nothing_runs),
    };
    /* As a worker: what a job leaves behind comes to us. */
    (void)prctl(PR_SET_CHILD_SUBREAPER, 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

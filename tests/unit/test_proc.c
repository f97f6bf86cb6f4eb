/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "base/child_watch.h"
#include "told_proc.h"

static int no_pidfd(pid_t pid)
{
    (void)pid;
    errno = ENOSYS;
    return -1;
}

static int (*real_pidfd_open)(pid_t pid);

static int set_up_without_pidfd(void **state)
{
    real_pidfd_open = child_watch_pidfd_open;
    child_watch_pidfd_open = no_pidfd;
    return told_set_up(state);
}

static int tear_down_with_pidfd(void **state)
{
    child_watch_pidfd_open = real_pidfd_open;
    return told_tear_down(state);
}

/* ---- the end ---- */

static void job_that_exits(void **state)
{
    struct told *told = *state;
    int64_t before = clock_wall_us();
    start(told, "echo out; echo error >&2; exit 7");
    assert_false(proc_is_idle(told->proc));
    assert_true(proc_pid(told->proc) > 0);
    wait_until_clear(told);
    expect_outcome(told, RESULT_EXITED, 7, 0);
    assert_string_equal(buf_text(&told->out[0]), "out\n");
    assert_string_equal(buf_text(&told->out[1]), "error\n");
    assert_in_range(told->outcome.started_us, before, clock_wall_us());
    assert_in_range(told->outcome.duration_us, 1, 60 * CLOCK_US_PER_SECOND);
    assert_true(told->outcome.peak_kib > 0);
}

static void job_that_a_signal_ends(void **state)
{
    struct told *told = *state;
    start(told, "kill -USR1 $$");
    wait_until_clear(told);
    expect_outcome(told, RESULT_SIGNALED, 0, SIGUSR1);
}

static void job_that_cannot_be_started(void **state)
{
    struct told *told = *state;
    const char *const argv[] = {"/no/such", NULL};
    struct spawn_plan plan = {.argv = (char *const *)argv,
                              .envp = environ,
                              .stdin_fd = told->null_fd};
    struct proc_options options = usual_options();
    struct err err = {0};
    int exit_code = 0;
    assert_int_equal(proc_start(told->proc, &plan, &options, &exit_code, &err),
                     -1);
    assert_int_equal(exit_code, 127);
    assert_true(proc_is_idle(told->proc));
    wait_loop_turn(told->loop);
    assert_int_equal(told->ended + told->cleared, 0);
    start(told, "exit 0");
    wait_until_clear(told);
}

static size_t open_descriptors(void)
{
    DIR *folder = opendir("/proc/self/fd");
    size_t count = 0;
    while (readdir(folder)) {
        count++;
    }
    (void)closedir(folder);
    return count;
}

static void many_jobs_cost_no_descriptors(void **state)
{
    struct told *told = *state;
    start(told, "exit 0");
    wait_until_clear(told);
    size_t before = open_descriptors();
    for (int i = 0; i < 50; i++) {
        start(told, "exit 0");
        wait_until_clear(told);
    }
    assert_int_equal(open_descriptors(), before);
    assert_int_equal(told->ended, 51);
}

/* ---- what it leaves behind ---- */

static void background_is_killed_when_the_job_has_ended(void **state)
{
    struct told *told = *state;
    start(told, "sleep 1000 >/dev/null 2>&1 & echo $!");
    wait_until_clear(told);
    expect_outcome(told, RESULT_EXITED, 0, 0);
    expect_gone((pid_t)strtol(buf_text(&told->out[0]), NULL, 10));
}

static void background_that_ignores_signals_is_killed(void **state)
{
    struct told *told = *state;
    start_with(told, "trap '' TERM HUP INT; setsid sleep 1000 & echo $!",
               hasty_options());
    wait_until_clear(told);
    expect_outcome(told, RESULT_EXITED, 0, 0);
    expect_gone((pid_t)strtol(buf_text(&told->out[0]), NULL, 10));
}

static void background_that_holds_the_output_delays_nothing(void **state)
{
    struct told *told = *state;
    struct proc_options options = usual_options();
    options.keep_background = true;
    start_with(told, "sleep 1000 & echo $!", options);
    wait_until_clear(told);
    pid_t pid = (pid_t)strtol(buf_text(&told->out[0]), NULL, 10);
    expect_outcome(told, RESULT_EXITED, 0, 0);
    assert_int_equal(kill(pid, SIGKILL), 0);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
}

static void background_that_is_kept_outlives_the_next_job(void **state)
{
    struct told *told = *state;
    struct proc_options options = usual_options();
    options.keep_background = true;
    start_with(told, "setsid sleep 1000 >/dev/null 2>&1 & echo $!", options);
    wait_until_clear(told);
    pid_t kept = (pid_t)strtol(buf_text(&told->out[0]), NULL, 10);

    start_with(told, "sleep 1000 & echo $!; wait", options);
    pid_t own = wait_for_number(told);
    proc_kill(told->proc, true);
    wait_until_clear(told);
    expect_outcome(told, RESULT_SIGNALED, 0, SIGKILL);
    WAIT_UNTIL(told->loop, state_of(own) == '?' || state_of(own) == 'Z');
    assert_int_not_equal(state_of(kept), 'Z');
    assert_int_equal(kill(kept, SIGKILL), 0);
    assert_int_equal(waitpid(kept, NULL, 0), kept);
    while (waitpid(-1, NULL, WNOHANG) > 0) {
    }
}

/* ---- killing ---- */

static void kill_ends_all_of_a_job(void **state)
{
    struct told *told = *state;
    start(told, "setsid sleep 1000 & echo $!; wait");
    pid_t pid = wait_for_number(told);
    proc_kill(told->proc, false);
    wait_until_clear(told);
    expect_outcome(told, RESULT_SIGNALED, 0, SIGTERM);
    expect_gone(pid);
}

static void kill_ends_a_job_that_ignores_term(void **state)
{
    struct told *told = *state;
    start_with(told, "trap '' TERM; echo 1; while :; do sleep 0.1; done",
               hasty_options());
    (void)wait_for_number(told);
    proc_kill(told->proc, false);
    wait_until_clear(told);
    expect_outcome(told, RESULT_SIGNALED, 0, SIGKILL);
}

static void kill_may_become_urgent(void **state)
{
    struct told *told = *state;
    struct proc_options options = usual_options();
    start_with(told, "trap '' TERM; echo 1; while :; do sleep 0.1; done",
               options);
    (void)wait_for_number(told);
    proc_kill(told->proc, false);
    proc_kill(told->proc, true);
    wait_until_clear(told);
    expect_outcome(told, RESULT_SIGNALED, 0, SIGKILL);
}

static void killed_job_may_say_goodbye(void **state)
{
    struct told *told = *state;
    struct proc_options options = usual_options();
    start_with(told,
               "trap 'echo bye; exit 5' TERM; echo 1; "
               "while :; do sleep 0.02; done",
               options);
    (void)wait_for_number(told);
    proc_kill(told->proc, false);
    wait_until_clear(told);
    expect_outcome(told, RESULT_SIGNALED, 0, SIGTERM);
    assert_string_equal(buf_text(&told->out[0]), "1\nbye\n");
}

/* ---- output that waits ---- */

static void ended_job_waits_until_its_output_is_read(void **state)
{
    struct told *told = *state;
    struct proc_options options = usual_options();
    options.allowed = 2;
    start_with(told, "echo hello", options);
    WAIT_UNTIL(told->loop, !proc_pid(told->proc));
    assert_int_equal(told->ended, 0);
    assert_false(proc_is_idle(told->proc));
    proc_allow(told->proc, 1000);
    assert_int_equal(told->cleared, 1);
    assert_string_equal(buf_text(&told->out[0]), "hello\n");
}

static void kill_of_an_ended_job_does_not_reach_the_next(void **state)
{
    struct told *told = *state;
    struct proc_options options = usual_options();
    options.allowed = 2;
    start_with(told, "echo hello", options);
    WAIT_UNTIL(told->loop, !proc_pid(told->proc));
    proc_kill(told->proc, false);
    assert_int_equal(told->cleared, 1);
    expect_outcome(told, RESULT_EXITED, 0, 0);
    start(told, "sleep 0.3; exit 3");
    wait_until_clear(told);
    expect_outcome(told, RESULT_EXITED, 3, 0);
}

static void last_words_of_a_killed_job_need_no_allowance(void **state)
{
    struct told *told = *state;
    struct proc_options options = usual_options();
    options.allowed = 2;
    start_with(told, "exec yes", options);
    WAIT_UNTIL(told->loop, told->out[0].len == 2);
    proc_kill(told->proc, false);
    wait_until_clear(told);
    expect_outcome(told, RESULT_SIGNALED, 0, SIGTERM);
    assert_int_equal(told->ended, 1);
    assert_true(told->out[0].len > 2);

    start_with(told, "echo hello", options);
    WAIT_UNTIL(told->loop, !proc_pid(told->proc));
    assert_int_equal(told->ended, 1);
    proc_kill(told->proc, false);
    assert_int_equal(told->cleared, 2);
    expect_outcome(told, RESULT_EXITED, 0, 0);
    assert_string_equal(buf_text(&told->out[0]), "hello\n");
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, told_set_up, told_tear_down)
#define TEST_WITHOUT_PIDFD(name)                                               \
    {                                                                          \
#name "_without_pidfd", name, set_up_without_pidfd,                    \
            tear_down_with_pidfd, NULL                                         \
    }
    const struct CMUnitTest tests[] = {
        TEST(job_that_exits),
        TEST(job_that_a_signal_ends),
        TEST(job_that_cannot_be_started),
        TEST(many_jobs_cost_no_descriptors),
        TEST(background_is_killed_when_the_job_has_ended),
        TEST(background_that_ignores_signals_is_killed),
        TEST(background_that_holds_the_output_delays_nothing),
        TEST(background_that_is_kept_outlives_the_next_job),
        TEST(kill_ends_all_of_a_job),
        TEST(kill_ends_a_job_that_ignores_term),
        TEST(kill_may_become_urgent),
        TEST(killed_job_may_say_goodbye),
        TEST(ended_job_waits_until_its_output_is_read),
        TEST(kill_of_an_ended_job_does_not_reach_the_next),
        TEST(last_words_of_a_killed_job_need_no_allowance),
        TEST_WITHOUT_PIDFD(job_that_exits),
        TEST_WITHOUT_PIDFD(many_jobs_cost_no_descriptors),
        TEST_WITHOUT_PIDFD(background_is_killed_when_the_job_has_ended),
        TEST_WITHOUT_PIDFD(kill_ends_all_of_a_job),
        TEST_WITHOUT_PIDFD(ended_job_waits_until_its_output_is_read),
    };
    /* As a worker: what a job leaves behind comes to us. */
    (void)prctl(PR_SET_CHILD_SUBREAPER, 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

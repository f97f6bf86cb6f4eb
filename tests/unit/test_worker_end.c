/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sys/prctl.h>

#include "far_worker.h"

/* ---- taking back ---- */

static void what_waits_is_given_back_on_recall(void **state)
{
    struct far *far = *state;
    say_run(far, 1, "exec sleep 1000");
    say_run(far, 2, "exit 0");
    say_run(far, 3, "exit 0");
    (void)hear_started(far, 1);
    say(far, (struct frame){.type = FRAME_RECALL});
    hear_returned(far, 2);
    hear_returned(far, 3);
    say_cancel(far, id_of(1));
    hear_done(far, 1, RESULT_SIGNALED, SIGTERM);
    say_run(far, 4, "exit 4");
    (void)hear_started(far, 4);
    hear_done(far, 4, RESULT_EXITED, 4);
}

static void cancel_ends_what_runs_and_returns_what_waits(void **state)
{
    struct far *far = *state;
    say_run(far, 1, "exec sleep 1000");
    say_run(far, 2, "exit 0");
    pid_t pid = hear_started(far, 1);
    say_cancel(far, id_of(2));
    hear_returned(far, 2);
    say_cancel(far, (struct frame_id){11, 22, 1, 2}); /* another attempt */
    say_cancel(far, (struct frame_id){11, 21, 1, 1});
    say_cancel(far, id_of(77));
    say_cancel(far, id_of(1));
    hear_done(far, 1, RESULT_SIGNALED, SIGTERM);
    expect_gone(pid);
}

static void cancelled_job_needs_no_window(void **state)
{
    struct far *far = *state;
    say_run(far, 1, "exec yes");
    (void)hear_started(far, 1);
    while (far->out[0].len < BATCH_FIRST_WINDOW_BYTES) {
        struct frame frame;
        assert_true(hear_any(far, &frame));
        keep_output(far, &frame.output);
    }
    say_cancel(far, id_of(1));
    hear_done(far, 1, RESULT_SIGNALED, SIGTERM);
}

static void nothing_starts_during_a_pause(void **state)
{
    struct far *far = *state;
    say_pause(far, true);
    say_run(far, 1, "exit 1");
    say_run(far, 2, "exit 2");
    say_cancel(far, id_of(1));
    hear_returned(far, 1); /* so it had not started */
    say_pause(far, false);
    (void)hear_started(far, 2);
    hear_done(far, 2, RESULT_EXITED, 2);
}

static void pause_stops_what_runs(void **state)
{
    struct far *far = *state;
    char path[64];
    char text[256] = "";
    say_run(far, 1, "echo ready; exec sleep 1000");
    pid_t pid = hear_started(far, 1);
    hear_output(far, "ready");
    say_pause(far, true);
    (void)snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    while (!strstr(text, ") T ")) {
        int fd = open(path, O_RDONLY | O_CLOEXEC);
        assert_true(fd_read(fd, text, sizeof text - 1) > 0);
        (void)close(fd);
    }
    say_cancel(far, id_of(1));
    hear_done(far, 1, RESULT_SIGNALED, SIGTERM);
}

/* ---- the end ---- */

static void end_lets_an_idle_worker_leave(void **state)
{
    struct far *far = *state;
    say(far, (struct frame){.type = FRAME_END});
    hear_end(far, 0);
}

static void end_at_once_kills_what_runs(void **state)
{
    struct far *far = *state;
    say_run(far, 1, "trap '' TERM; echo ready; while :; do sleep 0.1; done");
    say_run(far, 2, "exit 0");
    pid_t pid = hear_started(far, 1);
    hear_output(far, "ready");
    say(far, (struct frame){.type = FRAME_END, .end = {.at_once = 1}});
    hear_end(far, 0);
    expect_gone(pid);
}

static void end_of_file_kills_what_runs(void **state)
{
    struct far *far = *state;
    say_run(far, 1, "setsid sleep 1000 & echo $!.; exec sleep 1000");
    pid_t pid = hear_started(far, 1);
    hear_output(far, ".");
    pid_t escaped = (pid_t)strtol(buf_text(&far->out[0]), NULL, 10);
    (void)close(far->fd);
    far->fd = -1;
    hear_end(far, 0);
    expect_gone(pid);
    expect_gone(escaped);
}

static void end_of_file_ends_a_job_that_waits_for_a_window(void **state)
{
    struct far *far = *state;
    say_run(far, 1, "exec yes");
    pid_t pid = hear_started(far, 1);
    hear_output(far, "y");
    (void)close(far->fd);
    far->fd = -1;
    hear_end(far, 0);
    expect_gone(pid);
}

static void garbage_ends_the_worker(void **state)
{
    struct far *far = *state;
    assert_int_equal(fd_write_all(far->fd, "GET / HTTP/1.0\r\n\r\n", 18), 0);
    hear_end(far, 0);
}

static void killed_worker_takes_its_job_along(void **state)
{
    struct far *far = *state;
    int status;
    /* Its orphans come to us. */
    assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
    say_run(far, 1, "exec sleep 1000");
    pid_t pid = hear_started(far, 1);
    assert_int_equal(kill(far->pid, SIGKILL), 0);
    assert_int_equal(waitpid(far->pid, NULL, 0), far->pid);
    far->pid = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGKILL);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, far_set_up_greeted, far_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(what_waits_is_given_back_on_recall),
        TEST(cancel_ends_what_runs_and_returns_what_waits),
        TEST(cancelled_job_needs_no_window),
        TEST(nothing_starts_during_a_pause),
        TEST(pause_stops_what_runs),
        TEST(end_lets_an_idle_worker_leave),
        TEST(end_at_once_kills_what_runs),
        TEST(end_of_file_kills_what_runs),
        TEST(end_of_file_ends_a_job_that_waits_for_a_window),
        TEST(garbage_ends_the_worker),
        TEST(killed_worker_takes_its_job_along),
    };
    (void)signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

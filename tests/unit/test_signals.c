/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <unistd.h>

#include "run/signals.h"

/* Each test runs in a child of its own, as signals are the whole process's. */
struct heard {
    struct signals signals;
    struct ev_loop *loop;
    int last;
};

enum { AS_EXPECTED = 42 };

static void on_signal(void *ctx, int number)
{
    ((struct heard *)ctx)->last = number;
}

static void start(struct heard *heard)
{
    *heard = (struct heard){.loop = ev_loop_new(EVFLAG_NOENV)};
    signals_start(&heard->signals, heard->loop, on_signal, heard);
}

static int hear(struct heard *heard, int number)
{
    heard->last = 0;
    (void)raise(number);
    ev_run(heard->loop, EVRUN_NOWAIT);
    return heard->last;
}

/* How the child that runs body ends. */
static int status_of(void (*body)(void))
{
    int status;
    pid_t pid = fork();
    if (!pid) {
        body();
        _exit(AS_EXPECTED);
    }
    assert_true(pid > 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return status;
}

static void check(bool claim)
{
    if (!claim) {
        _exit(1);
    }
}

static void hear_all(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGQUIT,
                                  SIGHUP, SIGTSTP, SIGUSR1};
    struct heard heard;
    start(&heard);
    for (int i = 0; i < SIGNALS_COUNT; i++) {
        check(hear(&heard, numbers[i]) == numbers[i]);
        check(hear(&heard, numbers[i]) == numbers[i]);
    }
    check(hear(&heard, SIGPIPE) == 0);
    signals_stop(&heard.signals);
    ev_loop_destroy(heard.loop);
}

static void each_signal_is_heard_as_often_as_it_comes(void **state)
{
    (void)state;
    int status = status_of(hear_all);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), AS_EXPECTED);
}

static void hear_an_ignored_one(void)
{
    struct heard heard;
    (void)signal(SIGHUP, SIG_IGN);
    start(&heard);
    check(hear(&heard, SIGHUP) == 0);
    check(hear(&heard, SIGINT) == SIGINT);
    signals_stop(&heard.signals);
    (void)raise(SIGHUP);
    (void)raise(SIGHUP);
    ev_loop_destroy(heard.loop);
}

static void one_that_was_ignored_stays_ignored(void **state)
{
    (void)state;
    int status = status_of(hear_an_ignored_one);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), AS_EXPECTED);
}

static void raise_once_at_the_end(void)
{
    struct heard heard;
    start(&heard);
    signals_stop(&heard.signals);
    ev_loop_destroy(heard.loop);
    (void)raise(SIGINT);
    (void)raise(SIGTERM);
    (void)raise(SIGUSR1);
    (void)raise(SIGUSR1);
    (void)raise(SIGPIPE);
}

static void raise_twice_at_the_end(void)
{
    struct heard heard;
    start(&heard);
    signals_stop(&heard.signals);
    ev_loop_destroy(heard.loop);
    (void)raise(SIGTERM);
    (void)raise(SIGTERM);
}

static void raise_between_the_last_turn_and_the_end(void)
{
    struct heard heard;
    start(&heard);
    heard.last = 0;
    (void)raise(SIGINT);
    signals_stop(&heard.signals);
    check(heard.last == SIGINT);
    ev_loop_destroy(heard.loop);
}

static void one_that_came_after_the_last_turn_is_heard(void **state)
{
    (void)state;
    int status = status_of(raise_between_the_last_turn_and_the_end);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), AS_EXPECTED);
}

static void raise_before_and_at_the_end(void)
{
    struct heard heard;
    start(&heard);
    check(hear(&heard, SIGTERM) == SIGTERM);
    signals_stop(&heard.signals);
    (void)raise(SIGINT);
}

/* What has finished is being printed then, which may take long. */
static void
at_the_end_the_first_is_too_late_and_the_second_ends_us(void **state)
{
    (void)state;
    int status = status_of(raise_once_at_the_end);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), AS_EXPECTED);
    status = status_of(raise_twice_at_the_end);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGTERM);
    status = status_of(raise_before_and_at_the_end);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGINT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_signal_is_heard_as_often_as_it_comes),
        cmocka_unit_test(one_that_was_ignored_stays_ignored),
        cmocka_unit_test(one_that_came_after_the_last_turn_is_heard),
        cmocka_unit_test(
            at_the_end_the_first_is_too_late_and_the_second_ends_us),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "pool/orphans.h"
#include "wait_loop.h"

static struct ev_loop *loop;
static struct orphans orphans;
static pid_t worker;
static int nones;

static bool is_worker(void *ctx, pid_t pid)
{
    (void)ctx;
    return pid == worker;
}

static void on_none(void *ctx)
{
    (void)ctx;
    nones++;
}

static void begin(void)
{
    orphans_init(&orphans, loop, is_worker, on_none, NULL);
}

static int set_up(void **state)
{
    (void)state;
    loop = wait_loop_new();
    worker = 0;
    nones = 0;
    return prctl(PR_SET_CHILD_SUBREAPER, 1);
}

static int tear_down(void **state)
{
    (void)state;
    orphans_release(&orphans);
    ev_loop_destroy(loop);
    return 0;
}

/* A child that waits to be killed; in a session of its own, if wanted. */
static pid_t make_child(bool own_session)
{
    int ready[2];
    char byte;
    assert_int_equal(pipe(ready), 0);
    pid_t pid = fork();
    if (!pid) {
        if (own_session) {
            (void)setsid();
        }
        (void)close(ready[0]);
        (void)close(ready[1]);
        for (;;) {
            (void)pause();
        }
    }
    (void)close(ready[1]);
    assert_int_equal(read(ready[0], &byte, 1), 0); /* it has its session */
    (void)close(ready[0]);
    return pid;
}

/* A child like that of a child that is gone: it has come to us. */
static pid_t make_grandchild(void)
{
    int numbers[2];
    pid_t pid;
    int status;
    assert_int_equal(pipe(numbers), 0);
    pid_t child = fork();
    if (!child) {
        (void)close(numbers[0]);
        (void)setsid();
        pid = fork();
        if (pid) {
            _exit(write(numbers[1], &pid, sizeof pid) != sizeof pid);
        }
        (void)close(numbers[1]);
        for (;;) {
            (void)pause();
        }
    }
    (void)close(numbers[1]);
    assert_int_equal(read(numbers[0], &pid, sizeof pid), sizeof pid);
    (void)close(numbers[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    return pid;
}

static bool is_there(pid_t pid)
{
    return kill(pid, 0) == 0;
}

static void end_child(pid_t pid)
{
    assert_int_equal(kill(pid, SIGKILL), 0);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
}

static void where_there_is_none_that_is_told_at_once(void **state)
{
    (void)state;
    begin();
    orphans_sweep(&orphans);
    assert_int_equal(nones, 1);
}

static void what_came_to_us_is_killed_and_reaped(void **state)
{
    (void)state;
    begin();
    pid_t orphan = make_grandchild();
    orphans_sweep(&orphans);
    assert_int_equal(nones, 0);
    WAIT_UNTIL(loop, nones);
    WAIT_UNTIL(loop, !is_there(orphan));
    assert_int_equal(nones, 1);
}

static void workers_are_spared(void **state)
{
    (void)state;
    begin();
    worker = make_child(true);
    orphans_sweep(&orphans);
    assert_int_equal(nones, 1);
    assert_true(is_there(worker));
    end_child(worker);
}

static void so_is_who_is_in_our_own_session(void **state)
{
    (void)state;
    begin();
    pid_t child = make_child(false);
    orphans_sweep(&orphans);
    assert_int_equal(nones, 1);
    assert_true(is_there(child));
    end_child(child);
}

/* A shell may start something and then become us. */
static void and_who_was_there_before_us(void **state)
{
    (void)state;
    pid_t child = make_child(true);
    begin();
    pid_t orphan = make_grandchild();
    orphans_sweep(&orphans);
    WAIT_UNTIL(loop, nones);
    assert_true(is_there(child));
    end_child(child);
    WAIT_UNTIL(loop, !is_there(orphan));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(where_there_is_none_that_is_told_at_once),
        TEST(what_came_to_us_is_killed_and_reaped),
        TEST(workers_are_spared),
        TEST(so_is_who_is_in_our_own_session),
        TEST(and_who_was_there_before_us),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

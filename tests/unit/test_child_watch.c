/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/child_watch.h"
#include "wait_loop.h"

/* A child that ends when its pipe is closed. */
struct child {
    struct child_watch watch;
    pid_t pid;
    int pipe_fd;
    bool has_ended;
};

static int (*real_open)(pid_t pid);

static int no_pidfd(pid_t pid)
{
    (void)pid;
    errno = ENOSYS;
    return -1;
}

static int set_up_with_pidfd(void **state)
{
    (void)state;
    child_watch_pidfd_open = real_open;
    return 0;
}

static int set_up_without_pidfd(void **state)
{
    (void)state;
    child_watch_pidfd_open = no_pidfd;
    return 0;
}

static void on_ended(void *ctx)
{
    struct child *child = ctx;
    int status;
    /* It may come although nothing has ended. */
    if (waitpid(child->pid, &status, WNOHANG) == child->pid) {
        assert_false(child->has_ended);
        child->has_ended = true;
        assert_int_equal(WEXITSTATUS(status), 7);
        child_watch_stop(&child->watch);
    }
}

static void make(struct child *child, struct ev_loop *loop)
{
    int ends[2];
    *child = (struct child){0};
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    child->pid = fork();
    if (!child->pid) {
        char c;
        (void)close(ends[1]);
        _exit(read(ends[0], &c, 1) ? 1 : 7);
    }
    (void)close(ends[0]);
    child->pipe_fd = ends[1];
    child_watch_init(&child->watch, loop, on_ended, child);
}

static void let_end(struct child *child)
{
    assert_int_equal(close(child->pipe_fd), 0);
}

static void ends_are_told_to_their_owners(void **state)
{
    (void)state;
    struct ev_loop *loop = wait_loop_new();
    struct child children[3];
    for (int i = 0; i < 3; i++) {
        make(&children[i], loop);
        child_watch_start(&children[i].watch, children[i].pid);
    }
    wait_loop_turn(loop);
    assert_false(children[0].has_ended || children[1].has_ended);
    /* The younger hold the older one's pipe, too. */
    for (int i = 2; i >= 0; i--) {
        let_end(&children[i]);
        WAIT_UNTIL(loop, children[i].has_ended);
        assert_true(i == 0 || !children[i - 1].has_ended);
    }
    ev_loop_destroy(loop);
}

static void end_before_the_start_is_told(void **state)
{
    (void)state;
    struct ev_loop *loop = wait_loop_new();
    struct child child;
    siginfo_t info;
    make(&child, loop);
    let_end(&child);
    assert_int_equal(waitid(P_PID, (id_t)child.pid, &info, WEXITED | WNOWAIT),
                     0);
    child_watch_start(&child.watch, child.pid);
    WAIT_UNTIL(loop, child.has_ended);
    ev_loop_destroy(loop);
}

static void nothing_is_told_after_a_stop(void **state)
{
    (void)state;
    struct ev_loop *loop = wait_loop_new();
    struct child child;
    make(&child, loop);
    child_watch_start(&child.watch, child.pid);
    child_watch_stop(&child.watch);
    child_watch_stop(&child.watch);
    let_end(&child);
    assert_int_equal(waitpid(child.pid, NULL, 0), child.pid);
    wait_loop_turn(loop);
    assert_false(child.has_ended);
    ev_loop_destroy(loop);
}

int main(void)
{
#define BOTH(name)                                                             \
    {#name, name, set_up_with_pidfd, NULL, NULL},                              \
    {                                                                          \
#name "_without_pidfd", name, set_up_without_pidfd, NULL, NULL         \
    }
    const struct CMUnitTest tests[] = {
        BOTH(ends_are_told_to_their_owners),
        BOTH(end_before_the_start_is_told),
        BOTH(nothing_is_told_after_a_stop),
    };
    real_open = child_watch_pidfd_open;
    return cmocka_run_group_tests(tests, NULL, NULL);
}

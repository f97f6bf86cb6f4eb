/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fd.h"
#include "base/thread.h"

enum { MUCH = 1 << 20 };

static char many[MUCH];

static void *read_all(void *ctx)
{
    static char data[4096];
    int fd = *(int *)ctx;
    uintptr_t total = 0;
    ssize_t got;
    while ((got = fd_read(fd, data, sizeof data)) > 0) {
        total += (uintptr_t)got;
    }
    return (void *)(got < 0 ? UINTPTR_MAX : total);
}

/* Both ends of the pipe are non-blocking: who finds it full or empty waits. */
static void write_and_read_wait_for_each_other(void **state)
{
    (void)state;
    int ends[2];
    pthread_t reader;
    void *total;
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    assert_int_equal(fd_set_nonblocking(ends[0], NULL), 0);
    assert_int_equal(fd_set_nonblocking(ends[1], NULL), 0);
    thread_start(&reader, read_all, &ends[0]);
    assert_int_equal(fd_write_all(ends[1], many, MUCH), 0);
    assert_int_equal(close(ends[1]), 0);
    assert_int_equal(pthread_join(reader, &total), 0);
    assert_int_equal((uintptr_t)total, MUCH);
    assert_int_equal(close(ends[0]), 0);
}

static void write_that_nobody_reads_fails(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    assert_int_equal(close(ends[0]), 0);
    assert_int_equal(fd_write_all(ends[1], "x", 1), -1);
    assert_int_equal(errno, EPIPE);
    assert_int_equal(fd_write_all(ends[1], "", 0), 0);
    assert_int_equal(close(ends[1]), 0);
}

static void descriptor_that_is_not_open_is_an_error(void **state)
{
    (void)state;
    struct err err = {0};
    char c;
    assert_int_equal(fd_read(-1, &c, 1), -1);
    assert_int_equal(errno, EBADF);
    assert_int_equal(fd_write_all(-1, "x", 1), -1);
    assert_int_equal(errno, EBADF);
    assert_int_equal(fd_set_nonblocking(-1, &err), -1);
    assert_int_equal(err.code, EBADF);
}

static bool is_open(int fd)
{
    return fcntl(fd, F_GETFD) >= 0;
}

/* What a child does to its descriptors shows in its status only. */
static void expect_in_child(int (*body)(void))
{
    int status;
    pid_t pid = fork();
    if (!pid) {
        _exit(body());
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
}

static int open_closed_streams(void)
{
    (void)close(0);
    (void)close(2);
    if (fd_open_standard(NULL)) {
        return 1;
    }
    int next = open("/dev/null", O_RDONLY | O_CLOEXEC);
    bool are_kept = fcntl(0, F_GETFD) == 0 && fcntl(2, F_GETFD) == 0;
    return is_open(0) && is_open(1) && is_open(2) && next > 2 && are_kept ? 0
                                                                          : 2;
}

static void standard_streams_are_open(void **state)
{
    (void)state;
    expect_in_child(open_closed_streams);
}

static int close_from_20(void)
{
    if (dup2(1, 19) != 19 || dup2(1, 20) != 20 || dup2(1, 100) != 100) {
        return 1;
    }
    fd_close_from(20);
    return is_open(1) && is_open(19) && !is_open(20) && !is_open(100) ? 0 : 2;
}

static void all_from_one_on_are_closed(void **state)
{
    (void)state;
    expect_in_child(close_from_20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(write_and_read_wait_for_each_other),
        cmocka_unit_test(write_that_nobody_reads_fails),
        cmocka_unit_test(descriptor_that_is_not_open_is_an_error),
        cmocka_unit_test(standard_streams_are_open),
        cmocka_unit_test(all_from_one_on_are_closed),
    };
    (void)signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* told_proc.h - a proc, and what it told of the jobs that a test starts */

#ifndef POOLRUN_TOLD_PROC_H
#define POOLRUN_TOLD_PROC_H

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "wait_loop.h"
#include "worker/proc.h"
#include "worker/spawn.h"

/* A proc and what it told of the job in hand. */
struct told {
    struct ev_loop *loop;
    struct proc *proc;
    int null_fd;
    struct buf out[2];
    struct proc_outcome outcome;
    unsigned ended;
    unsigned cleared;
};

static inline void on_output(void *ctx, unsigned stream, uint64_t offset,
                             const char *data, size_t len)
{
    struct told *told = ctx;
    assert_int_equal(offset, told->out[stream].len);
    buf_add(&told->out[stream], data, len);
}

static inline void on_ended(void *ctx, const struct proc_outcome *outcome)
{
    struct told *told = ctx;
    assert_int_equal(told->cleared, told->ended);
    told->ended++;
    told->outcome = *outcome;
}

static inline void on_clear(void *ctx)
{
    struct told *told = ctx;
    told->cleared++;
    assert_int_equal(told->cleared, told->ended);
}

static inline int told_set_up(void **state)
{
    static const struct proc_events events = {on_output, on_ended, on_clear};
    struct told *told = calloc(1, sizeof *told);
    told->loop = wait_loop_new();
    told->proc = proc_new(told->loop, &events, told);
    told->null_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    *state = told;
    return 0;
}

static inline int told_tear_down(void **state)
{
    struct told *told = *state;
    proc_free(told->proc);
    ev_loop_destroy(told->loop);
    buf_release(&told->out[0]);
    buf_release(&told->out[1]);
    (void)close(told->null_fd);
    free(told);
    return 0;
}

/* KILL follows so late that a slow machine never comes to it. */
static inline struct proc_options usual_options(void)
{
    struct proc_options options = {.allowed = 1 << 20};
    assert_int_equal(
        term_seq_parse("TERM,3600000,KILL", &options.term_seq, NULL), 0);
    return options;
}

static inline struct proc_options hasty_options(void)
{
    struct proc_options options = {.allowed = 1 << 20};
    assert_int_equal(term_seq_parse("TERM,20,KILL", &options.term_seq, NULL),
                     0);
    return options;
}

static inline void start_with(struct told *told, const char *script,
                              struct proc_options options)
{
    const char *const argv[] = {"sh", "-c", script, NULL};
    struct spawn_plan plan = {.argv = (char *const *)argv,
                              .envp = environ,
                              .stdin_fd = told->null_fd};
    struct err err = {0};
    int exit_code;
    buf_clear(&told->out[0]);
    buf_clear(&told->out[1]);
    if (proc_start(told->proc, &plan, &options, &exit_code, &err)) {
        fail_msg("%s", err.text);
    }
}

static inline void start(struct told *told, const char *script)
{
    start_with(told, script, usual_options());
}

static inline void wait_until_clear(struct told *told)
{
    unsigned before = told->cleared;
    WAIT_UNTIL(told->loop, told->cleared > before);
    assert_true(proc_is_idle(told->proc));
    assert_int_equal(proc_pid(told->proc), 0);
}

/* Wait until it has written a whole line of a number, and tell it. */
static inline pid_t wait_for_number(struct told *told)
{
    WAIT_UNTIL(told->loop, strchr(buf_text(&told->out[0]), '\n'));
    return (pid_t)strtol(buf_text(&told->out[0]), NULL, 10);
}

static inline void expect_outcome(const struct told *told,
                                  enum result_status status, int exit_code,
                                  int signal)
{
    assert_int_equal(told->outcome.status, status);
    assert_int_equal(told->outcome.exit_code, exit_code);
    assert_int_equal(told->outcome.signal, signal);
}

/* Nobody has the number: it has ended and is reaped. */
static inline void expect_gone(pid_t pid)
{
    assert_true(pid > 1);
    assert_int_equal(kill(pid, 0), -1);
    assert_int_equal(errno, ESRCH);
}

static inline void let_time_pass(struct told *told, int64_t us)
{
    int64_t end = clock_monotonic_us() + us;
    while (clock_monotonic_us() < end) {
        wait_loop_turn(told->loop);
    }
}

static inline char state_of(pid_t pid)
{
    char path[64];
    char state = '?';
    (void)snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    FILE *file = fopen(path, "re");
    if (file) {
        (void)!fscanf(file, "%*d (%*[^)]) %c", &state);
        (void)fclose(file);
    }
    return state;
}

#endif

/* SPDX-License-Identifier: MIT */
#include "worker/proc.h"

#include <assert.h>
#include <errno.h>
#include <ev.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "base/child_watch.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/proctree.h"
#include "base/xalloc.h"
#include "worker/capture.h"
#include "worker/killer.h"
#include "worker/oom.h"
#include "worker/spawn.h"

static const double MEMORY_SAMPLE_SECONDS = 0.2;
static const double REAP_SECONDS = 1.;

enum proc_state { PROC_IDLE, PROC_RUNNING, PROC_ENDED };

struct proc {
    struct ev_loop *loop;
    const struct proc_events *events;
    void *ctx;
    enum proc_state state;
    bool is_drained; /* PROC_ENDED: its output is read */
    bool is_clear;   /* PROC_ENDED: nothing is left behind */
    bool is_paused;
    bool takes_all; /* its last words need no allowance, it is in the way */
    pid_t pid;      /* 0 once reaped */
    pid_t session;  /* its number, kept */
    struct proc_options options;
    struct proc_outcome outcome;
    enum result_status verdict; /* why we kill it; RESULT_EXITED = we do not */
    int64_t started_us;         /* monotonic */
    int64_t paused_at_us;
    int64_t paused_us;
    int64_t oom_kills;   /* seen so far in our control group; -1 = unknown */
    double timeout_left; /* seconds, while paused */
    struct capture capture;
    struct child_watch watch;
    struct killer killer;
    ev_timer timeout;
    ev_timer memory;
    ev_timer reap;
    ev_signal orphan; /* one of those that are left may have ended */
};

static void report(struct proc *proc);

/* ---- what is left ---- */

static bool session_is_empty(pid_t session)
{
    AUTO_PROCTREE struct proctree tree;
    bool empty = true;
    proctree_read(&tree);
    for (size_t i = 0; i < tree.count; i++) {
        empty = empty && (tree.entries[i].session != session ||
                          tree.entries[i].is_zombie);
    }
    return empty;
}

/* has_children: wait4 said that some are left. */
static void look_what_is_left(struct proc *proc, bool has_children)
{
    bool clear = !has_children;
    if (has_children && proc->options.keep_background) {
        clear =
            !killer_is_active(&proc->killer) || session_is_empty(proc->session);
    }
    if (clear) {
        killer_stop(&proc->killer);
        ev_signal_stop(proc->loop, &proc->orphan);
        proc->is_clear = true;
    } else {
        ev_signal_start(proc->loop, &proc->orphan);
        killer_start(&proc->killer, &proc->options.term_seq, 0,
                     proc->options.keep_background, false);
    }
}

/* How long it ran, without the time it was paused. */
static int64_t ran_us(const struct proc *proc)
{
    int64_t until = proc->is_paused ? proc->paused_at_us : clock_monotonic_us();
    return until - proc->started_us - proc->paused_us;
}

static int64_t time_us(struct timeval time)
{
    return (int64_t)time.tv_sec * CLOCK_US_PER_SECOND + time.tv_usec;
}

/* A KILL that was not ours may have been the kernel's, for want of memory. */
static bool was_killed_for_memory(struct proc *proc, int status)
{
    if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL ||
        killer_is_active(&proc->killer)) {
        return false;
    }
    int64_t before = proc->oom_kills;
    proc->oom_kills = oom_kills();
    return before >= 0 && proc->oom_kills > before;
}

static void on_leader_reaped(struct proc *proc, int status,
                             const struct rusage *usage)
{
    struct proc_outcome *outcome = &proc->outcome;

    proc->pid = 0;
    proc->state = PROC_ENDED;
    child_watch_stop(&proc->watch);
    ev_timer_stop(proc->loop, &proc->timeout);
    ev_timer_stop(proc->loop, &proc->memory);
    ev_timer_stop(proc->loop, &proc->reap);
    killer_leader_is_gone(&proc->killer);
    outcome->duration_us = ran_us(proc);
    outcome->cpu_us = time_us(usage->ru_utime) + time_us(usage->ru_stime);
    outcome->peak_kib = usage->ru_maxrss;
    outcome->exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
    outcome->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    outcome->status = was_killed_for_memory(proc, status) ? RESULT_OUT_OF_MEMORY
                      : WIFSIGNALED(status)               ? RESULT_SIGNALED
                                                          : RESULT_EXITED;
    if (proc->verdict != RESULT_EXITED) {
        outcome->status = proc->verdict;
        outcome->exit_code = 0;
        if (!WIFSIGNALED(status)) {
            outcome->signal = proc->killer.last_signal; /* it exited by it */
        }
    }
}

static void finish_output(struct proc *proc)
{
    if (proc->takes_all) {
        capture_allow(&proc->capture, UINT64_MAX);
    }
    capture_finish(&proc->capture);
}

/* Reap all that has ended: the job's process, and orphans of it that came to
 * us, its sub-reaper. */
static void reap(struct proc *proc)
{
    bool ended_now = false;
    pid_t pid;
    int status;
    struct rusage usage;

    while ((pid = wait4(-1, &status, WNOHANG, &usage)) > 0) {
        if (pid == proc->pid) {
            on_leader_reaped(proc, status, &usage);
            ended_now = true;
        }
    }
    if (proc->state != PROC_ENDED) {
        return;
    }
    if (!proc->is_clear) {
        look_what_is_left(proc, pid == 0);
    }
    if (ended_now) {
        finish_output(proc);
    } else {
        report(proc);
    }
}

static void on_child(void *ctx)
{
    reap(ctx);
}

static void report(struct proc *proc)
{
    if (proc->is_drained && proc->is_clear) {
        proc->state = PROC_IDLE;
        proc->events->on_clear(proc->ctx);
    }
}

static void on_drained(void *ctx)
{
    struct proc *proc = ctx;
    capture_close(&proc->capture);
    proc->is_drained = true;
    proc->events->on_ended(proc->ctx, &proc->outcome);
    report(proc);
}

static void on_data(void *ctx, unsigned stream, uint64_t offset,
                    const char *data, size_t len)
{
    struct proc *proc = ctx;
    proc->events->on_output(proc->ctx, stream, offset, data, len);
}

/* ---- limits ---- */

static void kill_for(struct proc *proc, enum result_status verdict,
                     bool at_once)
{
    if (proc->state == PROC_IDLE || proc->is_clear) {
        return; /* a killer without prey would wait for the next job */
    }
    if (proc->state == PROC_RUNNING && proc->verdict == RESULT_EXITED) {
        proc->verdict = verdict;
    }
    killer_start(&proc->killer, &proc->options.term_seq, proc->pid,
                 proc->options.keep_background, at_once);
    if (proc->is_paused) {
        killer_signal_all(proc->pid, proc->session,
                          proc->options.keep_background, SIGCONT);
    }
}

static void on_timeout(struct ev_loop *loop, ev_timer *timer, int events)
{
    struct proc *proc = timer->data;
    pid_t pid = proc->pid;
    (void)loop;
    (void)events;
    /* Where this process was stopped for long, the job may have ended in time
     * without our knowing. */
    reap(proc);
    if (proc->pid == pid) {
        kill_for(proc, RESULT_TIMED_OUT, false);
    }
}

static void on_memory(struct ev_loop *loop, ev_timer *timer, int events)
{
    struct proc *proc = timer->data;
    AUTO_PROCTREE struct proctree tree;
    (void)loop;
    (void)events;
    proctree_read(&tree);
    if (proctree_resident_bytes(&tree) > proc->options.limit_bytes) {
        ev_timer_stop(proc->loop, &proc->memory);
        kill_for(proc, RESULT_OUT_OF_MEMORY, false);
    }
}

static void on_reap_time(struct ev_loop *loop, ev_timer *timer, int events)
{
    (void)loop;
    (void)events;
    reap(timer->data);
}

static void on_orphan(struct ev_loop *loop, ev_signal *watcher, int events)
{
    (void)loop;
    (void)events;
    reap(watcher->data);
}

static void arm_timeout(struct proc *proc, double seconds)
{
    proc->timeout_left = seconds;
    if (!proc->is_paused) {
        ev_now_update(proc->loop);
        ev_timer_stop(proc->loop, &proc->timeout);
        ev_timer_set(&proc->timeout, seconds > 0 ? seconds : 0., 0.);
        ev_timer_start(proc->loop, &proc->timeout);
    }
}

void proc_set_timeout(struct proc *proc, uint64_t timeout_us)
{
    if (proc->state != PROC_RUNNING) {
        return;
    }
    proc->options.timeout_us = timeout_us;
    if (timeout_us) {
        double left = (double)timeout_us - (double)ran_us(proc);
        arm_timeout(proc, left / CLOCK_US_PER_SECOND);
    } else {
        ev_timer_stop(proc->loop, &proc->timeout);
    }
}

static void start_timers(struct proc *proc)
{
    if (proc->options.timeout_us) {
        arm_timeout(proc,
                    (double)proc->options.timeout_us / CLOCK_US_PER_SECOND);
    }
    if (proc->options.limit_bytes) {
        ev_timer_again(proc->loop, &proc->memory);
    }
    ev_timer_again(proc->loop, &proc->reap);
}

/* ---- life ---- */

struct proc *proc_new(struct ev_loop *loop, const struct proc_events *events,
                      void *ctx)
{
    static const struct capture_events capture_events = {
        .on_data = on_data,
        .on_drained = on_drained,
    };
    struct proc *proc = NEW(struct proc);

    proc->loop = loop;
    proc->events = events;
    proc->ctx = ctx;
    capture_init(&proc->capture, loop, &capture_events, proc);
    child_watch_init(&proc->watch, loop, on_child, proc);
    killer_init(&proc->killer, loop, on_child, proc);
    ev_timer_init(&proc->timeout, on_timeout, 0., 0.);
    ev_timer_init(&proc->memory, on_memory, 0., MEMORY_SAMPLE_SECONDS);
    ev_timer_init(&proc->reap, on_reap_time, 0., REAP_SECONDS);
    ev_signal_init(&proc->orphan, on_orphan, SIGCHLD);
    proc->timeout.data = proc;
    proc->memory.data = proc;
    proc->reap.data = proc;
    proc->orphan.data = proc;
    proc->oom_kills = oom_kills();
    return proc;
}

void proc_free(struct proc *proc)
{
    if (proc) {
        capture_close(&proc->capture);
        child_watch_stop(&proc->watch);
        killer_stop(&proc->killer);
        ev_timer_stop(proc->loop, &proc->timeout);
        ev_timer_stop(proc->loop, &proc->memory);
        ev_timer_stop(proc->loop, &proc->reap);
        ev_signal_stop(proc->loop, &proc->orphan);
        free(proc);
    }
}

int proc_start(struct proc *proc, struct spawn_plan *plan,
               const struct proc_options *options, int *exit_code,
               struct err *err)
{
    pid_t pid;

    assert(proc->state == PROC_IDLE && !proc->is_paused);
    *exit_code = 126;
    if (capture_open(&proc->capture, err)) {
        return -1;
    }
    plan->stdout_fd = proc->capture.pipes[0].write_fd;
    plan->stderr_fd = proc->capture.pipes[1].write_fd;
    int64_t wall = clock_wall_us();
    int64_t now = clock_monotonic_us();
    if (spawn(plan, &pid, exit_code, err)) {
        capture_close(&proc->capture);
        return -1;
    }
    proc->state = PROC_RUNNING;
    proc->is_drained = false;
    proc->is_clear = false;
    proc->pid = pid;
    proc->session = pid;
    proc->options = *options;
    proc->outcome = (struct proc_outcome){.started_us = wall};
    proc->verdict = RESULT_EXITED;
    proc->takes_all = false;
    proc->started_us = now;
    proc->paused_us = 0;
    child_watch_start(&proc->watch, pid);
    capture_start(&proc->capture, options->allowed);
    start_timers(proc);
    return 0;
}

bool proc_is_idle(const struct proc *proc)
{
    return proc->state == PROC_IDLE;
}

int proc_pid(const struct proc *proc)
{
    return proc->pid;
}

void proc_allow(struct proc *proc, uint64_t bytes)
{
    if (proc->state != PROC_IDLE) {
        capture_allow(&proc->capture, bytes);
    }
}

void proc_kill(struct proc *proc, bool at_once)
{
    kill_for(proc, RESULT_SIGNALED, at_once);
    proc->takes_all = true;
    if (proc->state == PROC_ENDED) {
        capture_allow(&proc->capture, UINT64_MAX);
    }
}

void proc_pause(struct proc *proc, bool on)
{
    if (on == proc->is_paused) {
        return;
    }
    proc->is_paused = on;
    if (proc->state == PROC_IDLE) {
        return;
    }
    if (on) {
        proc->paused_at_us = clock_monotonic_us();
        proc->timeout_left = ev_timer_remaining(proc->loop, &proc->timeout);
        ev_timer_stop(proc->loop, &proc->timeout);
    } else {
        proc->paused_us += clock_monotonic_us() - proc->paused_at_us;
        if (proc->options.timeout_us && proc->state == PROC_RUNNING) {
            arm_timeout(proc, proc->timeout_left);
        }
    }
    killer_signal_all(proc->pid, proc->session, proc->options.keep_background,
                      on ? SIGSTOP : SIGCONT);
}

/* SPDX-License-Identifier: MIT */
#include "pool/pool_local.h"

#include <errno.h>
#include <ev.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utlist.h>

#include "base/auto.h"
#include "base/child_watch.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/xalloc.h"
#include "pool/cores.h"
#include "pool/orphans.h"
#include "pool/runner.h"
#include "wire/channel.h"
#include "wire/frame.h"

enum {
    CHANNEL_FD = 3,    /* in the worker */
    MAX_STILLBORN = 3, /* workers in a row that died before they spoke */
};

struct member {
    struct pool_local *local;
    struct runner runner;
    struct channel *channel;
    struct child_watch watch;
    pid_t pid;
    bool has_spoken;
    bool is_open; /* its channel is */
    struct member *prev;
    struct member *next;
};

struct pool_local {
    struct pool pool; /* first, so that grow finds the rest */
    struct ev_loop *loop;
    struct pool_local_options options;
    const struct pool_events *events;
    const struct runner_events *runner_events;
    void *runner_ctx;
    void *ctx;
    struct member *members; /* by slot */
    struct orphans orphans;
    ev_timer grace;
    bool is_ending;
    unsigned stillborn;
    struct err trouble; /* code 0 = none */
};

/* ---- ending ---- */

static bool is_worker(void *ctx, pid_t pid)
{
    const struct pool_local *local = ctx;
    const struct member *member;
    DL_FOREACH(local->members, member)
    {
        if (member->pid == pid) {
            return true;
        }
    }
    return false;
}

static void tell_if_empty(struct pool_local *local)
{
    if (local->is_ending && !local->members &&
        !ev_is_active(&local->orphans.again)) {
        ev_timer_stop(local->loop, &local->grace);
        local->events->on_empty(local->ctx, &local->pool);
    }
}

static void on_no_orphans(void *ctx)
{
    tell_if_empty(ctx);
}

static void member_free(struct member *member)
{
    child_watch_stop(&member->watch);
    channel_free(member->channel);
    DL_DELETE(member->local->members, member);
    free(member);
}

static void note_stillbirth(struct pool_local *local, int status)
{
    if (++local->stillborn >= MAX_STILLBORN && !local->trouble.code) {
        err_set(&local->trouble, ECHILD,
                "workers die as soon as they are made (%s %d)",
                WIFSIGNALED(status) ? "signal" : "status",
                WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
    }
}

static void close_member(struct member *member)
{
    if (member->is_open) {
        member->is_open = false;
        member->local->pool.workers--;
        channel_close(member->channel);
        member->local->events->on_runner_gone(member->local->ctx,
                                              &member->runner);
    }
}

/* A sweep looks at every process there is. A worker that left as it should has
 * swept for itself, so one sweep behind the last of them will do. */
static bool wants_sweep(const struct pool_local *local, int status)
{
    return !local->options.keep_background &&
           (status || !local->is_ending || !local->members);
}

static void on_child(void *ctx)
{
    struct member *member = ctx;
    struct pool_local *local = member->local;
    int status;

    channel_drain(member->channel); /* before it counts as lost */
    if (waitpid(member->pid, &status, WNOHANG) != member->pid) {
        return;
    }
    if (!member->has_spoken) {
        note_stillbirth(local, status);
    }
    close_member(member);
    member_free(member);
    if (wants_sweep(local, status)) {
        orphans_sweep(&local->orphans);
    } else {
        tell_if_empty(local);
    }
}

static void on_grace_over(struct ev_loop *loop, ev_timer *timer, int events)
{
    struct pool_local *local = timer->data;
    struct member *member;
    (void)loop;
    (void)events;
    DL_FOREACH(local->members, member)
    {
        (void)kill(member->pid, SIGKILL); /* ours until we reap it */
    }
}

static void hurry(struct pool *pool, bool at_once)
{
    struct pool_local *local = (struct pool_local *)pool;
    ev_timer_stop(local->loop, &local->grace);
    ev_timer_set(&local->grace, at_once ? 1. : local->options.grace_seconds,
                 0.);
    ev_timer_start(local->loop, &local->grace);
}

void pool_local_end(struct pool_local *local, bool at_once)
{
    struct member *member;
    local->is_ending = true;
    DL_FOREACH(local->members, member)
    {
        runner_end(&member->runner, at_once);
    }
    hurry(&local->pool, at_once);
    tell_if_empty(local);
}

/* ---- workers ---- */

static void on_frame(void *ctx, const struct frame *frame)
{
    struct member *member = ctx;
    member->has_spoken = true;
    member->local->stillborn = 0;
    if (!runner_receive(&member->runner, frame, clock_monotonic_us())) {
        (void)kill(member->pid, SIGKILL); /* it is out of its mind */
    }
}

static void on_closed(void *ctx, const struct err *err)
{
    struct member *member = ctx;
    (void)err; /* its end says enough: on_child */
    close_member(member);
    if (!member->local->is_ending) {
        (void)kill(member->pid, SIGKILL); /* should it live on without us */
    }
}

static void send_frame(void *sender, const struct frame *frame)
{
    struct member *member = sender;
    channel_send(member->channel, frame);
}

static int spawn_worker(int fd, pid_t *pid, struct err *err)
{
    char *argv[] = {(char *)"poolrun", (char *)"--worker", NULL};
    posix_spawn_file_actions_t actions;

    int code = posix_spawn_file_actions_init(&actions);
    if (!code) {
        code = posix_spawn_file_actions_adddup2(&actions, fd, CHANNEL_FD);
        if (!code) {
            code = posix_spawn(pid, "/proc/self/exe", &actions, NULL, argv,
                               environ);
        }
        (void)posix_spawn_file_actions_destroy(&actions);
    }
    return code ? err_set_errno(err, code, "cannot start a worker") : 0;
}

static unsigned free_slot(const struct pool_local *local,
                          struct member **before)
{
    unsigned slot = 1;
    struct member *member;
    *before = NULL;
    DL_FOREACH(local->members, member)
    {
        if (member->runner.first_slot != slot) {
            *before = member;
            break;
        }
        slot++;
    }
    return slot;
}

static int add_member(struct pool_local *local, struct err *err)
{
    int ends[2];
    pid_t pid = 0;

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0) {
        return err_set_errno(err, errno, "cannot make a worker's channel");
    }
    AUTO_CLOSE int near_fd = ends[0];
    AUTO_CLOSE int far_fd = ends[1];
    if (spawn_worker(far_fd, &pid, err)) {
        return -1;
    }

    static const struct channel_events channel_events = {on_frame, on_closed};
    struct member *member = NEW(struct member);
    struct member *before;
    unsigned slot = free_slot(local, &before);
    member->local = local;
    member->pid = pid;
    member->is_open = true;
    member->channel =
        channel_new(local->loop, TAKE_FD(near_fd), &channel_events, member);
    runner_init(&member->runner, &local->pool, slot, 1, local->runner_events,
                local->runner_ctx, send_frame, member);
    child_watch_init(&member->watch, local->loop, on_child, member);
    child_watch_start(&member->watch, pid);
    if (before) {
        DL_PREPEND_ELEM(local->members, before, member);
    } else {
        DL_APPEND(local->members, member);
    }
    local->pool.workers++;
    if (local->options.pin) {
        member->runner.core = (unsigned)(cores_nth(slot - 1) + 1);
    }
    runner_welcome(&member->runner);
    local->events->on_runner(local->ctx, &member->runner);
    return 0;
}

static bool grow(struct pool *pool)
{
    struct pool_local *local = (struct pool_local *)pool;
    struct err err;
    int count = 0;
    struct member *member;

    DL_COUNT(local->members, member, count);
    if (local->is_ending || (unsigned)count >= pool->most ||
        local->trouble.code) {
        return false;
    }
    if (add_member(local, &err)) {
        if (pool->workers) {
            pool->most = pool->workers; /* go on with those there are */
        } else {
            local->trouble = err;
        }
        return false;
    }
    return true;
}

/* ---- life ---- */

struct pool_local *pool_local_new(struct ev_loop *loop,
                                  const struct pool_local_options *options,
                                  const struct pool_events *events,
                                  const struct runner_events *runner_events,
                                  void *runner_ctx, void *ctx)
{
    struct pool_local *local = NEW(struct pool_local);
    local->pool = (struct pool){.name = options->name,
                                .most = options->workers,
                                .grow = grow,
                                .hurry = hurry};
    local->loop = loop;
    local->options = *options;
    local->events = events;
    local->runner_events = runner_events;
    local->runner_ctx = runner_ctx;
    local->ctx = ctx;
    orphans_init(&local->orphans, loop, is_worker, on_no_orphans, local);
    ev_timer_init(&local->grace, on_grace_over, 0., 0.);
    local->grace.data = local;
    /* Only costs us orphans of dead workers if it fails. */
    (void)prctl(PR_SET_CHILD_SUBREAPER, 1);
    return local;
}

void pool_local_free(struct pool_local *local)
{
    struct member *member;
    struct member *next;
    if (local) {
        DL_FOREACH_SAFE(local->members, member, next)
        {
            member_free(member);
        }
        ev_timer_stop(local->loop, &local->grace);
        orphans_release(&local->orphans);
        free(local);
    }
}

void pool_local_pause(struct pool_local *local, bool on)
{
    struct member *member;
    DL_FOREACH(local->members, member)
    {
        runner_pause(&member->runner, on);
        channel_flush(member->channel);
    }
}

struct pool *pool_local_pool(struct pool_local *local)
{
    return &local->pool;
}

const struct err *pool_local_trouble(const struct pool_local *local)
{
    return local->trouble.code ? &local->trouble : NULL;
}

/* SPDX-License-Identifier: MIT */
#include "worker/worker.h"

#include <errno.h>
#include <ev.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utlist.h>

#include "base/auto.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/loop.h"
#include "base/xalloc.h"
#include "job/row.h"
#include "wire/channel.h"
#include "wire/frame.h"
#include "wire/hello.h"
#include "worker/proc.h"
#include "worker/recipe.h"

/* While the next job is here already, what became of the last may wait a
 * little for company: one write instead of three. */
static const double LAG_SECONDS = 0.001;

/* An attempt that was handed to us. */
struct errand {
    struct frame_id id;
    struct recipe *recipe;
    uint64_t timeout_us;
    struct row *row;
    struct errand *prev;
    struct errand *next;
};

struct worker {
    struct ev_loop *loop;
    struct channel *channel;
    struct proc *proc;
    char *pool;
    unsigned slot;
    struct recipe **recipes; /* of the batches we were told of and can run */
    size_t recipe_count;
    struct errand *waiting; /* in the order they came */
    struct errand *current; /* has not ended; NULL = none */
    bool is_greeted;        /* the owner said HELLO, and we can talk with it */
    bool is_paused;
    bool is_leaving;
};

static void errand_free(struct errand *errand)
{
    if (errand) {
        row_free(errand->row);
        free(errand);
    }
}

static bool same_id(const struct frame_id *a, const struct frame_id *b)
{
    return a->run == b->run && a->epoch == b->epoch && a->job == b->job &&
           a->attempt == b->attempt;
}

/* ---- what we say ---- */

static void send_done(struct worker *worker, const struct errand *errand,
                      const struct proc_outcome *outcome, const char *message)
{
    struct frame frame = {
        .type = FRAME_DONE,
        .done = {.id = errand->id,
                 .slot = worker->slot,
                 .status = outcome->status,
                 .exit_code = outcome->exit_code,
                 .signal = (uint64_t)outcome->signal,
                 .started_us = outcome->started_us,
                 .duration_us = outcome->duration_us,
                 .cpu_us = outcome->cpu_us,
                 .peak_kib = outcome->peak_kib,
                 .message = bytes_of(message)},
    };
    channel_send(worker->channel, &frame);
}

static void send_started(struct worker *worker)
{
    struct frame frame = {
        .type = FRAME_STARTED,
        .started = {.id = worker->current->id,
                    .slot = worker->slot,
                    .pid = (uint64_t)proc_pid(worker->proc)},
    };
    channel_send(worker->channel, &frame);
}

static void give_back(struct worker *worker, struct errand *errand)
{
    struct frame frame = {.type = FRAME_RETURNED,
                          .returned = {.id = errand->id}};
    channel_send(worker->channel, &frame);
    DL_DELETE(worker->waiting, errand);
    errand_free(errand);
}

static void give_all_back(struct worker *worker)
{
    while (worker->waiting) {
        give_back(worker, worker->waiting);
    }
}

/* ---- running ---- */

static void leave_if_clear(struct worker *worker)
{
    if (worker->is_leaving && proc_is_idle(worker->proc)) {
        ev_break(worker->loop, EVBREAK_ALL);
    }
}

static void leave(struct worker *worker, bool at_once)
{
    worker->is_leaving = true;
    while (worker->waiting) {
        struct errand *errand = worker->waiting;
        DL_DELETE(worker->waiting, errand);
        errand_free(errand);
    }
    /* Nobody moves the window any more, and nobody wants what comes. */
    proc_allow(worker->proc, UINT64_MAX);
    if (worker->current) {
        proc_kill(worker->proc, at_once);
    }
    leave_if_clear(worker);
}

static int start(struct worker *worker, struct errand *errand,
                 struct proc_outcome *outcome, struct err *err)
{
    struct spawn_plan plan;
    struct proc_options options = recipe_options(errand->recipe);

    outcome->exit_code = 126;
    options.timeout_us = errand->timeout_us;
    if (recipe_prepare(errand->recipe, errand->row, &errand->id, &plan, err)) {
        return -1;
    }
    return proc_start(worker->proc, &plan, &options, &outcome->exit_code, err);
}

static void start_next(struct worker *worker)
{
    while (worker->waiting && !worker->is_leaving && !worker->is_paused &&
           proc_is_idle(worker->proc)) {
        struct errand *errand = worker->waiting;
        struct proc_outcome outcome = {.status = RESULT_NOT_STARTED};
        struct err err = {0};

        DL_DELETE(worker->waiting, errand);
        if (start(worker, errand, &outcome, &err)) {
            send_done(worker, errand, &outcome, err.text);
            errand_free(errand);
        } else {
            worker->current = errand;
            send_started(worker);
        }
    }
    channel_set_lag(worker->channel, worker->waiting ? LAG_SECONDS : 0.);
    leave_if_clear(worker);
}

static void on_output(void *ctx, unsigned stream, uint64_t offset,
                      const char *data, size_t len)
{
    struct worker *worker = ctx;
    struct frame frame = {
        .type = FRAME_OUTPUT,
        .output = {.id = worker->current->id,
                   .stream = stream ? FRAME_STDERR : FRAME_STDOUT,
                   .offset = offset,
                   .data = {data, len}},
    };
    channel_send(worker->channel, &frame);
}

static void on_ended(void *ctx, const struct proc_outcome *outcome)
{
    struct worker *worker = ctx;
    send_done(worker, worker->current, outcome, "");
    errand_free(worker->current);
    worker->current = NULL;
}

static void on_clear(void *ctx)
{
    start_next(ctx);
}

/* ---- what we are told ---- */

static void pin_to_core(uint64_t core)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    if (core < CPU_SETSIZE) {
        CPU_SET(core, &set);
        /* A hint for speed: a refusal costs nothing but that. */
        (void)sched_setaffinity(0, sizeof set, &set);
    }
}

static void refuse(struct worker *worker, const struct err *err)
{
    struct frame frame = hello_refuse(err);
    channel_send(worker->channel, &frame);
    leave(worker, false);
}

static void on_hello(struct worker *worker, const struct frame *frame)
{
    struct err err;
    if (hello_check(&frame->hello, HELLO_OWNER, &err)) {
        refuse(worker, &err);
    } else {
        worker->is_greeted = true;
    }
}

static void on_refuse(struct worker *worker, const struct frame *frame)
{
    (void)frame;
    leave(worker, false);
}

static void on_welcome(struct worker *worker, const struct frame *frame)
{
    free(worker->pool);
    worker->pool = xmemdup0(frame->welcome.pool.data, frame->welcome.pool.len);
    worker->slot = (unsigned)frame->welcome.slot;
    if (frame->welcome.core) {
        pin_to_core(frame->welcome.core - 1);
    }
}

static void on_batch(struct worker *worker, const struct frame *frame)
{
    struct err err = {0};
    int exit_code = 0;

    struct recipe *recipe =
        recipe_new(&frame->batch, worker->pool, worker->slot, &exit_code, &err);
    if (!recipe) {
        struct frame answer = {.type = FRAME_UNABLE,
                               .unable = {.batch = frame->batch.batch,
                                          .exit_code = (uint64_t)exit_code,
                                          .reason = bytes_of(err.text)}};
        channel_send(worker->channel, &answer);
        return;
    }
    worker->recipes = xrealloc_array(worker->recipes, worker->recipe_count + 1,
                                     sizeof *worker->recipes);
    worker->recipes[worker->recipe_count++] = recipe;
}

static struct recipe *find_recipe(const struct worker *worker, uint64_t batch)
{
    for (size_t i = worker->recipe_count; i-- > 0;) {
        if (recipe_batch(worker->recipes[i]) == batch) {
            return worker->recipes[i];
        }
    }
    return NULL;
}

static void on_run(struct worker *worker, const struct frame *frame)
{
    const struct frame_run *run = &frame->run;
    struct bytes text = {run->text.len ? run->text.data : NULL, run->text.len};
    struct errand *errand = NEW(struct errand);

    errand->id = run->id;
    errand->timeout_us = run->timeout_us;
    errand->recipe = find_recipe(worker, run->batch);
    errand->row =
        row_new(run->line, text, run->fields.items, run->fields.count, NULL);
    DL_APPEND(worker->waiting, errand);
    if (!errand->recipe || worker->is_leaving) {
        give_back(worker, errand);
    } else {
        start_next(worker);
    }
}

static bool is_current(const struct worker *worker, const struct frame_id *id)
{
    return worker->current && same_id(&worker->current->id, id);
}

static void on_window(struct worker *worker, const struct frame *frame)
{
    if (is_current(worker, &frame->window.id)) {
        proc_allow(worker->proc, frame->window.bytes);
    }
}

static void on_cancel(struct worker *worker, const struct frame *frame)
{
    struct errand *errand;
    if (is_current(worker, &frame->cancel.id)) {
        proc_kill(worker->proc, frame->cancel.at_once);
        return;
    }
    DL_FOREACH(worker->waiting, errand)
    {
        if (same_id(&errand->id, &frame->cancel.id)) {
            give_back(worker, errand);
            return;
        }
    }
}

static void on_recall(struct worker *worker, const struct frame *frame)
{
    (void)frame;
    give_all_back(worker);
    channel_set_lag(worker->channel, 0.);
}

static void on_limit(struct worker *worker, const struct frame *frame)
{
    if (is_current(worker, &frame->limit.id)) {
        proc_set_timeout(worker->proc, frame->limit.timeout_us);
    }
}

static void on_pause(struct worker *worker, const struct frame *frame)
{
    worker->is_paused = frame->pause.on;
    proc_pause(worker->proc, worker->is_paused);
    start_next(worker);
}

static void on_end(struct worker *worker, const struct frame *frame)
{
    leave(worker, frame->end.at_once);
}

static void on_frame(void *ctx, const struct frame *frame)
{
    static void (*const handlers[FRAME_TYPE_COUNT])(struct worker *,
                                                    const struct frame *) = {
        [FRAME_HELLO] = on_hello,     [FRAME_REFUSE] = on_refuse,
        [FRAME_WELCOME] = on_welcome, [FRAME_BATCH] = on_batch,
        [FRAME_RUN] = on_run,         [FRAME_WINDOW] = on_window,
        [FRAME_CANCEL] = on_cancel,   [FRAME_RECALL] = on_recall,
        [FRAME_LIMIT] = on_limit,     [FRAME_PAUSE] = on_pause,
        [FRAME_END] = on_end,
    };
    struct worker *worker = ctx;
    if (!worker->is_greeted && frame->type != FRAME_HELLO &&
        frame->type != FRAME_REFUSE) {
        struct err err;
        err_set(&err, EPROTO, "the first frame must be a HELLO");
        refuse(worker, &err);
    } else if (handlers[frame->type]) {
        handlers[frame->type](worker, frame);
    }
}

static void on_closed(void *ctx, const struct err *err)
{
    (void)err;
    leave(ctx, false);
}

/* ---- life ---- */

static void on_ignored_signal(int signal)
{
    (void)signal;
}

/* A signal typed at the terminal reaches us as well, but what is to be done
 * about it comes over the channel. A handler instead of SIG_IGN: exec gives the
 * job the default action back without a system call. */
static void set_signals(void)
{
    static const int ignored[] = {SIGINT,  SIGQUIT, SIGTERM, SIGHUP, SIGTSTP,
                                  SIGTTIN, SIGTTOU, SIGPIPE, SIGUSR1};
    sigset_t none;

    for (int number = 1; number < NSIG; number++) {
        (void)signal(number, SIG_DFL); /* fails for KILL and STOP only */
    }
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++) {
        struct sigaction action = {.sa_handler = on_ignored_signal,
                                   .sa_flags = SA_RESTART};
        (void)sigaction(ignored[i], &action, NULL);
    }
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
}

static void send_hello(struct worker *worker)
{
    struct frame frame = hello_make(HELLO_RUNNER);
    frame.hello.slots = 1;
    frame.hello.pid = (uint64_t)getpid();
    channel_send(worker->channel, &frame);
}

/* What we inherited is for the coordinator alone: whoever stands at the other
 * end must not wait for us. */
static void let_go_of_standard_streams(void)
{
    AUTO_CLOSE int null_fd = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null_fd > STDERR_FILENO) {
        (void)dup2(null_fd, STDIN_FILENO);
        (void)dup2(null_fd, STDOUT_FILENO);
    }
}

int worker_main(void)
{
    static const struct channel_events channel_events = {on_frame, on_closed};
    static const struct proc_events proc_events = {on_output, on_ended,
                                                   on_clear};
    int type;
    socklen_t size = sizeof type;
    struct worker worker = {.slot = 1};
    struct err err;

    if (getsockopt(WORKER_CHANNEL_FD, SOL_SOCKET, SO_TYPE, &type, &size) < 0) {
        fputs("poolrun: --worker is for poolrun itself\n", stderr);
        return 255;
    }
    (void)fcntl(WORKER_CHANNEL_FD, F_SETFD, FD_CLOEXEC);
    fd_close_from(WORKER_CHANNEL_FD + 1);
    let_go_of_standard_streams();
    (void)prctl(PR_SET_CHILD_SUBREAPER, 1);
    /* Should we be stopped when our maker dies, we go on, and see that. */
    (void)prctl(PR_SET_PDEATHSIG, SIGCONT);
    (void)prctl(PR_SET_NAME, "poolrun-worker"); /* for ps; else it is "exe" */
    set_signals();
    worker.pool = xstrdup("");
    worker.loop = loop_new(&err);
    if (!worker.loop) {
        (void)fprintf(stderr, "poolrun: a worker %s\n", err.text);
        return 255;
    }
    worker.channel =
        channel_new(worker.loop, WORKER_CHANNEL_FD, &channel_events, &worker);
    worker.proc = proc_new(worker.loop, &proc_events, &worker);
    send_hello(&worker);
    ev_run(worker.loop, 0);

    channel_flush(worker.channel);
    channel_free(worker.channel);
    proc_free(worker.proc);
    errand_free(worker.current);
    for (size_t i = 0; i < worker.recipe_count; i++) {
        recipe_free(worker.recipes[i]);
    }
    free(worker.recipes);
    free(worker.pool);
    ev_loop_destroy(worker.loop);
    return 0;
}

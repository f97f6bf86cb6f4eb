/* SPDX-License-Identifier: MIT */
#include "run/coordinator.h"

#include <ev.h>
#include <signal.h>

#include "base/blob.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/loop.h"
#include "base/spool.h"
#include "job/attempt.h"
#include "job/batch.h"
#include "job/job.h"
#include "job/result.h"
#include "out/writer.h"
#include "pool/pool.h"
#include "pool/runner.h"
#include "run/intake.h"
#include "run/logbook.h"
#include "run/outcome.h"
#include "run/reader.h"
#include "run/signals.h"

static const double TICK_SECONDS = 0.01;
static const double GATE_SECONDS = 0.5;
static const double PROGRESS_SECONDS = 0.25;
struct coordinator {
    const struct run_options *options;
    struct ev_loop *loop;
    struct reader *reader;
    struct scheduler *scheduler;
    struct pool_local *pool;
    struct spool *spool;
    struct writer *writer;
    struct printer *printer;
    struct report report;
    struct logbook logbook;
    struct intake intake;
    struct gate gate;
    struct signals signals;
    ev_async woken; /* by the reader or the writer */
    ev_check after_events;
    ev_timer wake; /* when the scheduler, or a gate, wants time */
    ev_timer progress;
    uint64_t seq; /* of the job made last */
    bool input_ended;
    bool is_leaving;
    bool is_hurried; /* told to end for the second time */
    struct outcome outcome;
};

static void fail(struct coordinator *run, const struct err *err)
{
    outcome_add_trouble(&run->outcome, err);
    scheduler_stop(run->scheduler, false);
}

/* ---- jobs ---- */

static void end_input(struct coordinator *run, const struct err *err)
{
    const char *warning = reader_warning(run->reader);
    run->input_ended = true;
    if (warning) {
        report_say(&run->report, "%s", warning);
    }
    if (err->code) {
        fail(run, err);
    }
    scheduler_input_ended(run->scheduler);
}

static struct job *next_job(void *ctx)
{
    struct coordinator *run = ctx;
    struct err err = {0};
    struct row *row;

    if (run->input_ended) {
        return NULL;
    }
    int got = reader_next(run->reader, &row, &err);
    if (got < 0) {
        end_input(run, &err);
    }
    return got > 0 ? job_new(++run->seq, row) : NULL;
}

static bool may_start(void *ctx)
{
    struct coordinator *run = ctx;
    if (intake_is_full(&run->intake) || writer_is_full(run->writer)) {
        return false;
    }
    return gate_is_open(&run->gate, clock_monotonic_us());
}

/* Memory has become so scarce that a job has to go, the youngest first. */
static void make_memory(struct coordinator *run)
{
    (void)gate_is_open(&run->gate, clock_monotonic_us());
    if (run->gate.is_pressed) {
        run->gate.is_pressed = false; /* one for each look */
        (void)scheduler_put_back_youngest(run->scheduler);
    }
}

static void on_started(void *ctx, struct attempt *attempt)
{
    struct coordinator *run = ctx;
    if (run->options->verbose) {
        report_command(&run->report, attempt);
    }
}

static void on_output(void *ctx, struct attempt *attempt, unsigned stream,
                      struct bytes data)
{
    struct coordinator *run = ctx;
    intake_add(&run->intake, attempt, stream, data);
}

static void on_full(void *ctx, const struct err *err)
{
    struct coordinator *run = ctx;
    if (!fd_means_full(err->code)) {
        fail(run, err); /* waiting makes nothing better */
        return;
    }
    report_say(&run->report, "%s; no new job starts until there is room",
               err->text);
}

static void on_room(void *ctx, const struct err *err)
{
    struct coordinator *run = ctx;
    if (err) {
        fail(run, err);
    } else {
        report_say(&run->report, "there is room again; going on");
    }
}

static void on_void(void *ctx, struct attempt *attempt)
{
    (void)ctx;
    for (int stream = 0; stream < 2; stream++) {
        blob_free(attempt->out[stream]);
        attempt->out[stream] = NULL;
    }
}

static void halt_if_due(struct coordinator *run, const struct result *result)
{
    struct scheduler_counts counts = scheduler_counts(run->scheduler);
    struct halt_counts seen = {
        .failed = counts.failed,
        .succeeded = counts.succeeded,
        .done = counts.failed + counts.succeeded,
    };
    seen.total_known = reader_total(run->reader, &seen.total);
    enum halt_decision decision =
        outcome_halts(&run->outcome, &run->options->halt, result, &seen);
    if (decision == HALT_NOW) {
        scheduler_stop(run->scheduler, false);
    } else if (decision == HALT_SOON) {
        scheduler_drain(run->scheduler);
    }
}

static void on_settled(void *ctx, struct result *result,
                       const struct attempt *last)
{
    struct coordinator *run = ctx;
    (void)last;
    report_result(&run->report, result);
    logbook_add(&run->logbook, result);
    halt_if_due(run, result);
    printer_settle(run->printer, result);
}

static void on_unable(void *ctx, int exit_code, struct bytes reason)
{
    struct coordinator *run = ctx;
    if (!run->outcome.unable) {
        run->outcome.unable = exit_code;
        report_say(&run->report, "%.*s", (int)reason.len, reason.data);
        scheduler_stop(run->scheduler, false);
    }
}

/* ---- the pool ---- */

static void on_runner(void *ctx, struct runner *runner)
{
    struct coordinator *run = ctx;
    scheduler_add_runner(run->scheduler, runner);
}

static void on_runner_gone(void *ctx, struct runner *runner)
{
    struct coordinator *run = ctx;
    scheduler_remove_runner(run->scheduler, runner);
}

static void on_empty(void *ctx, struct pool *pool)
{
    struct coordinator *run = ctx;
    (void)pool;
    ev_break(run->loop, EVBREAK_ALL);
}

static void tell_progress(struct coordinator *run)
{
    struct scheduler_counts counts = scheduler_counts(run->scheduler);
    const struct pool *pool = pool_local_pool(run->pool);
    struct progress_state state = {
        .done = counts.succeeded + counts.failed,
        .failed = counts.failed,
        .running = counts.running,
        .workers = pool->workers,
        .pools = 1,
    };
    state.total_known = reader_total(run->reader, &state.total);
    report_progress(&run->report, state, clock_monotonic_us(), clock_wall_us());
}

static void leave(struct coordinator *run)
{
    if (!run->is_leaving) {
        run->is_leaving = true;
        tell_progress(run);
        printer_finish(run->printer);
        pool_local_end(run->pool, run->is_hurried);
    }
}

/* ---- what comes from outside ---- */

static void stop_by_signal(struct coordinator *run, int signal)
{
    run->is_hurried = run->outcome.signal && run->outcome.signal != SIGHUP;
    run->outcome.signal = signal;
    scheduler_stop(run->scheduler, run->is_hurried);
    if (run->is_hurried) {
        pool_local_end(run->pool, true);
    }
}

static void stop_with_jobs(struct coordinator *run)
{
    pool_local_pause(run->pool, true);
    (void)raise(SIGSTOP); /* goes on here after CONT */
    pool_local_pause(run->pool, false);
    ev_now_update(run->loop);
}

static void on_signal(void *ctx, int signal)
{
    struct coordinator *run = ctx;
    switch (signal) {
    case SIGTSTP:
        stop_with_jobs(run);
        break;
    case SIGUSR1:
        report_jobs(&run->report, run->scheduler, pool_local_pool(run->pool));
        break;
    case SIGHUP:
        run->outcome.signal =
            run->outcome.signal ? run->outcome.signal : SIGHUP;
        scheduler_drain(run->scheduler);
        break;
    default:
        stop_by_signal(run, signal);
        break;
    }
}

/* ---- the loop ---- */

static void look_for_trouble(struct coordinator *run)
{
    struct err err;
    const struct err *trouble = pool_local_trouble(run->pool);
    if (run->outcome.trouble.code) {
        return;
    }
    if (writer_trouble(run->writer, &err)) {
        fail(run, &err);
    } else if (trouble) {
        fail(run, trouble);
    }
}

/* The shorter of two times to wait; 0 = for ever. */
static double sooner(double a, double b)
{
    return a <= 0 || (b > 0 && b < a) ? b : a;
}

static void arm_wake(struct coordinator *run)
{
    int64_t wake_us = scheduler_wake_us(run->scheduler);
    bool gate_wants_look =
        run->gate.checked_us && (!run->gate.is_open || run->gate.memfree_bytes);
    bool ticks = scheduler_wants_ticks(run->scheduler);
    double seconds =
        sooner(gate_wants_look ? GATE_SECONDS : 0, ticks ? TICK_SECONDS : 0);

    if (wake_us) {
        double wait =
            (double)(wake_us - clock_monotonic_us()) / CLOCK_US_PER_SECOND;
        seconds = sooner(seconds, wait > 0.0005 ? wait : 0.0005);
    }
    /* Not each time anew: then it would never come while much happens. */
    if (seconds <= 0) {
        ev_timer_stop(run->loop, &run->wake);
    } else if (!ev_is_active(&run->wake) ||
               ev_timer_remaining(run->loop, &run->wake) > seconds) {
        ev_timer_stop(run->loop, &run->wake);
        ev_timer_set(&run->wake, seconds, 0.);
        ev_timer_start(run->loop, &run->wake);
    }
}

static void step(struct coordinator *run)
{
    intake_relieve(&run->intake, run->scheduler);
    scheduler_dispatch(run->scheduler);
    look_for_trouble(run); /* also why no worker could be made just now */
    if (scheduler_is_finished(run->scheduler)) {
        leave(run);
    } else {
        arm_wake(run);
    }
}

static void on_after_events(struct ev_loop *loop, ev_check *watcher, int events)
{
    (void)loop;
    (void)events;
    step(watcher->data);
}

static void on_wake(struct ev_loop *loop, ev_timer *watcher, int events)
{
    struct coordinator *run = watcher->data;
    (void)loop;
    (void)events;
    make_memory(run);
    scheduler_tick(run->scheduler);
}

static void on_woken(struct ev_loop *loop, ev_async *watcher, int events)
{
    (void)loop; /* waking the loop is all: on_after_events does the rest */
    (void)watcher;
    (void)events;
}

static void on_progress(struct ev_loop *loop, ev_timer *watcher, int events)
{
    (void)loop;
    (void)events;
    tell_progress(watcher->data);
}

/* Called in the threads of reader and writer. */
static void wake_loop(void *ctx)
{
    struct coordinator *run = ctx;
    ev_async_send(run->loop, &run->woken);
}

/* ---- life ---- */

static void start_watchers(struct coordinator *run)
{
    ev_check_init(&run->after_events, on_after_events);
    ev_set_priority(&run->after_events, EV_MINPRI);
    ev_check_start(run->loop, &run->after_events);
    ev_timer_init(&run->wake, on_wake, 0., 0.);
    ev_timer_init(&run->progress, on_progress, 0., PROGRESS_SECONDS);
    run->after_events.data = run;
    run->wake.data = run;
    run->progress.data = run;
    const struct report_options *report = &run->options->report;
    if (report->bar || report->bar_if_long || report->lines) {
        ev_timer_again(run->loop, &run->progress);
    }
    signals_start(&run->signals, run->loop, on_signal, run);
}

static void set_up(struct coordinator *run)
{
    static const struct scheduler_events scheduler_events = {
        .next_job = next_job,
        .may_start = may_start,
        .on_started = on_started,
        .on_output = on_output,
        .on_void = on_void,
        .on_settled = on_settled,
        .on_unable = on_unable,
    };
    static const struct pool_events pool_events = {on_runner, on_runner_gone,
                                                   on_empty};
    static const struct intake_events intake_events = {on_full, on_room};
    const struct run_options *options = run->options;

    ev_async_init(&run->woken, on_woken);
    ev_async_start(run->loop, &run->woken);
    run->spool = spool_new(NULL);
    run->writer =
        writer_new(options->joblog_fd, options->joblog_name, wake_loop, run);
    run->printer = printer_new(&options->printer, run->spool, run->writer);
    printer_start(run->printer);
    run->logbook = (struct logbook){options->joblog_fd >= 0, run->writer,
                                    options->batch->template};
    logbook_start(&run->logbook);
    report_init(&run->report, &options->report, run->writer,
                options->batch->template, clock_monotonic_us());
    run->gate = options->gate;
    run->intake = (struct intake){
        .loop = run->loop,
        .events = &intake_events,
        .ctx = run,
        .batch = options->batch,
        .printer = run->printer,
        .writer = run->writer,
        .spool = run->spool,
        .is_live = options->printer.mode != PRINTER_WHOLE,
    };
    intake_start(&run->intake);
    run->scheduler = scheduler_new(options->batch, &options->scheduler,
                                   &scheduler_events, run);
    run->pool = pool_local_new(run->loop, &options->pool, &pool_events,
                               scheduler_runner_events(), run->scheduler, run);
    scheduler_add_pool(run->scheduler, pool_local_pool(run->pool));
    start_watchers(run);
    run->reader = options->reader;
    reader_start(run->reader, options->source, wake_loop, run);
}

/* What is left is written, or it is known why not. */
static void finish_writing(struct coordinator *run)
{
    look_for_trouble(run);
    report_end(&run->report);
    writer_finish(run->writer, run->outcome.signal == SIGPIPE);
    look_for_trouble(run);
}

static void tear_down(struct coordinator *run)
{
    writer_free(run->writer);
    reader_free(run->reader); /* the writer uses the names of its fields */
    intake_stop(&run->intake);
    pool_local_free(run->pool);
    scheduler_free(run->scheduler);
    printer_free(run->printer);
    report_release(&run->report);
    spool_free(run->spool);
    ev_loop_destroy(run->loop);
}

int coordinator_run(const struct run_options *options,
                    struct run_outcome *result, struct err *err)
{
    struct coordinator run = {
        .options = options, .seq = options->seq, .outcome.halt_status = -1};

    if (!(run.loop = loop_new(err))) {
        return -1;
    }
    set_up(&run);
    /* The first step is one of the loop, since it may be the last. */
    ev_async_send(run.loop, &run.woken);
    ev_run(run.loop, 0);
    signals_stop(&run.signals); /* from here on they have their own way */
    if (run.is_hurried) {
        result->signal = run.outcome.signal;
        return 0; /* the signal ends all there is, whatever hangs */
    }
    finish_writing(&run);
    struct scheduler_counts counts = scheduler_counts(run.scheduler);
    if (run.outcome.signal == SIGHUP &&
        !reader_has_more(run.reader, counts.succeeded + counts.failed)) {
        run.outcome.signal = 0; /* it has changed nothing */
    }
    *result = (struct run_outcome){outcome_status(&run.outcome, counts),
                                   run.outcome.signal};
    tear_down(&run);
    if (run.outcome.trouble.code && run.outcome.signal != SIGPIPE) {
        *err = run.outcome.trouble;
        return -1;
    }
    return 0;
}

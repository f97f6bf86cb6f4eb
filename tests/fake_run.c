/* SPDX-License-Identifier: MIT */
#include "fake_run.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/err.h"
#include "job/attempt.h"
#include "job/job.h"
#include "job/result.h"
#include "job/row.h"
#include "job/template.h"

static void tell(struct fake_run *run, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void tell(struct fake_run *run, const char *format, ...)
{
    char text[200];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    buf_add_text(&run->told, run->told.len ? "; " : "");
    buf_add_text(&run->told, text);
}

static struct job *next_job(void *ctx)
{
    struct fake_run *run = ctx;
    struct bytes field = bytes_of("row");
    if (run->given == run->rows) {
        if (!run->goes_on) {
            scheduler_input_ended(run->scheduler);
        }
        return NULL;
    }
    run->given++;
    return job_new(run->given,
                   row_new(run->given, field, &field, 1,
                           run->given <= run->bad_to ? "bad" : NULL));
}

static bool may_start(void *ctx)
{
    return !((struct fake_run *)ctx)->cannot_start;
}

static void on_started(void *ctx, struct attempt *attempt)
{
    tell(ctx, "start %" PRIu64, attempt->job->seq);
}

static void on_output(void *ctx, struct attempt *attempt, unsigned stream,
                      struct bytes data)
{
    (void)data;
    tell(ctx, "%s %" PRIu64, stream ? "err" : "out", attempt->job->seq);
}

static void on_void(void *ctx, struct attempt *attempt)
{
    tell(ctx, "void %" PRIu64, attempt->job->seq);
}

static void on_settled(void *ctx, struct result *result,
                       const struct attempt *last)
{
    struct fake_run *run = ctx;
    char cause[100];
    assert_non_null(result->row);
    assert_true(!last || last->number == result->attempt);
    (void)result_cause(result, cause, sizeof cause);
    if (result->attempt > 1) {
        tell(run, "%" PRIu64 ".%u: %s", result->seq, result->attempt, cause);
    } else {
        tell(run, "%" PRIu64 ": %s", result->seq, cause);
    }
    if (run->settled) {
        run->settled[result->seq]++;
    }
    result_free(result);
    if (run->stops_at_once) {
        scheduler_stop(run->scheduler, false);
    }
}

static void on_unable(void *ctx, int exit_code, struct bytes reason)
{
    struct fake_run *run = ctx;
    run->unables++;
    tell(run, "unable %d %.*s", exit_code, (int)reason.len, reason.data);
}

static void on_runner(void *ctx, struct runner *runner)
{
    struct fake_run *run = ctx;
    scheduler_add_runner(run->scheduler, runner);
}

void fake_run_init(struct fake_run *run,
                   const struct scheduler_options *options, unsigned most,
                   unsigned slots, uint64_t rows)
{
    static const struct scheduler_events events = {
        next_job, may_start,  on_started, on_output,
        on_void,  on_settled, on_unable};
    struct bytes words[] = {bytes_of("cmd"), bytes_of("{}")};
    struct scheduler_options complete = *options;
    struct err err;

    complete.now_us = fake_now;
    complete.tries = complete.tries ? complete.tries : 1;
    complete.crash_limit = complete.crash_limit ? complete.crash_limit : 5;
    *run = (struct fake_run){.rows = rows};
    run->batch.number = 1;
    run->batch.template =
        template_new(words, 2, NULL, 0, &run->batch.options, &err);
    run->scheduler = scheduler_new(&run->batch, &complete, &events, run);
    fake_pool_init(&run->pool, most, slots);
    run->pool.runner_events = scheduler_runner_events();
    run->pool.runner_ctx = run->scheduler;
    run->pool.on_runner = on_runner;
    run->pool.ctx = run;
    scheduler_add_pool(run->scheduler, &run->pool.pool);
}

void fake_run_release(struct fake_run *run)
{
    scheduler_stop(run->scheduler, true);
    for (unsigned i = 0; i < run->pool.count; i++) {
        runner_lose_all(&run->pool.runners[i]->runner);
    }
    scheduler_free(run->scheduler);
    fake_pool_release(&run->pool);
    template_free(run->batch.template);
    buf_release(&run->told);
    buf_release(&run->text);
}

struct fake_runner *fake_run_runner(struct fake_run *run, unsigned n)
{
    assert_in_range(n, 1, run->pool.count);
    return run->pool.runners[n - 1];
}

void fake_run_lose(struct fake_run *run, struct fake_runner *runner)
{
    run->pool.pool.workers--;
    scheduler_remove_runner(run->scheduler, &runner->runner);
}

void fake_run_succeed(struct fake_runner *runner, uint64_t job,
                      int64_t duration_us)
{
    assert_true(fake_started(runner, job));
    runner->duration_us = duration_us;
    assert_true(fake_done(runner, job, RESULT_EXITED, 0));
}

const char *fake_run_told(struct fake_run *run)
{
    buf_release(&run->text);
    run->text = run->told;
    run->told = (struct buf){0};
    return buf_text(&run->text);
}

/* SPDX-License-Identifier: MIT */
#include "run/report.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utlist.h>

#include "base/auto.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/text.h"
#include "base/units.h"
#include "base/xalloc.h"
#include "job/attempt.h"
#include "job/job.h"
#include "job/result.h"
#include "job/row.h"
#include "job/template.h"
#include "out/failures.h"
#include "out/writer.h"
#include "pool/pool.h"
#include "pool/runner.h"
#include "run/scheduler.h"

enum { BAR_AFTER_US = CLOCK_US_PER_SECOND, DEFAULT_WIDTH = 80 };

void report_init(struct report *report, const struct report_options *options,
                 struct writer *writer, const struct template *template,
                 int64_t now_us)
{
    *report = (struct report){.options = *options,
                              .writer = writer,
                              .template = template,
                              .failures = failures_new(),
                              .started_us = now_us};
}

void report_release(struct report *report)
{
    failures_free(report->failures);
    free(report->bar);
}

static void put(struct report *report, const struct buf *text)
{
    if (text->len) {
        writer_put(report->writer, WRITER_ERR, text->data, text->len);
    }
}

void report_say(struct report *report, const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args); /* cut if too long */
    va_end(args);
    AUTO_BUF struct buf line = {0};
    buf_printf(&line, "poolrun: %s\n", text);
    put(report, &line);
}

void report_result(struct report *report, const struct result *result)
{
    AUTO_BUF struct buf command = {0};
    if (result_ok(result)) {
        return;
    }
    const struct row *row = result->row;
    bool is_there = row && (row->text.len || !row->fault);
    if (failures_count(report->failures) < FAILURES_TOLD && is_there) {
        template_quote(report->template, result->row, result->seq, result->slot,
                       &command);
    }
    failures_add(report->failures, result, buf_bytes(&command));
}

void report_command(struct report *report, const struct attempt *attempt)
{
    AUTO_BUF struct buf line = {0};
    template_quote(report->template, attempt->job->row, attempt->job->seq,
                   attempt->slot, &line);
    buf_add_char(&line, '\n');
    put(report, &line);
}

static unsigned terminal_width(void)
{
    struct winsize size;
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col
               ? size.ws_col
               : DEFAULT_WIDTH;
}

/* Three columns stay free: a ^C that is echoed there breaks no line. */
static unsigned bar_width(void)
{
    unsigned width = terminal_width();
    return width > 3 ? width - 3 : width;
}

void report_progress(struct report *report, struct progress_state state,
                     int64_t now_us, int64_t wall_us)
{
    AUTO_BUF struct buf line = {0};

    state.elapsed_us = now_us - report->started_us;
    state.wall_us = wall_us;
    rate_update(&report->rate, state.done, state.elapsed_us);
    state.per_second = rate_per_second(&report->rate);
    if (report->options.lines && progress_is_due(&report->mark, &state)) {
        buf_add_text(&line, "poolrun: ");
        progress_plain_line(&state, &line);
        put(report, &line);
        return;
    }
    if (report->options.bar ||
        (report->options.bar_if_long && state.elapsed_us >= BAR_AFTER_US)) {
        progress_bar_line(&state, bar_width(), report->options.color, &line);
        writer_set_bar(report->writer, buf_text(&line));
        free(report->bar);
        report->bar = xstrdup(buf_text(&line));
    }
}

void report_end(struct report *report)
{
    AUTO_BUF struct buf text = {0};
    if (report->options.bar || report->options.bar_if_long) {
        writer_set_bar(report->writer, "");
    }
    if (report->options.bar && report->bar) {
        buf_add_text(&text, report->bar);
        buf_add_char(&text, '\n');
    }
    failures_print(report->failures, &text);
    put(report, &text);
}

static void tell_runner(void *ctx, struct runner *runner)
{
    struct report *report = ctx;
    const struct attempt *attempt;
    int64_t now = clock_monotonic_us();

    DL_FOREACH(runner->attempts, attempt)
    {
        AUTO_BUF struct buf command = {0};
        AUTO_BUF struct buf line = {0};
        char since[UNITS_TEXT_SIZE];
        template_quote(report->template, attempt->job->row, attempt->job->seq,
                       attempt->slot, &command);
        buf_printf(&line,
                   "  %s slot %u: job %" PRIu64 " %s %s: ", runner->pool->name,
                   attempt->slot ? attempt->slot : runner->first_slot,
                   attempt->job->seq, attempt->slot ? "runs" : "waits",
                   units_format_duration(now - attempt->since_us, since));
        text_printable(buf_bytes(&command), &line);
        buf_add_char(&line, '\n');
        put(report, &line);
    }
}

void report_jobs(struct report *report, struct scheduler *scheduler,
                 const struct pool *pool)
{
    struct scheduler_counts counts = scheduler_counts(scheduler);
    report_say(report,
               "%" PRIu64 " done, %" PRIu64 " failed, %" PRIu64 " running; "
               "pool %s: %u of %u workers",
               counts.succeeded + counts.failed, counts.failed, counts.running,
               pool->name, pool->workers, pool->most);
    scheduler_each_runner(scheduler, tell_runner, report);
}

/* SPDX-License-Identifier: MIT */
/* report.h - what the user is told on stderr, during a run and at its end
 *
 * All of it goes through the writer, so that it never stands in the middle of
 * a job's output.
 */

#ifndef POOLRUN_REPORT_H
#define POOLRUN_REPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "out/progress.h"
#include "out/rate.h"

struct attempt;
struct failures;
struct result;
struct pool;
struct scheduler;
struct template;
struct writer;

struct report_options {
    bool bar;         /* from the start */
    bool bar_if_long; /* after a second: stderr is a terminal */
    bool lines;       /* --progress */
    bool color;
};

struct report {
    struct report_options options;
    struct writer *writer;
    const struct template *template;
    struct failures *failures;
    struct rate rate;
    struct progress_mark mark;
    char *bar;          /* shown last, or NULL */
    int64_t started_us; /* monotonic */
};

void report_init(struct report *report, const struct report_options *options,
                 struct writer *writer, const struct template *template,
                 int64_t now_us);
void report_release(struct report *report);

/* "poolrun: TEXT" */
void report_say(struct report *report, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Remember a failure for the end. */
void report_result(struct report *report, const struct result *result);

/* The command of an attempt, as it has to be typed into a shell. */
void report_command(struct report *report, const struct attempt *attempt);

/* Show how far it is; a few times a second. state lacks the times and the
 * rate: they are added here. */
void report_progress(struct report *report, struct progress_state state,
                     int64_t now_us, int64_t wall_us);

/* Take the bar away, but leave the last one if it was asked for, and tell the
 * failures. */
void report_end(struct report *report);

/* How far it is, and a line for each job that runs or waits at a runner. */
void report_jobs(struct report *report, struct scheduler *scheduler,
                 const struct pool *pool);

#endif

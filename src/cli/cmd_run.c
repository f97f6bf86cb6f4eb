/* SPDX-License-Identifier: MIT */
#include "cli/cmd_run.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/stream.h"
#include "cli/exit_status.h"
#include "cli/options.h"
#include "cli/run_setup.h"
#include "job/row.h"
#include "job/row_source.h"
#include "job/template.h"

#include <unistd.h>

static int tell(const struct err *err)
{
    (void)fprintf(stderr, "poolrun: %s\n", err->text);
    return EXIT_STATUS_POOLRUN;
}

static int die_by(int number)
{
    struct rlimit no_core = {0, 0};
    sigset_t set;

    (void)setrlimit(RLIMIT_CORE, &no_core); /* QUIT would leave one of ours */
    (void)signal(number, SIG_DFL);
    (void)sigemptyset(&set);
    (void)sigaddset(&set, number);
    (void)sigprocmask(SIG_UNBLOCK, &set, NULL);
    (void)raise(number);
    return 128 + number;
}

/* Print what would be run for a row; false if nothing would. */
static bool dry_run_row(const struct template *template, const struct row *row,
                        uint64_t seq, struct stream *stream)
{
    AUTO_BUF struct buf line = {0};
    struct err err = {0};

    if (template_check(template, row, &err)) {
        (void)fprintf(stderr, "poolrun: job %" PRIu64 " would not start: %s\n",
                      seq, err.text);
        return false;
    }
    template_quote(template, row, seq, 1, &line);
    buf_add_char(&line, '\n');
    stream_put(stream, line.data, line.len);
    return true;
}

static int dry_run(struct run_setup *setup)
{
    struct stream stream;
    struct err err = {0};
    struct row *row;
    uint64_t seq = 0;
    uint64_t failed = 0;
    int got = 0;

    stream_init(&stream, STDOUT_FILENO, "standard output");
    while (!stream.error &&
           (got = row_source_next(setup->source, &row, &err)) > 0) {
        failed += !dry_run_row(setup->batch.template, row, ++seq, &stream);
        row_free(row);
    }
    int torn = stream_flush(&stream, got < 0 ? NULL : &err);
    stream_release(&stream);
    if (torn || got < 0) {
        return tell(&err);
    }
    return failed > EXIT_STATUS_COUNT_MAX ? EXIT_STATUS_MANY : (int)failed;
}

static int run(struct run_setup *setup)
{
    struct run_outcome outcome;
    struct err err = {0};

    setup->reader = NULL; /* theirs now */
    setup->source = NULL;
    int failed = coordinator_run(&setup->run, &outcome, &err);
    if (failed) {
        return tell(&err);
    }
    return outcome.signal ? die_by(outcome.signal) : outcome.exit_status;
}

/* Somebody who waits for us while we wait for rows should know. */
static void tell_if_typed(const struct run_setup *setup)
{
    for (size_t i = 0; i < setup->input.source_count; i++) {
        if (setup->sources[i].kind == INPUT_STDIN && isatty(STDIN_FILENO)) {
            (void)fputs("poolrun: rows are read from the terminal, one a line; "
                        "Ctrl-D ends them\n",
                        stderr);
        }
    }
}

int cmd_run(const struct options *options)
{
    struct run_setup setup;
    struct err err = {0};

    if (fd_open_standard(&err) || run_setup_make(&setup, options, &err)) {
        return tell(&err);
    }
    tell_if_typed(&setup);
    int status = options->dry_run ? dry_run(&setup) : run(&setup);
    run_setup_release(&setup);
    return status;
}

/* SPDX-License-Identifier: MIT */
#include "cli/cmd_run.h"

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

/* Print what would be run. */
static int dry_run(struct run_setup *setup)
{
    struct stream stream;
    struct err err = {0};
    struct row *row;
    uint64_t seq = 0;
    int got;

    stream_init(&stream, STDOUT_FILENO, "standard output");
    while ((got = row_source_next(setup->source, &row, &err)) > 0) {
        AUTO_BUF struct buf line = {0};
        template_quote(setup->batch.template, row, ++seq, 1, &line);
        buf_add_char(&line, '\n');
        stream_put(&stream, line.data, line.len);
        row_free(row);
    }
    int failed = stream_flush(&stream, got < 0 ? NULL : &err);
    stream_release(&stream);
    return failed || got < 0 ? tell(&err) : EXIT_STATUS_OK;
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

int cmd_run(const struct options *options)
{
    struct run_setup setup;
    struct err err = {0};

    if (fd_open_standard(&err) || run_setup_make(&setup, options, &err)) {
        return tell(&err);
    }
    int status = options->dry_run ? dry_run(&setup) : run(&setup);
    run_setup_release(&setup);
    return status;
}

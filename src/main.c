/* SPDX-License-Identifier: MIT */
/* main.c - argv to exit status; the only exit */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "cli/cmd_run.h"
#include "cli/completion.h"
#include "cli/exit_status.h"
#include "cli/help.h"
#include "cli/options.h"
#include "worker/worker.h"

static int fail(const struct err *err)
{
    (void)fprintf(stderr, "poolrun: %s\n", err->text);
    return EXIT_STATUS_POOLRUN;
}

static int fail_usage(const struct err *err)
{
    (void)fail(err);
    (void)fputs("poolrun: try 'poolrun --help'\n", stderr);
    return EXIT_STATUS_POOLRUN;
}

static int print(const struct buf *text)
{
    if (fwrite(text->data, 1, text->len, stdout) != text->len ||
        fflush(stdout)) {
        struct err err;
        (void)err_set_errno(&err, errno, "cannot write to standard output");
        return fail(&err);
    }
    return EXIT_STATUS_OK;
}

static int print_help(void)
{
    AUTO_BUF struct buf text = {0};
    help_add(&text);
    return print(&text);
}

static int print_version(void)
{
    AUTO_BUF struct buf text = {0};
    buf_add_text(&text, PACKAGE_STRING "\n");
    return print(&text);
}

/* Only the build asks for it, so it is no option of the table. */
static int print_completion(const char *shell)
{
    AUTO_BUF struct buf script = {0};
    struct err err = {0};

    if (completion_add(shell, &script, &err) < 0) {
        return fail_usage(&err);
    }
    return print(&script);
}

int main(int argc, char **argv)
{
    struct options options;
    struct err err = {0};

    if (argc == 2 && !strcmp(argv[1], "--worker")) {
        return worker_main();
    }
    if (argc == 3 && !strcmp(argv[1], "--completion")) {
        return print_completion(argv[2]);
    }
    if (options_parse(argc, argv, &options, &err) < 0) {
        return fail_usage(&err);
    }
    int status = options.help      ? print_help()
                 : options.version ? print_version()
                                   : cmd_run(&options);
    options_release(&options);
    return status;
}

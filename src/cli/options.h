/* SPDX-License-Identifier: MIT */
/* options.h - a command line, taken apart
 *
 * Every text and word is one of argv and is lent from it; what an option
 * means stands in cli/option_table.c and in the manual. Durations, sizes and
 * whatever has a grammar of its own stay text: the module that knows the
 * grammar reads them.
 */

#ifndef POOLRUN_OPTIONS_H
#define POOLRUN_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/source_list.h"

struct err;

/* Choices count from 1 in the order of the table; 0 = not given. */
enum options_trim {
    OPTIONS_TRIM_DEFAULT, /* as BOTH */
    OPTIONS_TRIM_NONE,
    OPTIONS_TRIM_BOTH,
    OPTIONS_TRIM_BOTH_REVERSED, /* "rl"; parsing makes BOTH of it */
};

enum options_header {
    OPTIONS_HEADER_NONE,
    OPTIONS_HEADER_FIRST_ROW, /* ":" */
};

enum options_format {
    OPTIONS_FORMAT_NONE, /* what the jobs wrote, and no records */
    OPTIONS_FORMAT_TSV,
    OPTIONS_FORMAT_CSV,
    OPTIONS_FORMAT_JSONL,
};

enum options_load_unit {
    OPTIONS_LOAD_NONE,    /* no limit */
    OPTIONS_LOAD_JOBS,    /* so many runnable processes */
    OPTIONS_LOAD_PERCENT, /* of the usable cores */
};

struct options_load {
    enum options_load_unit unit;
    double limit;
};

/* Words of an option that may be given several times. */
struct options_words {
    const char **items; /* the array is owned */
    size_t len;
};

struct options {
    /* input */
    struct source_list sources; /* at least one */
    const char *delimiter;      /* as typed, "\\0" for -0; NULL = a newline */
    int max_args;               /* lines a row; 0 = one, and none appended */
    const char *eof;            /* NULL = none */
    const char *colsep;         /* NULL = none */
    enum options_trim trim;
    enum options_header header;
    bool csv;
    bool jsonl;
    bool link;
    bool drop_empty;
    bool shuf;

    /* the command */
    char **command; /* its words, part of argv */
    size_t command_len;
    const char *replace; /* what stands for the row; "{}" */
    bool shell;
    bool no_names;

    /* running */
    const char *jobs;        /* "auto" */
    const char *timeout;     /* NULL = none */
    const char *retry_delay; /* NULL = none */
    const char *delay;       /* NULL = none */
    const char *memfree;     /* NULL = none */
    const char *limit_mem;   /* NULL = none */
    const char *halt;        /* NULL = never */
    const char *term_seq;    /* NULL = as the manual says */
    const char *wd;          /* NULL = where poolrun is */
    struct options_load load;
    struct options_words env; /* names, or lists of them with commas */
    int retries;              /* tries in all; 0 = no end of them */
    int nice;                 /* 0 = as poolrun itself */
    int crash_limit;
    bool pin;
    bool keep_background;
    bool dry_run;
    bool verbose;

    /* output */
    bool keep_order;
    bool line_buffer;
    bool ungroup;
    bool tag;
    const char *tagstring; /* NULL = none */
    enum options_format format;
    const char *columns; /* NULL = all */
    const char *joblog;  /* NULL = none */
    const char *results; /* NULL = none */
    bool bar;
    bool progress;

    /* instead of a run */
    bool help;
    bool version;
};

/* Take argv[1] to argv[argc - 1] apart. The caller releases options, which
 * argv must outlive. With help or version nothing after that option is read.
 */
int options_parse(int argc, char **argv, struct options *options,
                  struct err *err) __attribute__((warn_unused_result));
void options_release(struct options *options);

#endif

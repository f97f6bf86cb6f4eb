/* SPDX-License-Identifier: MIT */
/* input_options.h - where rows come from, as the user said it
 *
 * Everything a pointer leads to is lent for the life of the row_source made of
 * it. Zero-initialised means: standard input, one row a line.
 */

#ifndef POOLRUN_INPUT_OPTIONS_H
#define POOLRUN_INPUT_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct err;

enum input_kind {
    INPUT_STDIN,
    INPUT_FILE,   /* -a FILE, :::: FILE */
    INPUT_VALUES, /* ::: VALUE... */
    INPUT_PARAM,  /* --param NAME=SPEC */
};

struct input_source {
    enum input_kind kind;
    bool is_linked;   /* :::+ and ::::+: goes along with the one before */
    const char *text; /* FILE: its path, "-" is standard input;
                       * PARAM: NAME=SPEC */
    const char *const *values; /* VALUES */
    size_t value_count;
};

/* Reads as base/fd.h's fd_read does, which stands in where read is NULL. A
 * thread that reads rows can thus hand on what it has before it blocks, and be
 * stopped: -1 with errno ECANCELED becomes an err with that code. */
struct row_reader_hooks {
    ssize_t (*read)(void *ctx, int fd, void *data, size_t len);
    void *ctx;
};

struct input_options {
    const struct input_source *sources; /* in order; none: standard input */
    size_t source_count;
    bool link_all;         /* --link: all go along, the short ones wrap */
    const char *delimiter; /* -d, as typed; -0 is "\\0"; NULL: newline */
    size_t lines_per_row;  /* -n; 0 is 1 */
    bool drop_empty;       /* -r: of lines and values */
    const char *end_text;  /* -E: a line or value that ends its source */
    const char *colsep;    /* -C: a pattern, see column_splitter.h; or NULL */
    bool trim_none;        /* --trim n */
    bool has_header;       /* --header : */
    bool is_csv;
    bool is_jsonl;
    struct row_reader_hooks hooks;
};

/* The byte a -d names: one character, or \n \r \t \0 \\ \xHH. */
int input_delimiter(const char *text, char *delimiter, struct err *err)
    __attribute__((warn_unused_result));

/* The options go together? Else a sentence says which do not. */
int input_options_check(const struct input_options *options, struct err *err)
    __attribute__((warn_unused_result));

/* The byte between the fields of --csv: from -d, from a --colsep of one
 * character, or a comma. */
int input_csv_separator(const struct input_options *options, char *separator,
                        struct err *err) __attribute__((warn_unused_result));

#endif

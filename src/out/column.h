/* SPDX-License-Identifier: MIT */
/* column.h - what a column of a table takes from a result
 *
 * Record columns have fixed names: seq, exit, signal, seconds, pool, attempt,
 * slot, started, cpu, peak_kib, cause, command, stdout, stderr, result.
 *
 * exit is that of the joblog (out/joblog.h): a job is good if exit and signal
 * are both 0. seconds and cpu are durations, started is seconds since 1970, to
 * the millisecond. cause is missing for a success; what a job never had (a
 * slot, a pool, a start) is missing, too. result is the JSON on stdout
 * (out/answer.h).
 */

#ifndef POOLRUN_COLUMN_H
#define POOLRUN_COLUMN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "out/value.h"

struct answer;
struct err;
struct result;

enum column_kind {
    COLUMN_SEQ,
    COLUMN_EXIT,
    COLUMN_SIGNAL,
    COLUMN_SECONDS,
    COLUMN_POOL,
    COLUMN_ATTEMPT,
    COLUMN_SLOT,
    COLUMN_STARTED,
    COLUMN_CPU,
    COLUMN_PEAK_KIB,
    COLUMN_CAUSE,
    COLUMN_COMMAND,
    COLUMN_STDOUT,
    COLUMN_STDERR,
    COLUMN_RESULT,     /* path: into the JSON on stdout; empty = the whole */
    COLUMN_FIELD,      /* number: which, from 1 */
    COLUMN_OUT,        /* number: field of stdout's last line (out/answer.h) */
    COLUMN_ALL_FIELDS, /* has no one value: the table expands it */
    COLUMN_ANSWER,     /* the JSON on stdout, else stdout */
    COLUMN_HOST,       /* as in the joblog */
    COLUMN_SENT,       /* bytes: none */
    COLUMN_RECEIVED,   /* bytes of stdout */
};

struct column {
    enum column_kind kind;
    long number;
    struct bytes name; /* in the header or as a key */
    struct bytes path; /* part of the name */
};

/* The kind of a record column by its name; false for any other name. */
bool column_find(struct bytes name, enum column_kind *kind);

/* The name of a record column. */
const char *column_name(enum column_kind kind);

/* The names of all record columns, joined by ", ". */
void column_add_names(struct buf *out);

/* Does the value come from the answer? From the command? */
bool column_needs_answer(const struct column *column);
bool column_needs_command(const struct column *column);

/* What a value is taken from. All is lent, and so is the value. */
struct column_source {
    const struct result *result;
    struct bytes command;
    const struct answer *answer; /* NULL: nobody needs it */
    struct buf *scratch;         /* for what has to be written down first */
};

struct value column_value(const struct column *column,
                          const struct column_source *source);

#endif

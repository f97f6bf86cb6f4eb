/* SPDX-License-Identifier: MIT */
/* result.h - what became of a job
 *
 * A job that fails is a result like any other. It is made when the job
 * settles and handed on whole: from then on it owns the job's row and what
 * was written.
 */

#ifndef POOLRUN_RESULT_H
#define POOLRUN_RESULT_H

#include <stdbool.h>
#include <stdint.h>

struct blob;
struct row;

enum result_status {
    RESULT_EXITED,        /* exit_code tells */
    RESULT_SIGNALED,      /* ended by signal */
    RESULT_TIMED_OUT,     /* ended by us, with signal */
    RESULT_OUT_OF_MEMORY, /* ended with signal, for the memory it took */
    RESULT_WORKER_LOST,   /* its workers died too often */
    RESULT_NOT_STARTED,   /* message tells why; exit_code 126 or 127 */
};

struct result {
    uint64_t seq; /* of the job, from 1 */
    unsigned attempt;
    enum result_status status;
    int exit_code;       /* 0 unless EXITED or NOT_STARTED */
    int signal;          /* 0 unless ended by one */
    unsigned slot;       /* of the worker, from 1; 0 = never had one */
    const char *pool;    /* its name; lent for the life of the run */
    int64_t started_us;  /* wall clock, since 1970 */
    int64_t duration_us; /* monotonic */
    int64_t cpu_us;      /* user and system */
    int64_t peak_kib;    /* largest resident set of one process */
    char *message;       /* a sentence, or NULL; owned */
    struct row *row;     /* owned */
    uint64_t out_bytes;  /* written to stdout, kept or not */
    struct blob *out;    /* NULL = nothing was written; owned */
    struct blob *err;    /* likewise */
};

struct result *result_new(void);
void result_free(struct result *result);

/* True for exit status 0 and nothing else. */
bool result_ok(const struct result *result);

/* The exit status poolrun itself ends with when this result decides it:
 * 128 + N for a signal (GNU parallel does the same). */
int result_exit_status(const struct result *result);

/* "exit 3", "signal KILL", "timeout", "out of memory", "worker lost",
 * "not started: WHY". The text is in buf, cut to size. */
const char *result_cause(const struct result *result, char *buf, unsigned size);

#endif

/* SPDX-License-Identifier: MIT */
/* term_seq.h - which signals end a job, and how long to wait between them
 *
 *     TERM,200,TERM,100,TERM,50,KILL
 *
 * Signals and waits in milliseconds take turns; the first is a signal, a wait
 * may come last. Signals are named with or without SIG, or by number.
 */

#ifndef POOLRUN_TERM_SEQ_H
#define POOLRUN_TERM_SEQ_H

#include <stddef.h>

struct err;

/* A wait is at most an hour. */
enum { TERM_SEQ_MAX_STEPS = 16, TERM_SEQ_MAX_WAIT_MS = 3600000 };

struct term_step {
    int signal;
    unsigned wait_ms; /* after it; 0 after the last unless one is given */
};

struct term_seq {
    struct term_step steps[TERM_SEQ_MAX_STEPS];
    size_t count; /* at least 1 */
};

#define TERM_SEQ_DEFAULT "TERM,200,TERM,100,TERM,50,KILL"

int term_seq_parse(const char *text, struct term_seq *seq, struct err *err)
    __attribute__((warn_unused_result));

#endif

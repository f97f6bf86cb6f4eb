/* SPDX-License-Identifier: MIT */
/* outcome.h - why a run ends, and what it ends with */

#ifndef POOLRUN_OUTCOME_H
#define POOLRUN_OUTCOME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "run/halt.h"
#include "run/scheduler.h"

struct result;

struct outcome {
    int signal; /* that ends us; 0 = none */
    int unable; /* 126, 127: the command can be run nowhere; 0 = not so */
    bool has_halted;
    int halt_status;    /* of the job that made it halt; -1 = none decides */
    struct err trouble; /* what poolrun itself fails by; code 0 = none */
};

/* A job has settled: does the run halt for it? Says so once. */
enum halt_decision outcome_halts(struct outcome *outcome,
                                 const struct halt *halt,
                                 const struct result *result,
                                 const struct halt_counts *counts);

/* Only the first trouble is kept. That nobody reads what we write (EPIPE) ends
 * us by SIGPIPE, as any filter. */
void outcome_add_trouble(struct outcome *outcome, const struct err *err);

/* The exit status, unless a signal or trouble ends it: of the job that made it
 * halt, or how many failed, 101 for more than 100. */
int outcome_status(const struct outcome *outcome,
                   struct scheduler_counts counts);

#endif

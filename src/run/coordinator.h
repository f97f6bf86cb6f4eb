/* SPDX-License-Identifier: MIT */
/* coordinator.h - one run from start to end
 *
 * Owns the loop and puts the parts together: rows become jobs, the scheduler
 * gives them to the pool, what they write and come to goes to the printer.
 *
 *   RUNNING --nothing is in flight, nothing will be--> LEAVING
 *     |                                                  |
 *     +--INT TERM QUIT, halt, trouble: stop; HUP: drain  +--pool empty--> end
 */

#ifndef POOLRUN_COORDINATOR_H
#define POOLRUN_COORDINATOR_H

#include <stdbool.h>
#include <stdint.h>

#include "out/printer.h"
#include "pool/pool_local.h"
#include "run/gate.h"
#include "run/halt.h"
#include "run/report.h"
#include "run/scheduler.h"

struct batch;
struct err;
struct reader;
struct row_source;

struct run_options {
    const struct batch *batch;
    struct reader *reader;     /* lent */
    struct row_source *source; /* taken over by the reader */
    struct scheduler_options scheduler;
    struct halt halt;
    struct gate gate;
    struct printer_options printer;
    struct pool_local_options pool;
    struct report_options report;
    int joblog_fd; /* taken over; -1 = none */
    const char *joblog_name;
    bool verbose; /* each command on stderr before it starts */
    uint64_t seq; /* of the first job, minus 1 */
};

struct run_outcome {
    int exit_status;
    int signal; /* to end by; 0 = none */
};

/* 0: it ran, and *result tells how it ended. -1: poolrun itself failed; what
 * had finished is printed all the same. */
int coordinator_run(const struct run_options *options,
                    struct run_outcome *result, struct err *err)
    __attribute__((warn_unused_result));

#endif

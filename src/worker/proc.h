/* SPDX-License-Identifier: MIT */
/* proc.h - one job's process on this machine, from start to nothing left
 *
 *   IDLE --proc_start--> RUNNING --its process ends--> ENDED --+
 *     ^                                                        |
 *     +--on_clear: all output read and nothing left behind-----+
 *
 * on_ended comes when the process has ended and its output is read; on_clear
 * when the next may start. What the job left behind is killed in between,
 * unless keep_background is set.
 */

#ifndef POOLRUN_PROC_H
#define POOLRUN_PROC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/term_seq.h"
#include "job/result.h"

struct ev_loop;
struct err;
struct proc;
struct spawn_plan;

struct proc_outcome {
    enum result_status status;
    int exit_code;
    int signal;
    int64_t started_us;  /* wall clock */
    int64_t duration_us; /* without the time it was paused */
    int64_t cpu_us;
    int64_t peak_kib;
};

struct proc_options {
    uint64_t timeout_us;  /* 0 = none */
    uint64_t limit_bytes; /* of resident memory, 0 = none */
    uint64_t allowed;     /* bytes of output, to begin with */
    struct term_seq term_seq;
    bool keep_background;
};

struct proc_events {
    void (*on_output)(void *ctx, unsigned stream, uint64_t offset,
                      const char *data, size_t len);
    void (*on_ended)(void *ctx, const struct proc_outcome *outcome);
    void (*on_clear)(void *ctx);
};

struct proc *proc_new(struct ev_loop *loop, const struct proc_events *events,
                      void *ctx);
void proc_free(struct proc *proc);

/* Start a command; plan's stdout and stderr are set here. On -1 nothing runs,
 * no event follows and *exit_code is 126 or 127. */
int proc_start(struct proc *proc, struct spawn_plan *plan,
               const struct proc_options *options, int *exit_code,
               struct err *err) __attribute__((warn_unused_result));

bool proc_is_idle(const struct proc *proc); /* another may be started */
int proc_pid(const struct proc *proc);      /* 0 = none runs */
void proc_allow(struct proc *proc, uint64_t bytes);

/* Since its start; 0 = none. */
void proc_set_timeout(struct proc *proc, uint64_t timeout_us);

/* Stop it and its clock, or let it go on. None may be started meanwhile. */
void proc_pause(struct proc *proc, bool on);

/* Of a process that runs the outcome is RESULT_SIGNALED from here on. What is
 * in its pipes when it has ended is read without an allowance. */
void proc_kill(struct proc *proc, bool at_once);

#endif

/* SPDX-License-Identifier: MIT */
/* verdict.h - the result that an attempt's end, or its lack, makes */

#ifndef POOLRUN_VERDICT_H
#define POOLRUN_VERDICT_H

struct attempt;
struct frame_done;
struct job;
struct result;

/* What a finished attempt came to. Takes what was written over from it; the
 * row stays with the job. The caller owns the result. */
struct result *verdict_of_done(struct attempt *attempt,
                               const struct frame_done *done);

/* The job's workers died too often. */
struct result *verdict_of_loss(const struct attempt *attempt);

/* No attempt can be made of the job, for a reason (a sentence). */
struct result *verdict_not_started(const struct job *job, int exit_code,
                                   const char *why);

#endif

/* SPDX-License-Identifier: MIT */
#include "run/verdict.h"

#include "base/auto.h"
#include "base/xalloc.h"
#include "job/attempt.h"
#include "job/job.h"
#include "job/result.h"
#include "pool/pool.h"
#include "pool/runner.h"
#include "wire/frame.h"

/* The far end may say any number. */
static enum result_status known_status(uint64_t status)
{
    return status <= RESULT_NOT_STARTED ? (enum result_status)status
                                        : RESULT_WORKER_LOST;
}

struct result *verdict_of_done(struct attempt *attempt,
                               const struct frame_done *done)
{
    struct result *result = result_new();
    result->seq = attempt->job->seq;
    result->attempt = attempt->number;
    result->status = known_status(done->status);
    result->exit_code = (int)(done->exit_code & 0xff);
    result->signal = (int)(done->signal & 0x7f);
    result->slot = (unsigned)done->slot;
    result->pool = attempt->runner->pool->name;
    result->started_us = done->started_us;
    result->duration_us = done->duration_us;
    result->cpu_us = done->cpu_us;
    result->peak_kib = done->peak_kib;
    if (done->message.len) {
        result->message = xmemdup0(done->message.data, done->message.len);
    }
    result->out_bytes = attempt->received[0];
    result->out = TAKE(attempt->out[0]);
    result->err = TAKE(attempt->out[1]);
    return result;
}

struct result *verdict_of_loss(const struct attempt *attempt)
{
    struct result *result = result_new();
    result->seq = attempt->job->seq;
    result->attempt = attempt->number;
    result->status = RESULT_WORKER_LOST;
    result->slot = attempt->slot;
    result->pool = attempt->runner->pool->name;
    return result;
}

struct result *verdict_not_started(const struct job *job, int exit_code,
                                   const char *why)
{
    struct result *result = result_new();
    result->seq = job->seq;
    result->attempt = job->attempts_made;
    result->status = RESULT_NOT_STARTED;
    result->exit_code = exit_code;
    result->pool = "-";
    result->message = xstrdup(why);
    return result;
}

/* SPDX-License-Identifier: MIT */
#include "job/result.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/blob.h"
#include "base/signal_name.h"
#include "base/xalloc.h"
#include "job/row.h"

struct result *result_new(void)
{
    return NEW(struct result);
}

void result_free(struct result *result)
{
    if (result) {
        row_free(result->row);
        blob_free(result->out);
        blob_free(result->err);
        free(result->message);
        free(result);
    }
}

bool result_ok(const struct result *result)
{
    return result->status == RESULT_EXITED && result->exit_code == 0;
}

int result_exit_status(const struct result *result)
{
    if (result->signal) {
        return 128 + result->signal;
    }
    return result_ok(result) || result->exit_code ? result->exit_code : 1;
}

const char *result_cause(const struct result *result, char *buf, unsigned size)
{
    const char *name = signal_name(result->signal);

    switch (result->status) {
    case RESULT_EXITED:
        (void)snprintf(buf, size, "exit %d", result->exit_code);
        break;
    case RESULT_SIGNALED:
        if (name) {
            (void)snprintf(buf, size, "signal %s", name);
        } else {
            (void)snprintf(buf, size, "signal %d", result->signal);
        }
        break;
    case RESULT_TIMED_OUT:
        (void)snprintf(buf, size, "timeout");
        break;
    case RESULT_OUT_OF_MEMORY:
        (void)snprintf(buf, size, "out of memory");
        break;
    case RESULT_WORKER_LOST:
        (void)snprintf(buf, size, "worker lost");
        break;
    case RESULT_NOT_STARTED:
        (void)snprintf(buf, size, "not started: %s",
                       result->message ? result->message : "unknown");
        break;
    }
    return buf;
}

/* SPDX-License-Identifier: MIT */
#include "run/outcome.h"

#include <errno.h>
#include <signal.h>

#include "job/result.h"

enum { MOST_COUNTED = 100, MANY = 101 };

enum halt_decision outcome_halts(struct outcome *outcome,
                                 const struct halt *halt,
                                 const struct result *result,
                                 const struct halt_counts *counts)
{
    enum halt_decision decision = halt_decide(halt, counts);
    if (decision == HALT_NO || outcome->has_halted) {
        return HALT_NO;
    }
    outcome->has_halted = true;
    if (halt_takes_status(halt)) {
        outcome->halt_status = result_exit_status(result);
    }
    return decision;
}

void outcome_add_trouble(struct outcome *outcome, const struct err *err)
{
    if (!outcome->trouble.code) {
        outcome->trouble = *err;
        outcome->trouble.code = err->code ? err->code : EIO;
        if (err->code == EPIPE && !outcome->signal) {
            outcome->signal = SIGPIPE;
        }
    }
}

int outcome_status(const struct outcome *outcome,
                   struct scheduler_counts counts)
{
    if (outcome->unable) {
        return outcome->unable;
    }
    if (outcome->has_halted && outcome->halt_status >= 0) {
        return outcome->halt_status;
    }
    return counts.failed > MOST_COUNTED ? MANY : (int)counts.failed;
}

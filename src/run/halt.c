/* SPDX-License-Identifier: MIT */
#include "run/halt.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

#include "base/err.h"

/* More jobs than any run has, and far from overflow. */
#define LIMIT_MAX UINT64_C(1000000000000000)

static bool take(const char **text, const char *prefix)
{
    size_t len = strlen(prefix);
    if (strncmp(*text, prefix, len) != 0) {
        return false;
    }
    *text += len;
    return true;
}

static bool parse_limit(const char *text, struct halt *halt)
{
    const char *at = text;
    uint64_t limit = 0;

    for (; *at >= '0' && *at <= '9' && limit <= LIMIT_MAX; at++) {
        limit = limit * 10 + (uint64_t)(*at - '0');
    }
    if (at == text) {
        return false;
    }
    halt->limit = limit;
    halt->is_percent = take(&at, "%");
    return !*at && limit >= 1 && limit <= (halt->is_percent ? 100 : LIMIT_MAX);
}

/* never, and the numbers of old. */
static bool parse_short(const char *text, struct halt *halt)
{
    static const struct {
        const char *text;
        struct halt halt;
    } words[] = {
        {"never", {0}},
        {"0", {0}},
        {"1", {HALT_SOON, HALT_FAIL, false, 1}},
        {"2", {HALT_NOW, HALT_FAIL, false, 1}},
        {"-1", {HALT_SOON, HALT_SUCCESS, false, 1}},
        {"-2", {HALT_NOW, HALT_SUCCESS, false, 1}},
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!strcmp(text, words[i].text)) {
            *halt = words[i].halt;
            return true;
        }
    }
    struct halt percent = {.when = HALT_SOON, .why = HALT_FAIL};
    if (parse_limit(text, &percent) && percent.is_percent) {
        *halt = percent;
        return true;
    }
    return false;
}

int halt_parse(const char *text, struct halt *halt, struct err *err)
{
    struct halt result = {0};
    const char *at = text;

    if (parse_short(text, halt)) {
        return 0;
    }
    if (take(&at, "now,")) {
        result.when = HALT_NOW;
    } else if (take(&at, "soon,")) {
        result.when = HALT_SOON;
    } else {
        return err_set(err, EINVAL,
                       "\"%s\" must be \"never\" or begin with \"now,\" or "
                       "\"soon,\", as in now,fail=1",
                       text);
    }
    if (take(&at, "fail=")) {
        result.why = HALT_FAIL;
    } else if (take(&at, "success=")) {
        result.why = HALT_SUCCESS;
    } else if (take(&at, "done=")) {
        result.why = HALT_DONE;
    } else {
        return err_set(err, EINVAL,
                       "\"%s\" must go on with fail=, success= or done=, as "
                       "in now,fail=1",
                       text);
    }
    if (!parse_limit(at, &result)) {
        return err_set(err, EINVAL,
                       "\"%s\" must end in a number of jobs from 1 or in 1%% "
                       "to 100%%, as in now,fail=1",
                       text);
    }
    *halt = result;
    return 0;
}

bool halt_needs_total(const struct halt *halt)
{
    return halt->when != HALT_NO && halt->is_percent;
}

static uint64_t count_of(enum halt_why why, const struct halt_counts *counts)
{
    switch (why) {
    case HALT_FAIL:
        return counts->failed;
    case HALT_SUCCESS:
        return counts->succeeded;
    case HALT_DONE:
        break;
    }
    return counts->done;
}

/* Percent of all jobs, rounded up, without an overflow on the way. */
static uint64_t percent_of(uint64_t total, uint64_t percent)
{
    return total / 100 * percent + (total % 100 * percent + 99) / 100;
}

enum halt_decision halt_decide(const struct halt *halt,
                               const struct halt_counts *counts)
{
    uint64_t count = count_of(halt->why, counts);
    uint64_t limit = halt->limit;

    if (halt->when == HALT_NO || !count) {
        return HALT_NO;
    }
    if (halt->is_percent) {
        if (!counts->total_known) {
            return HALT_NO;
        }
        limit = percent_of(counts->total, halt->limit);
    }
    return count >= limit ? halt->when : HALT_NO;
}

bool halt_takes_status(const struct halt *halt)
{
    return halt->when != HALT_NO && halt->why == HALT_FAIL &&
           !halt->is_percent && halt->limit == 1;
}

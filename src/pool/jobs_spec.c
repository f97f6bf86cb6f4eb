/* SPDX-License-Identifier: MIT */
#include "pool/jobs_spec.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/resource.h>

#include "base/err.h"

/* Digits, and nothing behind them but suffix. */
static bool parse_value(const char *text, const char *suffix, unsigned *value)
{
    const char *at = text;
    unsigned number = 0;

    for (; *at >= '0' && *at <= '9' && number <= JOBS_SPEC_MAX_VALUE; at++) {
        number = number * 10 + (unsigned)(*at - '0');
    }
    *value = number;
    return at > text && !strcmp(at, suffix) && number <= JOBS_SPEC_MAX_VALUE;
}

static bool parse(const char *text, struct jobs_spec *spec)
{
    if (!strcmp(text, "auto")) {
        *spec = (struct jobs_spec){.kind = JOBS_SPEC_AUTO};
        return true;
    }
    if (*text == '+' || *text == '-') {
        spec->kind = *text == '+' ? JOBS_SPEC_PLUS : JOBS_SPEC_MINUS;
        return parse_value(text + 1, "", &spec->value);
    }
    if (parse_value(text, "", &spec->value)) {
        spec->kind = spec->value ? JOBS_SPEC_COUNT : JOBS_SPEC_UNLIMITED;
        return true;
    }
    spec->kind = JOBS_SPEC_PERCENT;
    return parse_value(text, "%", &spec->value);
}

int jobs_spec_parse(const char *text, struct jobs_spec *spec, struct err *err)
{
    struct jobs_spec result = {0};

    if (!parse(text, &result)) {
        return err_set(err, EINVAL,
                       "\"%s\" is no number of workers: give auto, N, +N, -N "
                       "or N%%, with N up to %d (0: as many as possible)",
                       text, JOBS_SPEC_MAX_VALUE);
    }
    *spec = result;
    return 0;
}

static uint64_t limit_of(const struct rlimit *limit)
{
    return limit->rlim_cur == RLIM_INFINITY ? UINT64_MAX : limit->rlim_cur;
}

struct jobs_limits jobs_limits_read(void)
{
    struct jobs_limits limits = {UINT64_MAX, UINT64_MAX};
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limits.files = limit_of(&limit);
    }
    if (getrlimit(RLIMIT_NPROC, &limit) == 0) {
        limits.processes = limit_of(&limit);
    }
    return limits;
}

static uint64_t smaller(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

static uint64_t less(uint64_t from, uint64_t what)
{
    return from > what ? from - what : 0;
}

static uint64_t unlimited(const struct jobs_limits *limits)
{
    uint64_t files = less(limits->files, JOBS_SPEC_RESERVED_FILES);
    uint64_t processes = limits->processes / 2;
    return smaller(smaller(files, processes), JOBS_SPEC_MAX_UNLIMITED);
}

unsigned jobs_spec_resolve(const struct jobs_spec *spec, unsigned cores,
                           const struct jobs_limits *limits)
{
    uint64_t count = cores;

    switch (spec->kind) {
    case JOBS_SPEC_AUTO:
        break;
    case JOBS_SPEC_COUNT:
        count = spec->value;
        break;
    case JOBS_SPEC_PLUS:
        count += spec->value;
        break;
    case JOBS_SPEC_MINUS:
        count = less(count, spec->value);
        break;
    case JOBS_SPEC_PERCENT:
        count = count * spec->value / 100;
        break;
    case JOBS_SPEC_UNLIMITED:
        count = unlimited(limits);
        break;
    }
    return count ? (unsigned)smaller(count, UINT32_MAX) : 1;
}

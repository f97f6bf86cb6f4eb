/* SPDX-License-Identifier: MIT */
/* jobs_spec.h - how many workers -j asks for
 *
 *     auto   as many as there are usable cores
 *     8      8
 *     +2 -1  2 more than cores, 1 less
 *     150%   of the cores, rounded down
 *     0      as many as the limits allow
 *
 * Always at least 1. "As many as the limits allow" is the smallest of
 *     - open files, less 32 for what is no worker: a worker costs its
 *       coordinator one descriptor;
 *     - half the processes: a worker and its command are two;
 *     - 4096.
 */

#ifndef POOLRUN_JOBS_SPEC_H
#define POOLRUN_JOBS_SPEC_H

#include <stdint.h>

struct err;

enum { JOBS_SPEC_MAX_UNLIMITED = 4096, JOBS_SPEC_RESERVED_FILES = 32 };

/* No number may be larger. */
enum { JOBS_SPEC_MAX_VALUE = 1000000 };

enum jobs_spec_kind {
    JOBS_SPEC_AUTO,
    JOBS_SPEC_COUNT,
    JOBS_SPEC_PLUS,
    JOBS_SPEC_MINUS,
    JOBS_SPEC_PERCENT,
    JOBS_SPEC_UNLIMITED,
};

struct jobs_spec {
    enum jobs_spec_kind kind; /* zero-initialised is auto */
    unsigned value;           /* of COUNT, PLUS, MINUS, PERCENT */
};

/* What the kernel lets this process have; UINT64_MAX = no limit. */
struct jobs_limits {
    uint64_t files;
    uint64_t processes;
};

int jobs_spec_parse(const char *text, struct jobs_spec *spec, struct err *err)
    __attribute__((warn_unused_result));

struct jobs_limits jobs_limits_read(void);

/* How many workers that is on so many usable cores. */
unsigned jobs_spec_resolve(const struct jobs_spec *spec, unsigned cores,
                           const struct jobs_limits *limits);

#endif

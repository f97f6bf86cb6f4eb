/* SPDX-License-Identifier: MIT */
/* batch.h - one template, its options, and where its rows come from
 *
 * What every job of it has in common. It is sent once to each runner.
 */

#ifndef POOLRUN_BATCH_H
#define POOLRUN_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "job/template.h"

struct batch {
    uint64_t number; /* from 1 */
    uint64_t run;    /* whose life it is part of; random */
    uint64_t epoch;  /* which start of that run's coordinator, from 1 */
    struct template *template; /* owned */
    struct template_options options;
    const struct bytes *words; /* the command; lent, as all that follows */
    size_t word_count;
    const struct bytes *names;
    size_t name_count;
    const struct bytes *environment; /* NAME=VALUE to bring to each job */
    size_t environment_count;
    const char *folder;   /* NULL = where each runner is */
    const char *term_seq; /* NULL = the usual one */
    int nice;
    uint64_t limit_bytes; /* of memory, 0 = none */
    bool keep_background;
};

#endif

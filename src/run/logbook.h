/* SPDX-License-Identifier: MIT */
/* logbook.h - the joblog of a run: a line as each job settles */

#ifndef POOLRUN_LOGBOOK_H
#define POOLRUN_LOGBOOK_H

#include <stdbool.h>

struct result;
struct template;
struct writer;

struct logbook {
    bool is_kept; /* false: no joblog was asked for */
    struct writer *writer;
    const struct template *template;
};

/* The heading. */
void logbook_start(const struct logbook *logbook);
void logbook_add(const struct logbook *logbook, const struct result *result);

#endif

/* SPDX-License-Identifier: MIT */
/* printer.h - what jobs wrote goes to stdout and stderr
 *
 * Each job whole, when it has settled; or live, by lines or as it comes. With
 * keep_order job after job: what comes too early is held, and the one whose
 * turn it is may be live. Nothing is torn, mixed or changed.
 *
 * Runs in the loop; writing is the writer's.
 */

#ifndef POOLRUN_PRINTER_H
#define POOLRUN_PRINTER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"

struct attempt;
struct err;
struct printer;
struct result;
struct results_dir;
struct row;
struct spool;
struct table;
struct template;
struct writer;

enum printer_mode {
    PRINTER_WHOLE,
    PRINTER_LINES, /* live, whole lines */
    PRINTER_LIVE,  /* live, as it comes */
};

struct printer_options {
    enum printer_mode mode;
    bool keep_order;
    bool tag; /* each line begins with the row and a TAB */
    const struct template *tagstring; /* or with this and a TAB; NULL = none */
    const struct template *command;   /* what is run, for records */
    struct table *table;              /* records instead; NULL = none */
    struct results_dir *folder;       /* files instead; NULL = none */
};

/* All of options, spool and writer are lent for the printer's life. */
struct printer *printer_new(const struct printer_options *options,
                            struct spool *spool, struct writer *writer);
void printer_free(struct printer *printer); /* what it holds is dropped */

/* Before the first job: what stands at the top of a table. */
void printer_start(struct printer *printer);

/* An attempt has written something; stream 0 is stdout. It is kept in any
 * case; -1: in memory, because the spool has no room. */
int printer_add(struct printer *printer, struct attempt *attempt,
                unsigned stream, struct bytes data, struct err *err)
    __attribute__((warn_unused_result));

/* A job has settled; takes over the result. */
void printer_settle(struct printer *printer, struct result *result);

/* No more will settle: print what is held. */
void printer_finish(struct printer *printer);

#endif

/* SPDX-License-Identifier: MIT */
/* run_setup.h - from the options of a command line to the parts of a run
 *
 * All texts are checked here, and all files opened, before any job starts:
 * what is wrong with a command line costs nothing.
 */

#ifndef POOLRUN_RUN_SETUP_H
#define POOLRUN_RUN_SETUP_H

#include <stddef.h>

#include "base/bytes.h"
#include "job/batch.h"
#include "job/input_options.h"
#include "run/coordinator.h"

struct err;
struct options;
struct reader;
struct results_dir;
struct row_source;
struct table;
struct template;

struct run_setup {
    struct run_options run; /* for coordinator_run; lent by the rest */
    struct batch batch;
    struct input_options input;
    struct input_source *sources;
    struct reader *reader;     /* NULL once it is handed over */
    struct row_source *source; /* likewise */
    struct bytes *words;
    struct bytes *environment;
    char **environment_texts;
    size_t environment_count;
    struct bytes tagstring_word;
    struct template *tagstring;
    struct results_dir *folder;
    struct table *table;
};

/* -1: nothing was started, and there is nothing to release. */
int run_setup_make(struct run_setup *setup, const struct options *options,
                   struct err *err) __attribute__((warn_unused_result));
void run_setup_release(struct run_setup *setup);

#endif

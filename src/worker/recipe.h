/* SPDX-License-Identifier: MIT */
/* recipe.h - a batch as its worker knows it: how to run each of its jobs
 *
 * Made once from the BATCH frame: the template, the program found in PATH,
 * the environment.
 */

#ifndef POOLRUN_RECIPE_H
#define POOLRUN_RECIPE_H

#include <stdint.h>

#include "worker/proc.h"
#include "worker/spawn.h"

struct err;
struct frame_batch;
struct frame_id;
struct recipe;
struct row;

/* NULL: no job of the batch can be run here; *exit_code is 126 or 127. */
struct recipe *recipe_new(const struct frame_batch *batch, const char *pool,
                          unsigned slot, int *exit_code, struct err *err)
    __attribute__((warn_unused_result));
void recipe_free(struct recipe *recipe);

uint64_t recipe_batch(const struct recipe *recipe);

/* What to start for this row and attempt, with stdin /dev/null. Lent until the
 * next call. -1: the row does not fit the template. */
int recipe_prepare(struct recipe *recipe, const struct row *row,
                   const struct frame_id *id, struct spawn_plan *plan,
                   struct err *err) __attribute__((warn_unused_result));

/* The options all of its jobs have in common. */
struct proc_options recipe_options(const struct recipe *recipe);

#endif

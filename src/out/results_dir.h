/* SPDX-License-Identifier: MIT */
/* results_dir.h - the output of each job in files, laid out as by GNU parallel
 *
 *     DIR/<field's number or name>/<value>/.../{stdout,stderr,seq}
 *
 * The folders are those of out/results_path.h; no name and no link leads out
 * of DIR. Each file is written under another name (".stdout~", ...) and then
 * renamed, seq last: a folder with a seq holds a whole result. Rows that are
 * equal share a folder, which keeps the last result.
 */

#ifndef POOLRUN_RESULTS_DIR_H
#define POOLRUN_RESULTS_DIR_H

#include <stddef.h>

#include "base/bytes.h"

struct err;
struct result;
struct results_dir;

/* Make DIR, and the folders above it, where they are missing. The names (may
 * be NULL) are lent until it is closed. NULL: err. */
struct results_dir *results_dir_open(const char *path,
                                     const struct bytes *names,
                                     size_t name_count, struct err *err);
void results_dir_close(struct results_dir *dir);

/* Write the files of one result. err names the path. */
int results_dir_write(struct results_dir *dir, const struct result *result,
                      struct err *err) __attribute__((warn_unused_result));

#endif

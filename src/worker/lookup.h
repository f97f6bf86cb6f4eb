/* SPDX-License-Identifier: MIT */
/* lookup.h - find the program of a batch once, before its jobs
 *
 * As execvp(3) would, but the answer is a path, or a sentence that says what
 * is wrong with it on this machine.
 */

#ifndef POOLRUN_LOOKUP_H
#define POOLRUN_LOOKUP_H

struct err;

/* Find `name` as seen from `folder` (NULL = where we are). 0: *path is the
 * caller's. -1: *exit_code is 127 (there is none) or 126 (it cannot be run
 * here: not executable, a folder, made for another architecture). */
int lookup_command(const char *name, const char *folder, char **path,
                   int *exit_code, struct err *err)
    __attribute__((warn_unused_result));

#endif

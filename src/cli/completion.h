/* SPDX-License-Identifier: MIT */
/* completion.h - scripts that complete poolrun's command line, made from the
 * table of options
 *
 * Options, their values, and files behind ::::; where the options end the
 * command is completed, and behind it whatever completes that command.
 */

#ifndef POOLRUN_COMPLETION_H
#define POOLRUN_COMPLETION_H

struct buf;
struct err;

/* shell is "bash" or "zsh". */
int completion_add(const char *shell, struct buf *script, struct err *err)
    __attribute__((warn_unused_result));

#endif

/* SPDX-License-Identifier: MIT */
/* help.h - what --help prints, made from the table of options */

#ifndef POOLRUN_HELP_H
#define POOLRUN_HELP_H

struct buf;

/* No line is longer than HELP_WIDTH. */
enum { HELP_WIDTH = 80 };

void help_add(struct buf *text);

#endif

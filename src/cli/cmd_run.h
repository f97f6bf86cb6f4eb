/* SPDX-License-Identifier: MIT */
/* cmd_run.h - a command line that is to be run, on this machine */

#ifndef POOLRUN_CMD_RUN_H
#define POOLRUN_CMD_RUN_H

struct options;

/* Run it. Returns the exit status, or ends the process by the signal that
 * ended the run. What goes wrong is told on stderr. */
int cmd_run(const struct options *options);

#endif

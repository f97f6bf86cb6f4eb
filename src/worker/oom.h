/* SPDX-License-Identifier: MIT */
/* oom.h - has the kernel killed somebody of our control group for memory?
 *
 * The counter oom_kill of memory.events (cgroup v2) or memory.oom_control
 * (v1) goes up with each such kill in the group; v2 counts its subgroups, too.
 * https://docs.kernel.org/admin-guide/cgroup-v2.html#memory-interface-files
 */

#ifndef POOLRUN_OOM_H
#define POOLRUN_OOM_H

#include <stdint.h>

/* The counter of the group this process is in; -1 where there is none. */
int64_t oom_kills(void);

/* The number after "oom_kill " at the start of a line; -1 without one. */
int64_t oom_kills_in(const char *text);

#endif

/* SPDX-License-Identifier: MIT */
/* cgroup.h - how many cores' worth of time this process' control groups allow
 *
 * Version 2 (cpu.max), version 1 (cpu.cfs_quota_us, cpu.cfs_period_us) and
 * machines with both. A limit may stand at any group on the way from ours up
 * to the top of what is mounted: the smallest counts. What cannot be read or
 * understood is no limit.
 */

#ifndef POOLRUN_CGROUP_H
#define POOLRUN_CGROUP_H

#define CGROUP_NO_LIMIT (~0u)

/* In cores, rounded up, at least 1; or CGROUP_NO_LIMIT. Reads
 * ROOT/proc/self/cgroup, ROOT/proc/self/mountinfo and the folders these name,
 * below ROOT; root is "" for this machine. */
unsigned cgroup_cpu_limit(const char *root);

#endif

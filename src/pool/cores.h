/* SPDX-License-Identifier: MIT */
/* cores.h - the cores this process may use
 *
 * Not those the machine has: a container, a batch system or taskset may have
 * given us fewer.
 */

#ifndef POOLRUN_CORES_H
#define POOLRUN_CORES_H

/* How many: the smallest of the affinity mask, the control groups' quota
 * rounded up (pool/cgroup.h, where root is explained) and SLURM_CPUS_ON_NODE,
 * where it is a number. At least 1. */
unsigned cores_usable(const char *root);

/* The number of the n-th core (from 0) of the affinity mask; beyond the last
 * it begins again with the first. -1 if the mask cannot be read. */
int cores_nth(unsigned n);

#endif

/* SPDX-License-Identifier: MIT */
#include "pool/cores.h"

#include <errno.h>
#include <limits.h>
#include <sched.h>
#include <stddef.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "pool/cgroup.h"

/* The kernel has one mask size and calls a smaller one invalid. */
enum { FIRST_MASK_CORES = 1024, MAX_MASK_CORES = 1 << 20 };

struct mask {
    cpu_set_t *set; /* NULL = it could not be read */
    size_t bytes;
    size_t cores; /* room for so many */
};

static struct mask mask_read(void)
{
    for (size_t cores = FIRST_MASK_CORES; cores <= MAX_MASK_CORES; cores *= 2) {
        struct mask mask = {NULL, CPU_ALLOC_SIZE(cores), cores};
        mask.set = xcalloc(1, mask.bytes);
        if (sched_getaffinity(0, mask.bytes, mask.set) == 0) {
            return mask;
        }
        free(mask.set);
        if (errno != EINVAL) {
            break;
        }
    }
    return (struct mask){0};
}

static unsigned affinity_count(void)
{
    struct mask mask = mask_read();
    int count = mask.set ? CPU_COUNT_S(mask.bytes, mask.set) : 0;
    free(mask.set);
    return count > 0 ? (unsigned)count : 1;
}

static unsigned slurm_limit(void)
{
    const char *text = getenv("SLURM_CPUS_ON_NODE");
    char *end;

    if (!text || *text < '0' || *text > '9') {
        return UINT_MAX;
    }
    unsigned long count = strtoul(text, &end, 10);
    return !*end && count > 0 && count < UINT_MAX ? (unsigned)count : UINT_MAX;
}

unsigned cores_usable(const char *root)
{
    unsigned count = affinity_count();
    unsigned quota = cgroup_cpu_limit(root);
    unsigned slurm = slurm_limit();

    count = quota < count ? quota : count;
    return slurm < count ? slurm : count;
}

int cores_nth(unsigned n)
{
    struct mask mask = mask_read();
    int found = -1;

    if (mask.set) {
        int count = CPU_COUNT_S(mask.bytes, mask.set);
        unsigned left = count > 0 ? n % (unsigned)count : 0;
        for (size_t core = 0; core < mask.cores && found < 0; core++) {
            if (CPU_ISSET_S(core, mask.bytes, mask.set) && left-- == 0) {
                found = (int)core;
            }
        }
    }
    free(mask.set);
    return found;
}

/* SPDX-License-Identifier: MIT */
/* gate.h - is the machine fit for another job? (--load, --memfree) */

#ifndef POOLRUN_GATE_H
#define POOLRUN_GATE_H

#include <stdbool.h>
#include <stdint.h>

struct gate {
    double most_load;       /* 1-minute load average; 0 = any */
    uint64_t memfree_bytes; /* available memory; 0 = any */
    int64_t checked_us;     /* monotonic; what follows was true then */
    bool is_open;
    bool is_pressed; /* less than half of memfree_bytes is left */
};

/* A zeroed gate with no limits is always open. The answer is up to half a
 * second old. */
bool gate_is_open(struct gate *gate, int64_t now_us);

/* Read from texts as /proc/loadavg and /proc/meminfo are; for the gate and its
 * test. -1 where there is no such number. */
double gate_load(const char *loadavg);
int64_t gate_available_bytes(const char *meminfo);

#endif

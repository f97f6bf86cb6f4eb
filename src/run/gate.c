/* SPDX-License-Identifier: MIT */
#include "run/gate.h"

#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/auto.h"
#include "base/clock.h"
#include "base/fd.h"

enum { CHECK_AGAIN_US = CLOCK_US_PER_SECOND / 2, TEXT_BYTES = 4096 };

double gate_load(const char *loadavg)
{
    char *end;
    double load = strtod(loadavg, &end);
    return end == loadavg ? -1 : load;
}

int64_t gate_available_bytes(const char *meminfo)
{
    static const char key[] = "MemAvailable:";
    const char *line = strstr(meminfo, key);
    long long kib;
    return line && sscanf(line + sizeof key - 1, "%lld", &kib) == 1
               ? (int64_t)kib * 1024
               : -1;
}

static const char *read_text(const char *path, char text[TEXT_BYTES])
{
    AUTO_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t len = fd < 0 ? 0 : fd_read(fd, text, TEXT_BYTES - 1);
    text[len > 0 ? len : 0] = '\0';
    return text;
}

static void check(struct gate *gate)
{
    char text[TEXT_BYTES];
    gate->is_open = true;
    gate->is_pressed = false;
    if (gate->most_load > 0) {
        double load = gate_load(read_text("/proc/loadavg", text));
        gate->is_open = load < gate->most_load;
    }
    if (gate->memfree_bytes) {
        int64_t available =
            gate_available_bytes(read_text("/proc/meminfo", text));
        bool known = available >= 0;
        uint64_t bytes = known ? (uint64_t)available : UINT64_MAX;
        gate->is_open = gate->is_open && bytes >= gate->memfree_bytes;
        gate->is_pressed = bytes < gate->memfree_bytes / 2;
    }
}

bool gate_is_open(struct gate *gate, int64_t now_us)
{
    if (gate->most_load <= 0 && !gate->memfree_bytes) {
        return true;
    }
    if (!gate->checked_us || now_us - gate->checked_us >= CHECK_AGAIN_US) {
        gate->checked_us = now_us;
        check(gate);
    }
    return gate->is_open;
}

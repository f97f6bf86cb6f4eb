/* SPDX-License-Identifier: MIT */
#include "worker/oom.h"

#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/auto.h"
#include "base/fd.h"

enum { TEXT_BYTES = 4096 };

int64_t oom_kills_in(const char *text)
{
    long long count;
    const char *line = text;
    while (line && *line) {
        if (sscanf(line, "oom_kill %lld", &count) == 1) {
            return count;
        }
        line = strchr(line, '\n');
        line = line ? line + 1 : NULL;
    }
    return -1;
}

static bool read_text(const char *path, char text[TEXT_BYTES])
{
    AUTO_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t len = fd < 0 ? -1 : fd_read(fd, text, TEXT_BYTES - 1);
    text[len > 0 ? len : 0] = '\0';
    return len > 0;
}

static int64_t read_counter(const char *mount, const char *group,
                            const char *file)
{
    char path[PATH_MAX];
    char text[TEXT_BYTES];
    int len = snprintf(path, sizeof path, "%s%s/%s", mount, group, file);
    return len > 0 && (size_t)len < sizeof path && read_text(path, text)
               ? oom_kills_in(text)
               : -1;
}

int64_t oom_kills(void)
{
    char groups[TEXT_BYTES];
    char *rest = groups;
    int64_t count = -1;

    if (!read_text("/proc/self/cgroup", groups)) {
        return -1;
    }
    for (char *line; count < 0 && (line = strsep(&rest, "\n"));) {
        const char *v1 = strstr(line, ":memory:");
        if (!strncmp(line, "0::", 3)) {
            count = read_counter("/sys/fs/cgroup", line + 3, "memory.events");
        } else if (v1) {
            count = read_counter("/sys/fs/cgroup/memory",
                                 v1 + strlen(":memory:"), "memory.oom_control");
        }
    }
    return count;
}

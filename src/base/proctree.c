/* SPDX-License-Identifier: MIT */
#include "base/proctree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/auto.h"
#include "base/fd.h"
#include "base/xalloc.h"

enum { PROC_TEXT_BYTES = 1024 };

static bool read_proc_file(pid_t pid, const char *name, char *text, size_t room)
{
    char path[64];
    (void)snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, name);
    AUTO_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t len = fd < 0 ? -1 : fd_read(fd, text, room - 1);
    text[len > 0 ? len : 0] = '\0';
    return len > 0;
}

/* "PID (NAME) STATE PPID PGRP SESSION ...": proc(5). The name may hold
 * anything, so begin behind its last parenthesis. */
static bool read_entry(pid_t pid, struct proctree_entry *entry)
{
    char text[PROC_TEXT_BYTES];
    if (!read_proc_file(pid, "stat", text, sizeof text)) {
        return false;
    }
    const char *behind_name = strrchr(text, ')');
    char state;
    int parent;
    int group;
    int session;
    if (!behind_name || sscanf(behind_name + 1, " %c %d %d %d", &state, &parent,
                               &group, &session) != 4) {
        return false;
    }
    *entry = (struct proctree_entry){
        .pid = pid,
        .parent = parent,
        .group = group,
        .session = session,
        .is_zombie = state == 'Z' || state == 'X',
    };
    return true;
}

static void add(struct proctree *tree, size_t *room,
                struct proctree_entry entry)
{
    if (tree->count == *room) {
        *room = *room ? xmul(*room, 2) : 128;
        tree->entries =
            xrealloc_array(tree->entries, *room, sizeof *tree->entries);
    }
    tree->entries[tree->count++] = entry;
}

static void read_all(struct proctree *tree)
{
    DIR *folder = opendir("/proc");
    size_t room = 0;
    const struct dirent *found;

    while (folder && (found = readdir(folder))) {
        struct proctree_entry entry;
        pid_t pid = (pid_t)strtol(found->d_name, NULL, 10);
        if (pid > 0 && read_entry(pid, &entry)) {
            add(tree, &room, entry);
        }
    }
    if (folder) {
        (void)closedir(folder);
    }
}

static const struct proctree_entry *find(const struct proctree *tree, pid_t pid)
{
    for (size_t i = 0; i < tree->count; i++) {
        if (tree->entries[i].pid == pid) {
            return &tree->entries[i];
        }
    }
    return NULL;
}

/* A parent mostly stands before its child, so that few turns are needed. */
static void mark_below(struct proctree *tree, pid_t root)
{
    bool changed = true;
    while (changed) {
        changed = false;
        for (size_t i = 0; i < tree->count; i++) {
            struct proctree_entry *entry = &tree->entries[i];
            if (entry->is_below) {
                continue;
            }
            const struct proctree_entry *parent = find(tree, entry->parent);
            if (entry->parent == root || (parent && parent->is_below)) {
                entry->is_below = true;
                changed = true;
            }
        }
    }
}

void proctree_read(struct proctree *tree)
{
    size_t kept = 0;
    *tree = (struct proctree){0};
    read_all(tree);
    mark_below(tree, getpid());
    for (size_t i = 0; i < tree->count; i++) {
        if (tree->entries[i].is_below) {
            tree->entries[kept++] = tree->entries[i];
        }
    }
    tree->count = kept;
}

void proctree_release(struct proctree *tree)
{
    free(tree->entries);
    *tree = (struct proctree){0};
}

/* A child's number is ours until we reap it; anybody else's may pass to a
 * stranger at any time, so hold on to the process first and look again. */
static bool signal_stranger(const struct proctree_entry *entry, int signal)
{
    AUTO_CLOSE int pidfd = (int)syscall(SYS_pidfd_open, entry->pid, 0);
    struct proctree_entry now;
    /* Else the kernel has none, or forbids them: take the risk. */
    bool is_gone = pidfd < 0 && errno == ESRCH;
    if (is_gone || !read_entry(entry->pid, &now) ||
        now.session != entry->session) {
        return false;
    }
    if (pidfd < 0) {
        return kill(entry->pid, signal) == 0;
    }
    return syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, 0) == 0;
}

bool proctree_signal(const struct proctree_entry *entry, int signal)
{
    if (entry->parent == getpid()) {
        return kill(entry->pid, signal) == 0;
    }
    return signal_stranger(entry, signal);
}

uint64_t proctree_resident_bytes(const struct proctree *tree)
{
    uint64_t pages = 0;
    for (size_t i = 0; i < tree->count; i++) {
        char text[PROC_TEXT_BYTES];
        unsigned long long resident;
        if (read_proc_file(tree->entries[i].pid, "statm", text, sizeof text) &&
            sscanf(text, "%*s %llu", &resident) == 1) {
            pages += resident;
        }
    }
    return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

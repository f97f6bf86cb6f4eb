/* SPDX-License-Identifier: MIT */
/* proctree.h - the processes below this one
 *
 * A snapshot of /proc: it is old when it is made. Signals therefore go only to
 * who still is what the snapshot says.
 */

#ifndef POOLRUN_PROCTREE_H
#define POOLRUN_PROCTREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct proctree_entry {
    pid_t pid;
    pid_t parent;
    pid_t group;
    pid_t session;
    bool is_zombie;
    bool is_below; /* a descendant of this process */
};

struct proctree {
    struct proctree_entry *entries; /* descendants of this process only */
    size_t count;
};

#define AUTO_PROCTREE __attribute__((cleanup(proctree_release)))

/* Without /proc the tree is empty. */
void proctree_read(struct proctree *tree);
void proctree_release(struct proctree *tree);

/* Signal one process of the tree unless its number has passed to another.
 * True if it was sent. */
bool proctree_signal(const struct proctree_entry *entry, int signal);

/* Resident memory of all of the tree, in bytes. */
uint64_t proctree_resident_bytes(const struct proctree *tree);

#endif

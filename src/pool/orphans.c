/* SPDX-License-Identifier: MIT */
#include "pool/orphans.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/proctree.h"
#include "base/xalloc.h"

static const double AGAIN_SECONDS = 0.01;

static bool is_spared(const struct orphans *orphans,
                      const struct proctree_entry *child)
{
    for (size_t i = 0; i < orphans->born_with_count; i++) {
        if (orphans->born_with[i] == child->pid) {
            return true;
        }
    }
    return child->session == getsid(0) ||
           orphans->is_worker(orphans->ctx, child->pid);
}

static const struct proctree_entry *parent_of(const struct proctree *tree,
                                              const struct proctree_entry *who)
{
    for (size_t i = 0; i < tree->count; i++) {
        if (tree->entries[i].pid == who->parent) {
            return &tree->entries[i];
        }
    }
    return NULL;
}

/* The child of ours that it descends from, or is. */
static const struct proctree_entry *root_of(const struct proctree *tree,
                                            const struct proctree_entry *who)
{
    const struct proctree_entry *parent;
    while ((parent = parent_of(tree, who))) {
        who = parent;
    }
    return who;
}

static void reap_strangers(const struct orphans *orphans,
                           const struct proctree *tree)
{
    for (size_t i = 0; i < tree->count; i++) {
        const struct proctree_entry *entry = &tree->entries[i];
        if (entry->is_zombie && entry->parent == getpid() &&
            !is_spared(orphans, entry)) {
            (void)waitpid(entry->pid, NULL, WNOHANG);
        }
    }
}

/* False where it is none of ours: a job that changed its user cannot be ended,
 * nor waited for. */
static bool end_process(const struct proctree_entry *entry)
{
    errno = 0;
    return proctree_signal(entry, SIGKILL) || errno != EPERM;
}

void orphans_sweep(struct orphans *orphans)
{
    AUTO_PROCTREE struct proctree tree;
    bool found = false;

    proctree_read(&tree);
    for (size_t i = 0; i < tree.count; i++) {
        const struct proctree_entry *entry = &tree.entries[i];
        if (!entry->is_zombie && !is_spared(orphans, root_of(&tree, entry))) {
            found |= end_process(entry);
        }
    }
    reap_strangers(orphans, &tree);
    if (found) {
        ev_timer_again(orphans->loop, &orphans->again);
    } else {
        ev_timer_stop(orphans->loop, &orphans->again);
        orphans->on_none(orphans->ctx);
    }
}

static void on_again(struct ev_loop *loop, ev_timer *timer, int events)
{
    (void)loop;
    (void)events;
    orphans_sweep(timer->data);
}

void orphans_init(struct orphans *orphans, struct ev_loop *loop,
                  bool (*is_worker)(void *ctx, pid_t pid),
                  void (*on_none)(void *ctx), void *ctx)
{
    AUTO_PROCTREE struct proctree tree;
    *orphans = (struct orphans){
        .loop = loop, .is_worker = is_worker, .on_none = on_none, .ctx = ctx};
    proctree_read(&tree);
    orphans->born_with = NEW_ARRAY(pid_t, tree.count);
    for (size_t i = 0; i < tree.count; i++) {
        orphans->born_with[orphans->born_with_count++] = tree.entries[i].pid;
    }
    ev_timer_init(&orphans->again, on_again, 0., AGAIN_SECONDS);
    orphans->again.data = orphans;
}

void orphans_release(struct orphans *orphans)
{
    ev_timer_stop(orphans->loop, &orphans->again);
    free(orphans->born_with);
}

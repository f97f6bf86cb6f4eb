/* SPDX-License-Identifier: MIT */
#include "worker/killer.h"

#include <signal.h>

#include "base/proctree.h"

static const double KILL_AGAIN_SECONDS = 0.02;

void killer_signal_all(pid_t leader, pid_t session, bool only_session,
                       int signal)
{
    /* The whole group in one call first: nobody slips through between two
     * looks. The others follow one by one. */
    if (leader > 0) {
        (void)kill(-leader, signal);
    }
    AUTO_PROCTREE struct proctree tree;
    proctree_read(&tree);
    for (size_t i = 0; i < tree.count; i++) {
        const struct proctree_entry *entry = &tree.entries[i];
        if (entry->is_zombie || (leader > 0 && entry->group == leader) ||
            (only_session && entry->session != session)) {
            continue;
        }
        (void)proctree_signal(entry, signal);
    }
}

static void step(struct killer *killer)
{
    bool is_last = killer->step >= killer->sequence.count;
    int signal =
        is_last ? SIGKILL : killer->sequence.steps[killer->step].signal;
    double wait = is_last
                      ? KILL_AGAIN_SECONDS
                      : killer->sequence.steps[killer->step].wait_ms / 1000.;

    if (wait <= 0) {
        wait = KILL_AGAIN_SECONDS;
    }
    killer->step += !is_last;
    killer->last_signal = signal;
    killer_signal_all(killer->leader, killer->session, killer->only_session,
                      signal);
    ev_timer_stop(killer->loop, &killer->timer);
    ev_timer_set(&killer->timer, wait, 0.);
    ev_timer_start(killer->loop, &killer->timer);
}

static void on_timer(struct ev_loop *loop, ev_timer *timer, int events)
{
    struct killer *killer = timer->data;
    (void)loop;
    (void)events;
    step(killer);
    killer->on_signalled(killer->ctx);
}

void killer_init(struct killer *killer, struct ev_loop *loop,
                 void (*on_signalled)(void *ctx), void *ctx)
{
    *killer =
        (struct killer){.loop = loop, .on_signalled = on_signalled, .ctx = ctx};
    ev_timer_init(&killer->timer, on_timer, 0., 0.);
    killer->timer.data = killer;
}

bool killer_is_active(const struct killer *killer)
{
    return ev_is_active(&killer->timer);
}

void killer_start(struct killer *killer, const struct term_seq *sequence,
                  pid_t leader, bool only_session, bool at_once)
{
    if (!killer_is_active(killer)) {
        killer->sequence = *sequence;
        killer->step = 0;
        killer->leader = leader;
        killer->session = leader ? leader : killer->session;
        killer->only_session = only_session;
    } else if (!at_once) {
        return;
    }
    if (at_once) {
        killer->step = killer->sequence.count;
    }
    step(killer);
}

void killer_leader_is_gone(struct killer *killer)
{
    killer->leader = 0;
}

void killer_stop(struct killer *killer)
{
    ev_timer_stop(killer->loop, &killer->timer);
    killer->last_signal = 0;
}

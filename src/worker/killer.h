/* SPDX-License-Identifier: MIT */
/* killer.h - end a job's processes, all of them
 *
 * Signals and waits in turn, as --term-seq says, until the owner sees that
 * nothing is left and stops it; the last signal is always KILL, sent again and
 * again to what new processes appear.
 */

#ifndef POOLRUN_KILLER_H
#define POOLRUN_KILLER_H

#include <ev.h>
#include <stdbool.h>
#include <sys/types.h>

#include "base/term_seq.h"

struct killer {
    struct ev_loop *loop;
    void (*on_signalled)(void *ctx); /* a good moment to look what is left */
    void *ctx;
    struct term_seq sequence;
    size_t step;
    pid_t leader;      /* of the job's session; not reaped; 0 = it is */
    pid_t session;     /* the same, kept; a limit where only_session is set */
    bool only_session; /* spare what left the session, and its earlier jobs */
    int last_signal;   /* 0 = none was sent */
    ev_timer timer;
};

void killer_init(struct killer *killer, struct ev_loop *loop,
                 void (*on_signalled)(void *ctx), void *ctx);

/* Begin to end the session of leader and every other descendant of this
 * process. Begun already: goes on, or at once to KILL. */
void killer_start(struct killer *killer, const struct term_seq *sequence,
                  pid_t leader, bool only_session, bool at_once);
bool killer_is_active(const struct killer *killer);

/* The leader is reaped: its number may pass to others. */
void killer_leader_is_gone(struct killer *killer);
void killer_stop(struct killer *killer);

/* Send one signal to all of a job: to stop it or let it go on. */
void killer_signal_all(pid_t leader, pid_t session, bool only_session,
                       int signal);

#endif

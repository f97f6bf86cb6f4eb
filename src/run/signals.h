/* SPDX-License-Identifier: MIT */
/* signals.h - what a person at a terminal, or a batch system, tells us
 *
 * A signal that was ignored when we were started stays ignored.
 */

#ifndef POOLRUN_SIGNALS_H
#define POOLRUN_SIGNALS_H

#include <ev.h>

enum { SIGNALS_COUNT = 6 };

struct signals {
    struct ev_loop *loop;
    void (*on_signal)(void *ctx, int signal);
    void *ctx;
    ev_signal watchers[SIGNALS_COUNT];
};

/* INT TERM QUIT HUP TSTP USR1 come by on_signal; PIPE is ignored. */
void signals_start(struct signals *signals, struct ev_loop *loop,
                   void (*on_signal)(void *ctx, int signal), void *ctx);
void signals_stop(struct signals *signals);

#endif

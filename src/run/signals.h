/* SPDX-License-Identifier: MIT */
/* signals.h - what a person at a terminal, or a batch system, tells us
 *
 * A signal that was ignored when we were started stays ignored.
 */

#ifndef POOLRUN_SIGNALS_H
#define POOLRUN_SIGNALS_H

#include <ev.h>
#include <stdbool.h>

enum { SIGNALS_COUNT = 6 };

struct signals {
    struct ev_loop *loop;
    void (*on_signal)(void *ctx, int signal);
    void *ctx;
    bool is_told; /* to end: INT, TERM or QUIT came */
    ev_signal watchers[SIGNALS_COUNT];
};

/* INT TERM QUIT HUP TSTP USR1 come by on_signal; PIPE is ignored. */
void signals_start(struct signals *signals, struct ev_loop *loop,
                   void (*on_signal)(void *ctx, int signal), void *ctx);

/* The loop has ended, and nothing is left but to print what is there: INT
 * TERM QUIT HUP come to nothing once, and end us the second time (the first, if
 * we were told before). USR1 comes to nothing, TSTP stops us. */
void signals_stop(struct signals *signals);

#endif

/* SPDX-License-Identifier: MIT */
#include "run/signals.h"

#include <signal.h>

static void on_signal(struct ev_loop *loop, ev_signal *watcher, int events)
{
    struct signals *signals = watcher->data;
    (void)loop;
    (void)events;
    signals->on_signal(signals->ctx, watcher->signum);
}

void signals_start(struct signals *signals, struct ev_loop *loop,
                   void (*on_signal_)(void *ctx, int signal), void *ctx)
{
    static const int watched[SIGNALS_COUNT] = {SIGINT, SIGTERM, SIGQUIT,
                                               SIGHUP, SIGTSTP, SIGUSR1};
    *signals =
        (struct signals){.loop = loop, .on_signal = on_signal_, .ctx = ctx};
    (void)signal(SIGPIPE, SIG_IGN); /* the write fails and tells */
    (void)signal(SIGXFSZ, SIG_IGN);
    for (int i = 0; i < SIGNALS_COUNT; i++) {
        struct sigaction before;
        ev_signal_init(&signals->watchers[i], on_signal, watched[i]);
        signals->watchers[i].data = signals;
        if (sigaction(watched[i], NULL, &before) == 0 &&
            before.sa_handler != SIG_IGN) {
            ev_signal_start(loop, &signals->watchers[i]);
        }
    }
}

void signals_stop(struct signals *signals)
{
    for (int i = 0; i < SIGNALS_COUNT; i++) {
        ev_signal_stop(signals->loop, &signals->watchers[i]);
    }
}

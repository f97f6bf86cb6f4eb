/* SPDX-License-Identifier: MIT */
#include "run/signals.h"

#include <signal.h>

static void on_signal(struct ev_loop *loop, ev_signal *watcher, int events)
{
    struct signals *signals = watcher->data;
    (void)loop;
    (void)events;
    signals->is_told |= watcher->signum == SIGINT ||
                        watcher->signum == SIGTERM ||
                        watcher->signum == SIGQUIT;
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

static void on_late_signal(int signal)
{
    (void)signal; /* the default action is back when this is called */
}

static void stop_one(const struct signals *signals, ev_signal *watcher)
{
    struct sigaction once = {.sa_handler = on_late_signal,
                             .sa_flags = (int)SA_RESETHAND | SA_RESTART};
    if (!ev_is_active(watcher)) {
        return; /* ignored */
    }
    ev_signal_stop(signals->loop, watcher);
    if (watcher->signum == SIGUSR1) {
        (void)signal(SIGUSR1, SIG_IGN);
    } else if (watcher->signum != SIGTSTP && !signals->is_told) {
        (void)sigaction(watcher->signum, &once, NULL);
    }
}

void signals_stop(struct signals *signals)
{
    sigset_t all;
    sigset_t before;

    /* One that comes in the middle waits: it must not be the end of us. One
     * that came since the loop looked last is heard. */
    (void)sigfillset(&all);
    (void)sigprocmask(SIG_SETMASK, &all, &before);
    ev_run(signals->loop, EVRUN_NOWAIT);
    for (int i = 0; i < SIGNALS_COUNT; i++) {
        stop_one(signals, &signals->watchers[i]);
    }
    (void)sigprocmask(SIG_SETMASK, &before, NULL);
}

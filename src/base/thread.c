/* SPDX-License-Identifier: MIT */
#include "base/thread.h"

#include <signal.h>
#include <unistd.h>

/* The largest thing on a thread's stack is a piece of output: 64 KiB. */
enum { STACK_BYTES = 262144 };

void thread_start(pthread_t *thread, void *(*run)(void *ctx), void *ctx)
{
    pthread_attr_t attributes;
    sigset_t all;
    sigset_t before;

    (void)pthread_attr_init(&attributes);
    (void)pthread_attr_setstacksize(&attributes, STACK_BYTES);
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    int failed = pthread_create(thread, &attributes, run, ctx);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    (void)pthread_attr_destroy(&attributes);
    if (failed) {
        static const char text[] = "poolrun: cannot start a thread (is the "
                                   "limit on processes reached?)\n";
        ssize_t written = write(STDERR_FILENO, text, sizeof text - 1);
        (void)written; /* there is nobody else to tell */
        _exit(255);
    }
}

/* SPDX-License-Identifier: MIT */
#include "base/thread.h"

#include <signal.h>

#include "base/xalloc.h"

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
        xalloc_fail();
    }
}

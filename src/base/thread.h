/* SPDX-License-Identifier: MIT */
/* thread.h - start a thread that stands beside the loop */

#ifndef POOLRUN_THREAD_H
#define POOLRUN_THREAD_H

#include <pthread.h>

/* With a small stack, and no signal: those are for the loop's thread. A
 * thread that cannot be made ends the process as lack of memory does. */
void thread_start(pthread_t *thread, void *(*run)(void *ctx), void *ctx);

#endif

/* SPDX-License-Identifier: MIT */
/* worker.h - a process that runs one job at a time
 *
 * Lives at the far end of a channel: what it is to do comes in frames, what
 * became of it goes back in frames. When the channel ends, it ends, and its
 * job's processes with it.
 */

#ifndef POOLRUN_WORKER_H
#define POOLRUN_WORKER_H

/* The channel's descriptor in a worker process. */
enum { WORKER_CHANNEL_FD = 3 };

/* Serve until the channel ends. Returns the process's exit status. */
int worker_main(void);

#endif

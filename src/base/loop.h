/* SPDX-License-Identifier: MIT */
/* loop.h - the event loop of a process
 *
 * Never libev's default loop, which reaps every child there is.
 */

#ifndef POOLRUN_LOOP_H
#define POOLRUN_LOOP_H

struct err;
struct ev_loop;

/* The caller destroys it. Lack of descriptors later on, where libev knows no
 * way out, ends the process with a sentence and status 255. */
struct ev_loop *loop_new(struct err *err) __attribute__((warn_unused_result));

#endif

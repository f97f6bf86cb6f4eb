/* SPDX-License-Identifier: MIT */
/* hello.h - the first frame on a channel: who is there, and can we talk? */

#ifndef POOLRUN_HELLO_H
#define POOLRUN_HELLO_H

#include "base/bytes.h"

struct err;
struct frame;
struct frame_hello;

/* "owner" hands out jobs, "runner" offers slots. */
#define HELLO_OWNER "owner"
#define HELLO_RUNNER "runner"

/* A HELLO with the versions we speak. The role is lent to it. */
struct frame hello_make(const char *role);

/* Can we talk with who said this, and has it the role we look for? -1: err
 * tells why not, in a sentence that is fit for a REFUSE. */
int hello_check(const struct frame_hello *hello, const char *role,
                struct err *err) __attribute__((warn_unused_result));

/* A REFUSE with the text of err, which is lent to it. */
struct frame hello_refuse(const struct err *err);

#endif

/* SPDX-License-Identifier: MIT */
#include "base/loop.h"

#include <errno.h>
#include <ev.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"

static void on_loop_failure(const char *what)
{
    (void)fprintf(stderr, "poolrun: %s: %s\n", what, strerror(errno));
    _exit(255);
}

struct ev_loop *loop_new(struct err *err)
{
    ev_set_syserr_cb(on_loop_failure);
    struct ev_loop *loop =
        ev_loop_new(ev_recommended_backends() | EVFLAG_NOENV);
    if (!loop) {
        err_set_errno(err, errno, "cannot make an event loop");
    }
    return loop;
}

/* SPDX-License-Identifier: MIT */
/* wait_loop.h - turn a loop until a fact is there
 *
 *     WAIT_UNTIL(loop, seen.frames == 3);
 *
 * Fails the test after a minute: nothing here takes so long.
 */

#ifndef POOLRUN_WAIT_LOOP_H
#define POOLRUN_WAIT_LOOP_H

#include <ev.h>

static inline void wait_loop_too_late(struct ev_loop *loop, ev_timer *timer,
                                      int events)
{
    (void)loop;
    (void)timer;
    (void)events;
    fail_msg("it did not happen within a minute");
}

#define WAIT_UNTIL(loop, fact)                                                 \
    do {                                                                       \
        ev_timer limit_;                                                       \
        ev_timer_init(&limit_, wait_loop_too_late, 60., 0.);                   \
        ev_now_update(loop);                                                   \
        ev_timer_start(loop, &limit_);                                         \
        while (!(fact)) {                                                      \
            (void)ev_run(loop, EVRUN_ONCE);                                    \
        }                                                                      \
        ev_timer_stop(loop, &limit_);                                          \
    } while (0)

static inline struct ev_loop *wait_loop_new(void)
{
    struct ev_loop *loop =
        ev_loop_new(ev_recommended_backends() | EVFLAG_NOENV);
    assert_non_null(loop);
    return loop;
}

/* What can happen now. */
static inline void wait_loop_turn(struct ev_loop *loop)
{
    (void)ev_run(loop, EVRUN_NOWAIT);
}

#endif

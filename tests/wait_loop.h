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

static inline void wait_loop_tick(struct ev_loop *loop, ev_timer *timer,
                                  int events)
{
    (void)events;
    if (ev_now(loop) > *(ev_tstamp *)timer->data) {
        fail_msg("it did not happen within a minute");
    }
}

/* The ticks: ev_run may do what we wait for before it goes to sleep. */
#define WAIT_UNTIL(loop, fact)                                                 \
    do {                                                                       \
        ev_timer tick_;                                                        \
        ev_now_update(loop);                                                   \
        ev_tstamp limit_ = ev_now(loop) + 60.;                                 \
        ev_timer_init(&tick_, wait_loop_tick, .01, .01);                       \
        tick_.data = &limit_;                                                  \
        ev_timer_start(loop, &tick_);                                          \
        while (!(fact)) {                                                      \
            (void)ev_run(loop, EVRUN_ONCE);                                    \
        }                                                                      \
        ev_timer_stop(loop, &tick_);                                           \
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

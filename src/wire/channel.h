/* SPDX-License-Identifier: MIT */
/* channel.h - a two-way stream of frames over a descriptor
 *
 * Frames that are sent wait in memory and leave together when the loop goes to
 * sleep, or a little later if the owner allows that (channel_set_lag).
 * A channel never stops being read; who sends much waits for room
 * (channel_unsent).
 *
 *   OPEN --end of file, an error, bytes that are no frame--> CLOSED
 *     +------------------channel_close---------------------> CLOSED
 */

#ifndef POOLRUN_CHANNEL_H
#define POOLRUN_CHANNEL_H

#include <stddef.h>

struct channel;
struct err;
struct ev_loop;
struct frame;

struct channel_events {
    /* The frame is lent for the call. */
    void (*on_frame)(void *ctx, const struct frame *frame);
    /* The peer is gone; err NULL = it closed between two frames. The last
     * event; not after channel_close. */
    void (*on_closed)(void *ctx, const struct err *err);
};

/* Takes over fd and makes it non-blocking; it must be a stream of our own. */
struct channel *channel_new(struct ev_loop *loop, int fd,
                            const struct channel_events *events, void *ctx);

/* Not from within an event of this channel. NULL does nothing. */
void channel_free(struct channel *channel);

/* Stop: no event comes any more, what is unsent is dropped. */
void channel_close(struct channel *channel);

void channel_send(struct channel *channel, const struct frame *frame);

/* Deliver now what has arrived: its sender has died, and this one is about to
 * be closed. */
void channel_drain(struct channel *channel);

/* Write what the peer has room for now. */
void channel_flush(struct channel *channel);

/* Let frames wait up to so many seconds for others; 0 = until the loop goes to
 * sleep. */
void channel_set_lag(struct channel *channel, double seconds);

size_t channel_unsent(const struct channel *channel); /* bytes */

#endif

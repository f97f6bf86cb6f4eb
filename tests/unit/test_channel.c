/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fd.h"
#include "wait_loop.h"
#include "wire/channel.h"
#include "wire/frame.h"

/* A channel, the bare far end of it, and what it told. */
struct line {
    struct ev_loop *loop;
    struct channel *channel;
    int peer_fd;
    unsigned frames;
    struct frame last; /* its lent fields are gone */
    size_t longest;    /* of the OUTPUTs' data */
    unsigned closed;
    struct err why; /* code 0: orderly */
    bool closes_itself;
};

static void on_frame(void *ctx, const struct frame *frame)
{
    struct line *line = ctx;
    assert_int_equal(line->closed, 0);
    /* WINDOW frames are numbered, so that none is lost or swapped. */
    if (frame->type == FRAME_WINDOW) {
        assert_int_equal(frame->window.bytes, line->frames);
    }
    line->frames++;
    line->last = *frame;
    if (frame->type == FRAME_OUTPUT && frame->output.data.len > line->longest) {
        line->longest = frame->output.data.len;
    }
    if (line->closes_itself) {
        channel_close(line->channel);
    }
}

static void on_closed(void *ctx, const struct err *err)
{
    struct line *line = ctx;
    line->closed++;
    line->why = err ? *err : (struct err){0};
}

static const struct channel_events channel_events = {on_frame, on_closed};

static int set_up(void **state)
{
    struct line *line = calloc(1, sizeof *line);
    int ends[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends),
                     0);
    line->loop = wait_loop_new();
    line->channel = channel_new(line->loop, ends[0], &channel_events, line);
    line->peer_fd = ends[1];
    *state = line;
    return 0;
}

static int tear_down(void **state)
{
    struct line *line = *state;
    channel_free(line->channel);
    (void)close(line->peer_fd);
    ev_loop_destroy(line->loop);
    free(line);
    return 0;
}

static void hang_up(struct line *line)
{
    (void)close(line->peer_fd);
    line->peer_fd = -1;
}

static struct frame window(uint64_t number)
{
    return (struct frame){.type = FRAME_WINDOW, .window = {.bytes = number}};
}

static struct frame output(const char *data, size_t len)
{
    return (struct frame){.type = FRAME_OUTPUT,
                          .output = {.data = {data, len}}};
}

static void peer_says(struct line *line, const void *data, size_t len)
{
    assert_int_equal(fd_write_all(line->peer_fd, data, len), 0);
}

static void peer_sends(struct line *line, struct frame frame)
{
    AUTO_BUF struct buf buf = {0};
    frame_encode(&frame, &buf);
    peer_says(line, buf.data, buf.len);
}

/* How many bytes the peer could read now; they are gone. */
static size_t peer_hears(struct line *line)
{
    static char data[65536];
    size_t total = 0;
    ssize_t got;
    while ((got = recv(line->peer_fd, data, sizeof data, MSG_DONTWAIT)) > 0) {
        total += (size_t)got;
    }
    return total;
}

/* ---- reading ---- */

static void frames_arrive_whole_byte_by_byte(void **state)
{
    struct line *line = *state;
    AUTO_BUF struct buf buf = {0};
    size_t ends[3];
    for (unsigned i = 0; i < 3; i++) {
        struct frame frame = i == 1 ? output("abc", 3) : window(i);
        frame_encode(&frame, &buf);
        ends[i] = buf.len;
    }
    for (size_t i = 0; i < buf.len; i++) {
        unsigned whole =
            (i + 1 >= ends[0]) + (i + 1 >= ends[1]) + (i + 1 >= ends[2]);
        peer_says(line, buf.data + i, 1);
        wait_loop_turn(line->loop);
        assert_int_equal(line->frames, whole);
    }
    assert_int_equal(line->closed, 0);
}

static void many_frames_arrive_in_order(void **state)
{
    struct line *line = *state;
    struct line other = {.loop = line->loop};
    enum { MANY = 50000 };

    other.channel =
        channel_new(line->loop, line->peer_fd, &channel_events, &other);
    line->peer_fd = -1;
    for (unsigned i = 0; i < MANY; i++) {
        struct frame frame = window(i);
        channel_send(line->channel, &frame);
        channel_send(other.channel, &frame);
    }
    WAIT_UNTIL(line->loop, line->frames == MANY && other.frames == MANY);
    assert_int_equal(channel_unsent(line->channel), 0);
    channel_free(other.channel);
}

static void largest_frame_arrives_whole(void **state)
{
    struct line *line = *state;
    struct line other = {.loop = line->loop};
    size_t len = FRAME_MAX_BYTES - 64;
    char *data = calloc(1, len);
    struct frame frame = output(data, len);

    other.channel =
        channel_new(line->loop, line->peer_fd, &channel_events, &other);
    line->peer_fd = -1;
    channel_send(other.channel, &frame);
    frame = window(1);
    channel_send(other.channel, &frame);
    WAIT_UNTIL(line->loop, line->frames == 2);
    assert_int_equal(line->longest, len);
    channel_free(other.channel);
    free(data);
}

static void optional_frame_that_is_not_known_is_skipped(void **state)
{
    struct line *line = *state;
    peer_says(line, "\0\0\0\x05\x92\xcc\xfe\xc4\0", 9);
    peer_sends(line, window(0));
    WAIT_UNTIL(line->loop, line->frames == 1);
    assert_int_equal(line->last.type, FRAME_WINDOW);
}

/* ---- the end ---- */

static void peer_that_closes_between_frames_is_orderly(void **state)
{
    struct line *line = *state;
    peer_sends(line, window(0));
    peer_sends(line, window(1));
    hang_up(line);
    WAIT_UNTIL(line->loop, line->closed);
    assert_int_equal(line->frames, 2);
    assert_int_equal(line->why.code, 0);
    wait_loop_turn(line->loop);
    assert_int_equal(line->closed, 1);
}

static void peer_that_closes_within_a_frame_is_an_error(void **state)
{
    struct line *line = *state;
    peer_sends(line, window(0));
    peer_says(line, "\0\0\0\x02\x91", 5);
    hang_up(line);
    WAIT_UNTIL(line->loop, line->closed);
    assert_int_equal(line->frames, 1);
    assert_string_equal(line->why.text,
                        "the peer went away in the middle of a frame");
}

static void peer_that_closes_within_a_header_is_an_error(void **state)
{
    struct line *line = *state;
    peer_says(line, "\0", 1);
    hang_up(line);
    WAIT_UNTIL(line->loop, line->closed);
    assert_int_equal(line->why.code, EPROTO);
}

/* What we sent and it did not read turns its end of file into a reset. */
static void peer_that_closes_without_listening_is_told_likewise(void **state)
{
    struct line *line = *state;
    struct frame frame = window(7);
    channel_send(line->channel, &frame);
    channel_flush(line->channel);
    peer_says(line, "\0\0\0\x02\x91", 5);
    hang_up(line);
    WAIT_UNTIL(line->loop, line->closed);
    assert_string_equal(line->why.text,
                        "the peer went away in the middle of a frame");
}

static void what_a_peer_said_is_heard_though_it_is_gone(void **state)
{
    struct line *line = *state;
    struct frame frame = window(7);
    peer_sends(line, window(0));
    hang_up(line);
    channel_send(line->channel, &frame);
    channel_flush(line->channel);
    assert_int_equal(channel_unsent(line->channel), 0);
    WAIT_UNTIL(line->loop, line->closed);
    assert_int_equal(line->frames, 1);
    assert_int_equal(line->why.code, 0);
}

static void expect_garbage(struct line *line, const char *data, size_t len,
                           const char *why)
{
    peer_sends(line, window(0));
    peer_says(line, data, len);
    WAIT_UNTIL(line->loop, line->closed);
    assert_int_equal(line->frames, 1);
    assert_string_equal(line->why.text, why);
}

static void another_protocol_is_an_error(void **state)
{
    static const char request[] = "GET / HTTP/1.1\r\n\r\n";
    expect_garbage(*state, request, sizeof request - 1,
                   "a frame that is too long");
}

static void garbage_is_an_error(void **state)
{
    expect_garbage(*state, "\0\0\0\x01\xc1", 5, "bytes that are no frame");
}

static void empty_frame_is_an_error(void **state)
{
    expect_garbage(*state, "\0\0\0\0", 4, "bytes that are no frame");
}

static void frame_that_is_not_known_is_an_error(void **state)
{
    expect_garbage(*state, "\0\0\0\x02\x91\x7f", 6,
                   "frame 127 is not known here");
}

static void closing_from_within_a_frame_is_the_end(void **state)
{
    struct line *line = *state;
    AUTO_BUF struct buf buf = {0};
    struct frame frame = window(0);
    line->closes_itself = true;
    frame_encode(&frame, &buf);
    frame_encode(&frame, &buf);
    peer_says(line, buf.data, buf.len);
    WAIT_UNTIL(line->loop, line->frames);
    hang_up(line);
    wait_loop_turn(line->loop);
    wait_loop_turn(line->loop);
    assert_int_equal(line->frames, 1);
    assert_int_equal(line->closed, 0);
}

static void closed_channel_drops_what_is_sent(void **state)
{
    struct line *line = *state;
    struct frame frame = window(0);
    channel_send(line->channel, &frame);
    assert_true(channel_unsent(line->channel) > 0);
    channel_close(line->channel);
    assert_int_equal(channel_unsent(line->channel), 0);
    channel_send(line->channel, &frame);
    channel_flush(line->channel);
    channel_close(line->channel);
    assert_int_equal(channel_unsent(line->channel), 0);
    assert_int_equal(peer_hears(line), 0);
    channel_free(NULL);
}

/* ---- writing ---- */

static void frames_leave_when_the_loop_goes_to_sleep(void **state)
{
    struct line *line = *state;
    struct frame frame = window(0);
    channel_send(line->channel, &frame);
    size_t unsent = channel_unsent(line->channel);
    assert_true(unsent > 0);
    assert_int_equal(peer_hears(line), 0);
    wait_loop_turn(line->loop);
    assert_int_equal(channel_unsent(line->channel), 0);
    assert_int_equal(peer_hears(line), unsent);
}

static void frames_wait_for_a_peer_that_does_not_read(void **state)
{
    struct line *line = *state;
    static const char data[32768];
    struct frame frame = output(data, sizeof data);
    size_t total = 0;
    size_t heard = 0;

    AUTO_BUF struct buf buf = {0};
    frame_encode(&frame, &buf);
    for (int i = 0; i < 128; i++) {
        channel_send(line->channel, &frame);
        total += buf.len;
        wait_loop_turn(line->loop);
    }
    assert_true(channel_unsent(line->channel) > total / 2);
    while (channel_unsent(line->channel)) {
        size_t before = heard;
        heard += peer_hears(line);
        assert_true(heard > before);
        wait_loop_turn(line->loop);
    }
    heard += peer_hears(line);
    assert_int_equal(heard, total);

    /* and nothing is as it was while the peer was slow */
    channel_send(line->channel, &frame);
    wait_loop_turn(line->loop);
    assert_int_equal(peer_hears(line), buf.len);
}

static void a_slow_peer_is_still_heard(void **state)
{
    struct line *line = *state;
    static const char data[32768];
    struct frame frame = output(data, sizeof data);
    for (int i = 0; i < 128; i++) {
        channel_send(line->channel, &frame);
    }
    peer_sends(line, window(0));
    WAIT_UNTIL(line->loop, line->frames == 1);
    assert_true(channel_unsent(line->channel) > 0);
}

static void frames_wait_for_company_while_there_is_a_lag(void **state)
{
    struct line *line = *state;
    struct frame frame = window(0);
    channel_set_lag(line->channel, 3600.);
    channel_send(line->channel, &frame);
    channel_send(line->channel, &frame);
    size_t unsent = channel_unsent(line->channel);
    wait_loop_turn(line->loop);
    assert_int_equal(peer_hears(line), 0);
    channel_set_lag(line->channel, 0.);
    wait_loop_turn(line->loop);
    assert_int_equal(peer_hears(line), unsent);
}

static void lag_is_over_in_time(void **state)
{
    struct line *line = *state;
    struct frame frame = window(0);
    channel_set_lag(line->channel, 0.001);
    channel_send(line->channel, &frame);
    size_t unsent = channel_unsent(line->channel);
    WAIT_UNTIL(line->loop, !channel_unsent(line->channel));
    assert_int_equal(peer_hears(line), unsent);
}

static void much_does_not_wait_for_more(void **state)
{
    struct line *line = *state;
    static const char data[65536];
    struct frame frame = output(data, sizeof data);
    channel_set_lag(line->channel, 3600.);
    channel_send(line->channel, &frame);
    assert_int_equal(channel_unsent(line->channel), 0);
    assert_true(peer_hears(line) > sizeof data);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(frames_arrive_whole_byte_by_byte),
        TEST(many_frames_arrive_in_order),
        TEST(largest_frame_arrives_whole),
        TEST(optional_frame_that_is_not_known_is_skipped),
        TEST(peer_that_closes_between_frames_is_orderly),
        TEST(peer_that_closes_within_a_frame_is_an_error),
        TEST(peer_that_closes_within_a_header_is_an_error),
        TEST(peer_that_closes_without_listening_is_told_likewise),
        TEST(what_a_peer_said_is_heard_though_it_is_gone),
        TEST(another_protocol_is_an_error),
        TEST(garbage_is_an_error),
        TEST(empty_frame_is_an_error),
        TEST(frame_that_is_not_known_is_an_error),
        TEST(closing_from_within_a_frame_is_the_end),
        TEST(closed_channel_drops_what_is_sent),
        TEST(frames_leave_when_the_loop_goes_to_sleep),
        TEST(frames_wait_for_a_peer_that_does_not_read),
        TEST(a_slow_peer_is_still_heard),
        TEST(frames_wait_for_company_while_there_is_a_lag),
        TEST(lag_is_over_in_time),
        TEST(much_does_not_wait_for_more),
    };
    (void)signal(SIGPIPE, SIG_IGN); /* as poolrun does */
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/fd.h"
#include "wait_loop.h"
#include "worker/capture.h"

/* A capture whose job is the test: it writes to job_fds. */
struct captured {
    struct ev_loop *loop;
    struct capture capture;
    int job_fds[2];
    struct buf got[2];
    unsigned drained;
};

static void on_data(void *ctx, unsigned stream, uint64_t offset,
                    const char *data, size_t len)
{
    struct captured *captured = ctx;
    assert_int_equal(captured->drained, 0);
    assert_int_equal(offset, captured->got[stream].len);
    assert_true(len > 0);
    buf_add(&captured->got[stream], data, len);
}

static void on_drained(void *ctx)
{
    struct captured *captured = ctx;
    captured->drained++;
}

static void open_for_job(struct captured *captured, uint64_t allowed)
{
    struct err err = {0};
    assert_int_equal(capture_open(&captured->capture, &err), 0);
    for (unsigned i = 0; i < 2; i++) {
        captured->job_fds[i] = dup(captured->capture.pipes[i].write_fd);
        assert_int_equal(fd_set_nonblocking(captured->job_fds[i], &err), 0);
    }
    capture_start(&captured->capture, allowed);
}

static int set_up(void **state)
{
    static const struct capture_events events = {on_data, on_drained};
    struct captured *captured = calloc(1, sizeof *captured);
    captured->loop = wait_loop_new();
    capture_init(&captured->capture, captured->loop, &events, captured);
    *state = captured;
    return 0;
}

static void close_job_end(struct captured *captured, unsigned stream)
{
    assert_int_equal(close(captured->job_fds[stream]), 0);
}

static int tear_down(void **state)
{
    struct captured *captured = *state;
    capture_close(&captured->capture);
    ev_loop_destroy(captured->loop);
    buf_release(&captured->got[0]);
    buf_release(&captured->got[1]);
    free(captured);
    return 0;
}

static void job_writes(struct captured *captured, unsigned stream,
                       const char *text)
{
    ssize_t len = (ssize_t)strlen(text);
    assert_int_equal(write(captured->job_fds[stream], text, len), len);
}

static void expect(struct captured *captured, unsigned stream, const char *text)
{
    assert_string_equal(buf_text(&captured->got[stream]), text);
}

static void what_is_written_is_told_by_stream(void **state)
{
    struct captured *captured = *state;
    open_for_job(captured, 100);
    job_writes(captured, 0, "out");
    job_writes(captured, 1, "error");
    WAIT_UNTIL(captured->loop,
               captured->got[0].len == 3 && captured->got[1].len == 5);
    job_writes(captured, 0, " and more");
    WAIT_UNTIL(captured->loop, captured->got[0].len == 12);
    close_job_end(captured, 0);
    close_job_end(captured, 1);
    assert_int_equal(captured->drained, 0);
    capture_finish(&captured->capture);
    assert_int_equal(captured->drained, 1);
    expect(captured, 0, "out and more");
    expect(captured, 1, "error");
}

static void nothing_is_read_that_is_not_allowed(void **state)
{
    struct captured *captured = *state;
    open_for_job(captured, 4);
    job_writes(captured, 0, "abcdef");
    job_writes(captured, 1, "ghi");
    for (int i = 0; i < 5; i++) {
        wait_loop_turn(captured->loop);
    }
    assert_int_equal(captured->got[0].len + captured->got[1].len, 4);
    capture_allow(&captured->capture, 3); /* never less than before */
    capture_allow(&captured->capture, 9);
    WAIT_UNTIL(captured->loop,
               captured->got[0].len + captured->got[1].len == 9);
    expect(captured, 0, "abcdef");
    expect(captured, 1, "ghi");
    close_job_end(captured, 0);
    close_job_end(captured, 1);
    capture_finish(&captured->capture);
    assert_int_equal(captured->drained, 1);
}

static void rest_is_read_when_the_job_has_ended(void **state)
{
    struct captured *captured = *state;
    open_for_job(captured, 100);
    job_writes(captured, 0, "never seen by the loop");
    job_writes(captured, 1, "nor this");
    close_job_end(captured, 0);
    close_job_end(captured, 1);
    capture_finish(&captured->capture);
    assert_int_equal(captured->drained, 1);
    expect(captured, 0, "never seen by the loop");
    expect(captured, 1, "nor this");
}

static void rest_waits_until_it_is_allowed(void **state)
{
    struct captured *captured = *state;
    open_for_job(captured, 2);
    job_writes(captured, 0, "abcdef");
    job_writes(captured, 1, "ghi");
    close_job_end(captured, 0);
    close_job_end(captured, 1);
    capture_finish(&captured->capture);
    assert_int_equal(captured->drained, 0);
    capture_allow(&captured->capture, 8);
    assert_int_equal(captured->drained, 0);
    wait_loop_turn(captured->loop);
    assert_int_equal(captured->got[0].len + captured->got[1].len, 8);
    capture_allow(&captured->capture, 9);
    assert_int_equal(captured->drained, 1);
    expect(captured, 0, "abcdef");
    expect(captured, 1, "ghi");
    capture_allow(&captured->capture, 1000);
    assert_int_equal(captured->drained, 1);
}

static void who_keeps_the_pipes_open_delays_nothing(void **state)
{
    struct captured *captured = *state;
    open_for_job(captured, 100);
    job_writes(captured, 0, "mine");
    capture_finish(&captured->capture);
    assert_int_equal(captured->drained, 1);
    expect(captured, 0, "mine");
    close_job_end(captured, 0);
    close_job_end(captured, 1);
}

static void what_comes_after_the_end_is_not_read(void **state)
{
    struct captured *captured = *state;
    open_for_job(captured, 2);
    job_writes(captured, 0, "mine");
    capture_finish(&captured->capture);
    job_writes(captured, 0, "another's");
    capture_allow(&captured->capture, 100);
    assert_int_equal(captured->drained, 1);
    expect(captured, 0, "mine");
    close_job_end(captured, 0);
    close_job_end(captured, 1);
}

static void job_may_close_its_outputs_early(void **state)
{
    struct captured *captured = *state;
    open_for_job(captured, 100);
    job_writes(captured, 0, "bye");
    close_job_end(captured, 0);
    close_job_end(captured, 1);
    WAIT_UNTIL(captured->loop, captured->capture.pipes[0].fd < 0 &&
                                   captured->capture.pipes[1].fd < 0);
    assert_int_equal(captured->drained, 0);
    capture_allow(&captured->capture, 200);
    assert_int_equal(captured->drained, 0);
    capture_finish(&captured->capture);
    assert_int_equal(captured->drained, 1);
    expect(captured, 0, "bye");
}

static void one_output_may_be_closed_early(void **state)
{
    struct captured *captured = *state;
    open_for_job(captured, 3);
    close_job_end(captured, 1);
    WAIT_UNTIL(captured->loop, captured->capture.pipes[1].fd < 0);
    job_writes(captured, 0, "abcdef");
    WAIT_UNTIL(captured->loop, captured->got[0].len == 3);
    close_job_end(captured, 0);
    capture_finish(&captured->capture);
    assert_int_equal(captured->drained, 0);
    capture_allow(&captured->capture, 6);
    assert_int_equal(captured->drained, 1);
    expect(captured, 0, "abcdef");
}

static void much_comes_whole_through_small_windows(void **state)
{
    enum { MUCH = 1 << 20, WINDOW = 10000 };
    struct captured *captured = *state;
    char *data = malloc(MUCH);
    size_t written = 0;

    for (size_t i = 0; i < MUCH; i++) {
        data[i] = (char)(i * 7 + (i >> 8));
    }
    open_for_job(captured, WINDOW);
    while (captured->got[0].len < MUCH) {
        ssize_t done =
            write(captured->job_fds[0], data + written, MUCH - written);
        written += done > 0 ? (size_t)done : 0;
        wait_loop_turn(captured->loop);
        assert_true(captured->got[0].len <= captured->capture.allowed);
        capture_allow(&captured->capture, captured->got[0].len + WINDOW);
    }
    assert_memory_equal(captured->got[0].data, data, MUCH);
    close_job_end(captured, 0);
    close_job_end(captured, 1);
    capture_finish(&captured->capture);
    assert_int_equal(captured->drained, 1);
    free(data);
}

static void it_can_be_used_again(void **state)
{
    struct captured *captured = *state;
    for (int i = 0; i < 3; i++) {
        buf_clear(&captured->got[0]);
        captured->drained = 0;
        open_for_job(captured, 3);
        job_writes(captured, 0, "ab");
        close_job_end(captured, 0);
        close_job_end(captured, 1);
        capture_finish(&captured->capture);
        assert_int_equal(captured->drained, 1);
        expect(captured, 0, "ab");
        capture_close(&captured->capture);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(what_is_written_is_told_by_stream),
        TEST(nothing_is_read_that_is_not_allowed),
        TEST(rest_is_read_when_the_job_has_ended),
        TEST(rest_waits_until_it_is_allowed),
        TEST(who_keeps_the_pipes_open_delays_nothing),
        TEST(what_comes_after_the_end_is_not_read),
        TEST(job_may_close_its_outputs_early),
        TEST(one_output_may_be_closed_early),
        TEST(much_comes_whole_through_small_windows),
        TEST(it_can_be_used_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "far_worker.h"

/* ---- greeting ---- */

static void worker_says_hello_first(void **state)
{
    struct far *far = *state;
    struct frame frame = hear(far, FRAME_HELLO);
    struct err err = {0};
    assert_int_equal(hello_check(&frame.hello, HELLO_RUNNER, &err), 0);
    assert_int_equal(frame.hello.slots, 1);
    assert_int_equal(frame.hello.pid, far->pid);
}

static void expect_refusal(struct far *far, struct frame first, const char *why)
{
    (void)hear(far, FRAME_HELLO);
    say(far, first);
    struct frame frame = hear(far, FRAME_REFUSE);
    char text[ERR_TEXT_SIZE] = "";
    memcpy(text, frame.refuse.reason.data, frame.refuse.reason.len);
    assert_non_null(strstr(text, why));
    hear_end(far, 0);
}

static void another_version_is_refused(void **state)
{
    struct frame hello = hello_make(HELLO_OWNER);
    hello.hello.version_min = FRAME_VERSION_MAX + 1;
    hello.hello.version_max = FRAME_VERSION_MAX + 3;
    expect_refusal(*state, hello, "versions 2 to 4 of the protocol");
}

static void another_runner_is_refused(void **state)
{
    expect_refusal(*state, hello_make(HELLO_RUNNER), "must be the owner");
}

static void frame_before_hello_is_refused(void **state)
{
    expect_refusal(*state, (struct frame){.type = FRAME_RECALL},
                   "the first frame must be a HELLO");
}

/* ---- running ---- */

static void job_starts_writes_and_is_done(void **state)
{
    struct far *far = *state;
    say_run(far, 1,
            "echo $POOLRUN_SEQ $POOLRUN_SLOT $POOLRUN_POOL "
            "$POOLRUN_ATTEMPT; echo error >&2; cat; exit 7");
    (void)hear_started(far, 1);
    hear_done(far, 1, RESULT_EXITED, 7);
    assert_string_equal(buf_text(&far->out[0]), "1 4 lab 1\n");
    assert_string_equal(buf_text(&far->out[1]), "error\n");
}

static void jobs_run_one_after_the_other(void **state)
{
    struct far *far = *state;
    for (uint64_t job = 1; job <= 20; job++) {
        say_run(far, job, "exit $POOLRUN_SEQ");
    }
    for (uint64_t job = 1; job <= 20; job++) {
        (void)hear_started(far, job);
        hear_done(far, job, RESULT_EXITED, (int)job);
    }
}

static void job_inherits_no_descriptor_and_no_signal_setting(void **state)
{
    struct far *far = *state;
    say_run(far, 1,
            "ls /proc/$$/fd; "
            "exec grep -E 'Sig(Blk|Ign)' /proc/self/status");
    (void)hear_started(far, 1);
    hear_done(far, 1, RESULT_EXITED, 0);
    static const char before_ignored[] =
        "0\n1\n2\nSigBlk:\t0000000000000000\nSigIgn:\t";
    const char *text = buf_text(&far->out[0]);
    assert_memory_equal(text, before_ignored, sizeof before_ignored - 1);
    /* 32 and 33 are the C library's own: nobody can set them. */
    unsigned long long ignored =
        strtoull(text + sizeof before_ignored - 1, NULL, 16);
    assert_int_equal(ignored & ~(3ULL << 31), 0);
}

static void batch_without_its_program_is_unable(void **state)
{
    struct far *far = *state;
    const char *const words[] = {"no-such-command", "{}"};
    say_batch(far, words, 2, 0);
    struct frame frame = hear(far, FRAME_UNABLE);
    assert_int_equal(frame.unable.batch, BATCH);
    assert_int_equal(frame.unable.exit_code, 127);
    assert_true(bytes_equal(frame.unable.reason,
                            bytes_of("command not found: no-such-command")));
}

static void job_of_a_batch_that_is_not_known_comes_back(void **state)
{
    struct far *far = *state;
    say(far, (struct frame){.type = FRAME_RUN,
                            .run = {.id = id_of(5), .batch = BATCH + 1}});
    hear_returned(far, 5);
}

static void job_that_cannot_start_is_done(void **state)
{
    struct far *far = *state;
    const char *const words[] = {"{}"};
    say_batch(far, words, 1, 0);
    say_run(far, 1, "/no/such");
    hear_done(far, 1, RESULT_NOT_STARTED, 127);
    say_run(far, 2, "true");
    (void)hear_started(far, 2);
    hear_done(far, 2, RESULT_EXITED, 0);
}

static void output_waits_for_its_window(void **state)
{
    struct far *far = *state;
    uint64_t allowed = BATCH_FIRST_WINDOW_BYTES;
    enum { MUCH = 300000 };
    say_run(far, 1, "head -c 300000 /dev/zero");
    (void)hear_started(far, 1);
    while (far->out[0].len < MUCH) {
        struct frame frame;
        assert_true(hear_any(far, &frame));
        assert_int_equal(frame.type, FRAME_OUTPUT);
        keep_output(far, &frame.output);
        assert_true(far->out[0].len <= allowed);
        if (far->out[0].len == allowed) {
            /* for another run and another epoch: no grant */
            struct frame window = {
                .type = FRAME_WINDOW,
                .window = {.id = {12, 22, 1, 1}, .bytes = MUCH * 2}};
            say(far, window);
            window.window.id = (struct frame_id){11, 23, 1, 1};
            say(far, window);
            allowed += 50000;
            window.window.id = id_of(1);
            window.window.bytes = allowed;
            say(far, window);
        }
    }
    hear_done(far, 1, RESULT_EXITED, 0);
    assert_int_equal(far->out[0].len, MUCH);
}

static void limit_is_kept(void **state)
{
    struct far *far = *state;
    say_run(far, 1, "exec sleep 1000");
    (void)hear_started(far, 1);
    say(far, (struct frame){.type = FRAME_LIMIT,
                            .limit = {.id = id_of(1), .timeout_us = 20000}});
    hear_done(far, 1, RESULT_TIMED_OUT, 0);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, far_set_up_greeted, far_tear_down)
#define BARE_TEST(name)                                                        \
    cmocka_unit_test_setup_teardown(name, far_set_up, far_tear_down)
    const struct CMUnitTest tests[] = {
        BARE_TEST(worker_says_hello_first),
        BARE_TEST(another_version_is_refused),
        BARE_TEST(another_runner_is_refused),
        BARE_TEST(frame_before_hello_is_refused),
        TEST(job_starts_writes_and_is_done),
        TEST(jobs_run_one_after_the_other),
        TEST(job_inherits_no_descriptor_and_no_signal_setting),
        TEST(batch_without_its_program_is_unable),
        TEST(job_of_a_batch_that_is_not_known_comes_back),
        TEST(job_that_cannot_start_is_done),
        TEST(output_waits_for_its_window),
        TEST(limit_is_kept),
    };
    (void)signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/blob.h"
#include "fake_pool.h"
#include "job/attempt.h"
#include "job/job.h"
#include "run/verdict.h"
#include "wire/frame.h"

static struct fake_pool pool;
static struct job *job;
static struct attempt *attempt;

static int set_up(void **state)
{
    (void)state;
    fake_pool_init(&pool, 1, 1);
    job = job_new(9, NULL);
    job->attempts_made = 1;
    attempt = attempt_new(job, &fake_pool_add(&pool)->runner);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    attempt_free(attempt);
    job_free(job);
    fake_pool_release(&pool);
    return 0;
}

static void what_the_far_end_says_is_the_result(void **state)
{
    (void)state;
    struct frame_done done = {.slot = 3,
                              .status = RESULT_TIMED_OUT,
                              .signal = 15,
                              .started_us = 1,
                              .duration_us = 2,
                              .cpu_us = 3,
                              .peak_kib = 4,
                              .message = bytes_of("why")};
    struct result *result = verdict_of_done(attempt, &done);
    assert_int_equal(result->seq, 9);
    assert_int_equal(result->attempt, 2);
    assert_int_equal(result->slot, 3);
    assert_int_equal(result->status, RESULT_TIMED_OUT);
    assert_int_equal(result->signal, 15);
    assert_int_equal(result->started_us, 1);
    assert_int_equal(result->duration_us, 2);
    assert_int_equal(result->cpu_us, 3);
    assert_int_equal(result->peak_kib, 4);
    assert_string_equal(result->message, "why");
    assert_string_equal(result->pool, "fake");
    assert_null(result->out);
    result_free(result);
}

static void what_was_written_goes_with_it(void **state)
{
    (void)state;
    struct frame_done done = {.slot = 1};
    struct blob *out = blob_new(NULL);
    struct blob *err = blob_new(NULL);
    attempt->out[0] = out;
    attempt->out[1] = err;
    struct result *result = verdict_of_done(attempt, &done);
    assert_ptr_equal(result->out, out);
    assert_ptr_equal(result->err, err);
    assert_null(attempt->out[0]);
    assert_null(attempt->out[1]);
    result_free(result);
}

static void numbers_that_mean_nothing_are_no_success(void **state)
{
    (void)state;
    struct frame_done done = {.slot = 1, .status = UINT64_MAX};
    struct result *result = verdict_of_done(attempt, &done);
    assert_int_equal(result->status, RESULT_WORKER_LOST);
    result_free(result);
    done = (struct frame_done){.slot = 1, .exit_code = -1, .signal = 1000};
    result = verdict_of_done(attempt, &done);
    assert_int_equal(result->exit_code, 255);
    assert_in_range(result->signal, 0, 127);
    assert_false(result_ok(result));
    result_free(result);
}

static void a_loss_names_its_place(void **state)
{
    (void)state;
    attempt->slot = 5;
    struct result *result = verdict_of_loss(attempt);
    assert_int_equal(result->status, RESULT_WORKER_LOST);
    assert_int_equal(result->seq, 9);
    assert_int_equal(result->attempt, 2);
    assert_int_equal(result->slot, 5);
    assert_false(result_ok(result));
    result_free(result);
}

static void without_an_attempt_there_is_a_reason(void **state)
{
    (void)state;
    struct job *bad = job_new(4, NULL);
    struct result *result = verdict_not_started(bad, 126, "too long");
    assert_int_equal(result->status, RESULT_NOT_STARTED);
    assert_int_equal(result->exit_code, 126);
    assert_int_equal(result->attempt, 0);
    assert_int_equal(result->slot, 0);
    assert_string_equal(result->message, "too long");
    result_free(result);
    job_free(bad);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_the_far_end_says_is_the_result),
        TEST(what_was_written_goes_with_it),
        TEST(numbers_that_mean_nothing_are_no_success),
        TEST(a_loss_names_its_place),
        TEST(without_an_attempt_there_is_a_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

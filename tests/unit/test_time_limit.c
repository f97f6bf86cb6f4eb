/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fake_pool.h"
#include "job/attempt.h"
#include "job/batch.h"
#include "job/job.h"
#include "run/time_limit.h"

static void without_any_there_is_none(void **state)
{
    (void)state;
    struct time_limit limit = {0};
    assert_false(time_limit_learn(&limit, 1000));
    assert_int_equal(time_limit_us(&limit), 0);
}

static void a_fixed_one_is_there_at_once(void **state)
{
    (void)state;
    struct time_limit limit = {.fixed_us = 500};
    assert_int_equal(time_limit_us(&limit), 500);
    assert_false(time_limit_learn(&limit, 1000));
    assert_int_equal(time_limit_us(&limit), 500);
}

static void one_by_the_median_needs_three_successes(void **state)
{
    (void)state;
    struct time_limit limit = {.percent = 300};
    assert_false(time_limit_learn(&limit, 100000));
    assert_false(time_limit_learn(&limit, 100000));
    assert_int_equal(time_limit_us(&limit), 0);
    assert_true(time_limit_learn(&limit, 100000));
    assert_in_range(time_limit_us(&limit), 294000, 306000);
    assert_false(time_limit_learn(&limit, 100000)); /* it was known */
}

static void it_follows_the_median(void **state)
{
    (void)state;
    struct time_limit limit = {.percent = 100};
    for (int i = 0; i < 3; i++) {
        (void)time_limit_learn(&limit, 1000);
    }
    for (int i = 0; i < 5; i++) {
        (void)time_limit_learn(&limit, 100000);
    }
    assert_in_range(time_limit_us(&limit), 98000, 102000);
}

static void it_is_never_nothing_and_never_beyond_all_numbers(void **state)
{
    (void)state;
    struct time_limit limit = {.percent = 1};
    for (int i = 0; i < 3; i++) {
        (void)time_limit_learn(&limit, 1);
    }
    assert_int_equal(time_limit_us(&limit), 1);
    limit = (struct time_limit){.percent = UINT32_MAX};
    for (int i = 0; i < 3; i++) {
        (void)time_limit_learn(&limit, INT64_MAX);
    }
    assert_true(time_limit_us(&limit) > 0);
}

static void only_who_runs_without_one_is_told(void **state)
{
    (void)state;
    struct fake_pool pool;
    struct batch batch = {.number = 1};
    struct time_limit limit = {.fixed_us = 500};
    struct time_limit none = {0};
    fake_pool_init(&pool, 1, 1);
    struct fake_runner *fake = fake_pool_add(&pool);
    struct job *job = job_new(4, NULL);
    struct attempt *attempt = attempt_new(job, &fake->runner);

    time_limit_apply(&limit, attempt, &batch); /* it has not started */
    assert_string_equal(fake_said(fake), "");
    attempt->slot = 1;
    time_limit_apply(&none, attempt, &batch);
    assert_string_equal(fake_said(fake), "");
    time_limit_apply(&limit, attempt, &batch);
    assert_string_equal(fake_said(fake), "LIMIT 4 500");
    time_limit_apply(&limit, attempt, &batch);
    assert_string_equal(fake_said(fake), "");
    attempt_free(attempt);
    job_free(job);
    fake_pool_release(&pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_any_there_is_none),
        cmocka_unit_test(a_fixed_one_is_there_at_once),
        cmocka_unit_test(one_by_the_median_needs_three_successes),
        cmocka_unit_test(it_follows_the_median),
        cmocka_unit_test(it_is_never_nothing_and_never_beyond_all_numbers),
        cmocka_unit_test(only_who_runs_without_one_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "base/clock.h"
#include "out/rate.h"

static const int64_t second = CLOCK_US_PER_SECOND;

static void expect_near(double value, double expected, double share)
{
    if (fabs(value - expected) > share * expected) {
        fail_msg("%g is not near %g", value, expected);
    }
}

static void what_has_seen_nothing_has_no_rate(void **state)
{
    (void)state;
    struct rate rate = {0};
    assert_true(rate_per_second(&rate) == 0);
    rate_update(&rate, 5, 1);
    assert_true(rate_per_second(&rate) == 0);
}

static void it_is_right_from_the_first_second(void **state)
{
    (void)state;
    struct rate rate = {0};
    for (int i = 1; i <= 5; i++) {
        rate_update(&rate, 160 * (unsigned)i, i * second / 5);
    }
    expect_near(rate_per_second(&rate), 800, 0.001);
}

static void how_often_it_is_asked_hardly_matters(void **state)
{
    (void)state;
    struct rate often = {0};
    struct rate rarely = {0};
    for (int i = 1; i <= 6000; i++) {
        rate_update(&often, 2 * (unsigned)i, i * second / 100);
        if (i % 200 == 0) {
            rate_update(&rarely, 2 * (unsigned)i, i * second / 100);
        }
    }
    expect_near(rate_per_second(&often), 200, 0.001);
    expect_near(rate_per_second(&rarely), 200, 0.001);
}

static void it_follows_a_change_within_half_a_minute(void **state)
{
    (void)state;
    struct rate rate = {0};
    uint64_t done = 0;
    for (int i = 1; i <= 130; i++) {
        done += i <= 100 ? 100 : 10;
        rate_update(&rate, done, i * second);
    }
    assert_true(rate_per_second(&rate) < 30);
    assert_true(rate_per_second(&rate) > 10);
}

static void rare_jobs_keep_a_steady_rate(void **state)
{
    (void)state;
    struct rate rate = {0};
    for (int i = 1; i <= 7200; i++) {
        rate_update(&rate, (uint64_t)(i / 300), i * second);
        if (i > 3600) {
            expect_near(rate_per_second(&rate), 1.0 / 300, 0.2);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_has_seen_nothing_has_no_rate),
        cmocka_unit_test(it_is_right_from_the_first_second),
        cmocka_unit_test(how_often_it_is_asked_hardly_matters),
        cmocka_unit_test(it_follows_a_change_within_half_a_minute),
        cmocka_unit_test(rare_jobs_keep_a_steady_rate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

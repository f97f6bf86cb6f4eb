/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "run/credit.h"

static unsigned extra_after(int64_t duration_us)
{
    struct credit credit = {0};
    credit_add(&credit, duration_us);
    return credit_extra(&credit);
}

static void nothing_is_known_at_first(void **state)
{
    (void)state;
    struct credit credit = {0};
    assert_int_equal(credit_extra(&credit), 0);
}

static void the_shorter_the_jobs_the_more_may_wait(void **state)
{
    (void)state;
    assert_int_equal(extra_after(5001), 0);
    assert_int_equal(extra_after(5000), 1);
    assert_int_equal(extra_after(3000), 2);
    assert_int_equal(extra_after(1000), 4);
    assert_int_equal(extra_after(375), 8);
    assert_int_equal(extra_after(1), 8);
}

static void a_far_end_may_say_any_duration(void **state)
{
    (void)state;
    assert_int_equal(extra_after(0), 8);
    assert_int_equal(extra_after(-5), 8);
    assert_int_equal(extra_after(INT64_MIN), 8);
    assert_int_equal(extra_after(INT64_MAX), 0);
}

static void the_newest_weigh_most(void **state)
{
    (void)state;
    struct credit credit = {0};
    credit_add(&credit, 1000);
    credit_add(&credit, 1000000);
    assert_int_equal(credit_extra(&credit), 0);
    for (int i = 0; i < 60; i++) {
        credit_add(&credit, 1000);
    }
    assert_in_range(credit_extra(&credit), 1, 4);
    for (int i = 0; i < 60; i++) {
        credit_add(&credit, 1000);
    }
    assert_in_range(credit_extra(&credit), 3, 4);
}

static void it_may_be_off(void **state)
{
    (void)state;
    struct credit credit = {.is_off = true};
    credit_add(&credit, 10);
    assert_int_equal(credit_extra(&credit), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_known_at_first),
        cmocka_unit_test(the_shorter_the_jobs_the_more_may_wait),
        cmocka_unit_test(a_far_end_may_say_any_duration),
        cmocka_unit_test(the_newest_weigh_most),
        cmocka_unit_test(it_may_be_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

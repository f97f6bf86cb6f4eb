/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "pseudo_random.h"
#include "run/median.h"

enum { MANY = 10001 };

static void expect_about(const struct median *median, int64_t value)
{
    int64_t got = median_us(median);
    assert_in_range(got, value - value / 50, value + value / 50);
}

static void of_none_it_is_nothing(void **state)
{
    (void)state;
    struct median median = {0};
    assert_int_equal(median_us(&median), 0);
}

static void it_is_right_to_about_two_percent(void **state)
{
    (void)state;
    for (int64_t value = 100; value < INT64_C(1) << 47; value = value * 7 / 5) {
        struct median median = {0};
        median_add(&median, value);
        expect_about(&median, value);
    }
}

static void half_of_all_are_no_longer(void **state)
{
    (void)state;
    struct median median = {0};
    median_add(&median, 1000);
    median_add(&median, 9000);
    expect_about(&median, 1000);
    median_add(&median, 9000);
    expect_about(&median, 9000);
    median_add(&median, 1000);
    median_add(&median, 1000);
    expect_about(&median, 1000);
}

static int compare(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a;
    int64_t right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

static void it_is_that_of_a_sorted_list(void **state)
{
    (void)state;
    static int64_t values[MANY];
    struct pseudo_random random = {7};
    struct median median = {0};
    for (int i = 0; i < MANY; i++) {
        values[i] = 1000 + (int64_t)pseudo_random_below(&random, 1000000);
        median_add(&median, values[i]);
    }
    qsort(values, MANY, sizeof *values, compare);
    expect_about(&median, values[MANY / 2]);
}

static void a_far_end_may_say_any_duration(void **state)
{
    (void)state;
    struct median median = {0};
    median_add(&median, 0);
    median_add(&median, -1);
    median_add(&median, INT64_MIN);
    assert_int_equal(median_us(&median), 1);
    median = (struct median){0};
    median_add(&median, INT64_MAX);
    assert_true(median_us(&median) > INT64_C(1) << 47);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_none_it_is_nothing),
        cmocka_unit_test(it_is_right_to_about_two_percent),
        cmocka_unit_test(half_of_all_are_no_longer),
        cmocka_unit_test(it_is_that_of_a_sorted_list),
        cmocka_unit_test(a_far_end_may_say_any_duration),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

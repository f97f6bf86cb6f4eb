/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "out/progress.h"

/* 2023-11-14 22:13:20 UTC, a Tuesday */
static const int64_t now_us = 1700000000 * (int64_t)CLOCK_US_PER_SECOND;

static struct progress_state some_state(void)
{
    return (struct progress_state){.done = 1234,
                                   .failed = 3,
                                   .running = 2,
                                   .total = 5000,
                                   .total_known = true,
                                   .per_second = 812,
                                   .elapsed_us = 2 * CLOCK_US_PER_SECOND,
                                   .wall_us = now_us,
                                   .workers = 2,
                                   .pools = 1};
}

static void expect_plain(const struct progress_state *state, const char *text)
{
    AUTO_BUF struct buf out = {0};
    progress_plain_line(state, &out);
    assert_string_equal(buf_text(&out), text);
}

static void expect_bar(const struct progress_state *state, unsigned width,
                       const char *text)
{
    AUTO_BUF struct buf out = {0};
    progress_bar_line(state, width, false, &out);
    assert_string_equal(buf_text(&out), text);
    assert_true(out.len <= width);
}

static int use_utc(void **state)
{
    (void)state;
    (void)setenv("TZ", "UTC0", 1);
    tzset();
    return 0;
}

static void a_plain_line_tells_all(void **state)
{
    (void)state;
    struct progress_state run = some_state();
    expect_plain(&run, "1234/5000 24% 3 failed 2 running 812/s 5 s left "
                       "(ends 22:13:25) 2 workers\n");
}

static void without_failures_none_are_named(void **state)
{
    (void)state;
    struct progress_state run = some_state();
    run.failed = 0;
    run.workers = 14;
    run.pools = 3;
    expect_plain(&run, "1234/5000 24% 2 running 812/s 5 s left "
                       "(ends 22:13:25) 14 workers in 3 pools\n");
}

static void while_rows_may_come_nothing_is_said_of_the_end(void **state)
{
    (void)state;
    struct progress_state run = some_state();
    run.total_known = false;
    expect_plain(&run, "1234/5000+ 3 failed 2 running 812/s 2 workers\n");
    expect_bar(&run, 200, "1234/5000+ 3 failed 2 running 812/s 2 workers");
}

static void without_a_rate_there_is_no_time_left(void **state)
{
    (void)state;
    struct progress_state run = some_state();
    run.done = 0;
    run.failed = 0;
    run.per_second = 0;
    run.workers = 1;
    expect_plain(&run, "0/5000 0% 2 running 1 worker\n");
    run.per_second = 1e-12;
    expect_plain(&run, "0/5000 0% 2 running 0.0/h 1 worker\n");
}

static void at_the_end_the_time_it_took_is_told(void **state)
{
    (void)state;
    struct progress_state run = some_state();
    run.done = 5000;
    run.elapsed_us = 6200000;
    expect_plain(&run, "5000/5000 100% 3 failed 812/s in 6 s 2 workers\n");
    run.done = run.total = run.failed = 0;
    run.per_second = 0;
    expect_plain(&run, "0/0 100% in 6 s 2 workers\n");
}

static void long_times_have_larger_units_and_name_the_day(void **state)
{
    (void)state;
    struct progress_state run = some_state();
    run.failed = 0;
    run.done = 0;
    run.total = 1000;
    run.per_second = 4;
    expect_plain(&run, "0/1000 0% 2 running 4.0/s 4 min 10 s left "
                       "(ends 22:17:30) 2 workers\n");
    run.per_second = 0.02;
    expect_plain(&run, "0/1000 0% 2 running 1.2/min 13 h 53 min left "
                       "(ends Wed 12:06) 2 workers\n");
    run.per_second = 0.001;
    expect_plain(&run, "0/1000 0% 2 running 3.6/h 11 d 13 h left "
                       "(ends 2023-11-26) 2 workers\n");
}

static void the_bar_fills_what_the_width_leaves(void **state)
{
    (void)state;
    struct progress_state run = some_state();
    expect_bar(&run, 200,
               "1234/5000 24% [=========>                            ] "
               "3 failed 2 running 812/s 5 s left (ends 22:13:25) 2 workers");
    expect_bar(&run, 86,
               "1234/5000 24% [==>       ] "
               "3 failed 2 running 812/s 5 s left (ends 22:13:25) 2 workers");
    expect_bar(&run, 85,
               "1234/5000 24% "
               "3 failed 2 running 812/s 5 s left (ends 22:13:25) 2 workers");
    run.done = 5000;
    expect_bar(&run, 70,
               "5000/5000 100% [=====================] "
               "3 failed 812/s in 2 s 2 workers");
}

static void parts_that_do_not_fit_are_left_out(void **state)
{
    (void)state;
    struct progress_state run = some_state();
    expect_bar(&run, 72,
               "1234/5000 24% "
               "3 failed 2 running 812/s 5 s left (ends 22:13:25)");
    expect_bar(&run, 32, "1234/5000 24% 3 failed 2 running");
    expect_bar(&run, 13, "1234/5000 24%");
    expect_bar(&run, 6, "1234/5");
    expect_bar(&run, 0, "");
}

static void colors_take_no_columns(void **state)
{
    (void)state;
    AUTO_BUF struct buf out = {0};
    struct progress_state run = some_state();
    progress_bar_line(&run, 86, true, &out);
    assert_string_equal(
        buf_text(&out),
        "1234/5000 24% [\033[32m==>       \033[m] \033[31m3 failed\033[m "
        "2 running 812/s 5 s left (ends 22:13:25) 2 workers");
}

static void more_done_than_rows_breaks_nothing(void **state)
{
    (void)state;
    struct progress_state run = some_state();
    run.done = 6000;
    expect_plain(&run, "6000/5000 100% 3 failed 812/s in 2 s 2 workers\n");
}

static void a_line_is_due_every_ten_seconds(void **state)
{
    (void)state;
    struct progress_mark mark = {0};
    struct progress_state run = some_state();
    run.total_known = false;
    run.elapsed_us = 9999999;
    assert_false(progress_is_due(&mark, &run));
    run.elapsed_us = 10000000;
    assert_true(progress_is_due(&mark, &run));
    assert_false(progress_is_due(&mark, &run));
    run.elapsed_us = 20000000;
    assert_true(progress_is_due(&mark, &run));
}

static void a_line_is_due_at_each_tenth(void **state)
{
    (void)state;
    struct progress_mark mark = {0};
    struct progress_state run = some_state();
    run.done = 499;
    assert_false(progress_is_due(&mark, &run));
    run.done = 500;
    assert_true(progress_is_due(&mark, &run));
    assert_false(progress_is_due(&mark, &run));
    run.done = 1600;
    assert_true(progress_is_due(&mark, &run));
    run.done = 5000;
    assert_true(progress_is_due(&mark, &run));
    assert_false(progress_is_due(&mark, &run));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plain_line_tells_all),
        cmocka_unit_test(without_failures_none_are_named),
        cmocka_unit_test(while_rows_may_come_nothing_is_said_of_the_end),
        cmocka_unit_test(without_a_rate_there_is_no_time_left),
        cmocka_unit_test(at_the_end_the_time_it_took_is_told),
        cmocka_unit_test(long_times_have_larger_units_and_name_the_day),
        cmocka_unit_test(the_bar_fills_what_the_width_leaves),
        cmocka_unit_test(parts_that_do_not_fit_are_left_out),
        cmocka_unit_test(colors_take_no_columns),
        cmocka_unit_test(more_done_than_rows_breaks_nothing),
        cmocka_unit_test(a_line_is_due_every_ten_seconds),
        cmocka_unit_test(a_line_is_due_at_each_tenth),
    };
    return cmocka_run_group_tests(tests, use_utc, NULL);
}

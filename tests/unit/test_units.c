/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/err.h"
#include "base/units.h"

static void expect_duration(const char *text, int64_t duration_us)
{
    int64_t value = -1;
    struct err err = {0};
    if (units_parse_duration(text, &value, &err) < 0) {
        fail_msg("%s", err.text);
    }
    assert_true(value == duration_us);
}

static void expect_no_duration(const char *text)
{
    int64_t value = -1;
    struct err err = {0};
    assert_int_equal(units_parse_duration(text, &value, &err), -1);
    assert_true(value == -1);
    assert_non_null(strstr(err.text, text));
    assert_non_null(strstr(err.text, "1m30s"));
}

static void durations_are_seconds_or_carry_units(void **state)
{
    (void)state;
    expect_duration("0", 0);
    expect_duration("10", 10000000);
    expect_duration("0.5", 500000);
    expect_duration(".5", 500000);
    expect_duration("0.3", 300000);
    expect_duration("0.0000019", 1);
    expect_duration("1.5m", 90000000);
    expect_duration("2h", INT64_C(7200000000));
    expect_duration("3d", INT64_C(259200000000));
    expect_duration("100ms", 100000);
    expect_duration("7us", 7);
    expect_duration("1m30s", 90000000);
    expect_duration("1d1h1m1s1ms1us", INT64_C(90061001001));
    expect_duration("1.5h0.5m", INT64_C(5430000000));
    expect_duration("9223372036854.775807", INT64_MAX);
}

static void what_is_no_duration_is_told_with_examples(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "x",
        "-1",
        "1x",
        "1.",
        ".",
        "5 s",
        "1m30",
        "1s1m",
        "1m1m",
        "1e3",
        "1mss",
        "1.2.3",
        "+1",
        "s",
        "1M",
        "0x10",
        "99999999999999999999",
        "inf",
        "1,5",
        " 1",
        "1s ",
        "9223372036854.775808",
        "200000000d",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        expect_no_duration(texts[i]);
    }
}

static void expect_size(const char *text, uint64_t size_bytes)
{
    uint64_t value = 1234567;
    struct err err = {0};
    if (units_parse_size(text, &value, &err) < 0) {
        fail_msg("%s", err.text);
    }
    assert_true(value == size_bytes);
}

static void sizes_know_both_thousands(void **state)
{
    (void)state;
    expect_size("0", 0);
    expect_size("4096", 4096);
    expect_size("4096B", 4096);
    expect_size("10k", 10000);
    expect_size("10K", 10240);
    expect_size("1.5GiB", UINT64_C(1610612736));
    expect_size("2G", UINT64_C(2147483648));
    expect_size("2g", UINT64_C(2000000000));
    expect_size("2GB", UINT64_C(2000000000));
    expect_size("0.1K", 102);
    expect_size("3T", UINT64_C(3) << 40);
    expect_size("16383P", UINT64_C(16383) << 50);
    expect_size("18446744073709551615", UINT64_MAX);
}

static void what_is_no_size_is_told_with_examples(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",   "x", "-1", "1kb", "1 K",    "1KK",
        "1.", "K", "1b", "1e3", "16384P", "18446744073709551616",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        uint64_t value = 7;
        struct err err = {0};
        assert_int_equal(units_parse_size(texts[i], &value, &err), -1);
        assert_int_equal(value, 7);
        assert_non_null(strstr(err.text, texts[i]));
        assert_non_null(strstr(err.text, "1.5GiB"));
    }
}

static void percentages_are_whole_and_end_in_the_sign(void **state)
{
    (void)state;
    static const char *const bad[] = {"",         "300",  "%",
                                      "-1%",      "1.5%", "10%%",
                                      "1000001%", " 1%",  "99999999999%"};
    unsigned percent = 7;
    struct err err = {0};

    assert_int_equal(units_parse_percent("300%", &percent, &err), 0);
    assert_int_equal(percent, 300);
    assert_int_equal(units_parse_percent("0%", &percent, &err), 0);
    assert_int_equal(percent, 0);
    assert_int_equal(units_parse_percent("1000000%", &percent, &err), 0);
    assert_int_equal(percent, 1000000);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(units_parse_percent(bad[i], &percent, &err), -1);
        assert_non_null(strstr(err.text, "300%"));
        assert_int_equal(percent, 1000000);
    }
}

static void durations_are_told_in_two_units(void **state)
{
    (void)state;
    static const struct {
        int64_t duration_us;
        const char *text;
    } rows[] = {
        {-5, "0 ms"},
        {0, "0 ms"},
        {250999, "250 ms"},
        {3000000, "3 s"},
        {59999999, "59 s"},
        {125000000, "2 min 5 s"},
        {INT64_C(4800000000), "1 h 20 min"},
        {INT64_C(86400000000), "1 d 0 h"},
        {INT64_C(183600000000), "2 d 3 h"},
        {INT64_MAX, "106751991 d 4 h"},
    };
    char text[UNITS_TEXT_SIZE];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_string_equal(units_format_duration(rows[i].duration_us, text),
                            rows[i].text);
    }
}

static void sizes_are_told_in_powers_of_1024(void **state)
{
    (void)state;
    static const struct {
        uint64_t size_bytes;
        const char *text;
    } rows[] = {
        {0, "0 B"},
        {1023, "1023 B"},
        {1024, "1 KiB"},
        {1536, "1.5 KiB"},
        {20 << 20, "20 MiB"},
        {UINT64_C(1024) * 1024 * 1024 - 1, "1023 MiB"},
        {UINT64_MAX, "15 EiB"},
    };
    char text[UNITS_TEXT_SIZE];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_string_equal(units_format_size(rows[i].size_bytes, text),
                            rows[i].text);
    }
}

static void a_clock_time_has_its_date_unless_it_is_today(void **state)
{
    (void)state;
    char text[UNITS_TEXT_SIZE];
    const int64_t start_us =
        INT64_C(1000000000000000); /* 2001-09-09 01:46:40 */
    const int64_t day_us = INT64_C(86400000000);

    assert_int_equal(setenv("TZ", "UTC0", 1), 0);
    tzset();
    assert_string_equal(units_format_clock(start_us, start_us + 5, text),
                        "01:46:40");
    assert_string_equal(units_format_clock(start_us + day_us, start_us, text),
                        "2001-09-10 01:46:40");
    assert_string_equal(
        units_format_clock(start_us + 366 * day_us, start_us, text),
        "2002-09-10 01:46:40");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(durations_are_seconds_or_carry_units),
        cmocka_unit_test(what_is_no_duration_is_told_with_examples),
        cmocka_unit_test(sizes_know_both_thousands),
        cmocka_unit_test(what_is_no_size_is_told_with_examples),
        cmocka_unit_test(percentages_are_whole_and_end_in_the_sign),
        cmocka_unit_test(durations_are_told_in_two_units),
        cmocka_unit_test(sizes_are_told_in_powers_of_1024),
        cmocka_unit_test(a_clock_time_has_its_date_unless_it_is_today),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

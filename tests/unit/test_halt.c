/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/err.h"
#include "run/halt.h"

static struct halt parse(const char *text)
{
    struct halt halt = {0};
    struct err err = {0};
    if (halt_parse(text, &halt, &err) < 0) {
        fail_msg("%s", err.text);
    }
    return halt;
}

static void expect_same(const char *text, const char *as)
{
    struct halt a = parse(text);
    struct halt b = parse(as);
    assert_int_equal(a.when, b.when);
    assert_int_equal(a.why, b.why);
    assert_int_equal(a.is_percent, b.is_percent);
    assert_int_equal(a.limit, b.limit);
}

static void when_why_and_limit_are_read(void **state)
{
    (void)state;
    struct halt halt = parse("soon,success=30%");

    assert_int_equal(halt.when, HALT_SOON);
    assert_int_equal(halt.why, HALT_SUCCESS);
    assert_true(halt.is_percent);
    assert_int_equal(halt.limit, 30);
    halt = parse("now,done=12");
    assert_int_equal(halt.when, HALT_NOW);
    assert_int_equal(halt.why, HALT_DONE);
    assert_false(halt.is_percent);
    assert_int_equal(halt.limit, 12);
}

static void the_short_forms_are_those_of_gnu_parallel(void **state)
{
    (void)state;
    expect_same("0", "never");
    expect_same("1", "soon,fail=1");
    expect_same("2", "now,fail=1");
    expect_same("-1", "soon,success=1");
    expect_same("-2", "now,success=1");
    expect_same("20%", "soon,fail=20%");
}

static void expect_error(const char *text, const char *part)
{
    struct halt halt = {.limit = 77};
    struct err err = {0};

    assert_int_equal(halt_parse(text, &halt, &err), -1);
    assert_int_equal(halt.limit, 77);
    if (!strstr(err.text, text) || !strstr(err.text, part)) {
        fail_msg("\"%s\" does not hold \"%s\"", err.text, part);
    }
}

static void what_is_wrong_is_said(void **state)
{
    (void)state;
    expect_error("", "never");
    expect_error("3", "never");
    expect_error("later,fail=1", "\"soon,\"");
    expect_error("now", "\"now,\"");
    expect_error("now,", "success=");
    expect_error("now,fail", "fail=");
    expect_error("now,fails=1", "fail=");
    expect_error("now,fail=", "100%");
    expect_error("now,fail=x", "100%");
    expect_error("now,fail=0", "from 1");
    expect_error("now,fail=-1", "from 1");
    expect_error("now,fail=0%", "1%");
    expect_error("now,fail=101%", "100%");
    expect_error("now,fail=1.5%", "100%");
    expect_error("now,fail=1 ", "from 1");
    expect_error("now,fail=99999999999999999999999", "from 1");
    expect_error("101%", "never");
}

static enum halt_decision decide(const char *text, struct halt_counts counts)
{
    struct halt halt = parse(text);
    return halt_decide(&halt, &counts);
}

static void never_is_never(void **state)
{
    (void)state;
    struct halt zero = {0};
    struct halt_counts counts = {9, 9, 18, 18, true};

    assert_int_equal(decide("never", counts), HALT_NO);
    assert_int_equal(halt_decide(&zero, &counts), HALT_NO);
}

static void a_number_is_reached_by_its_own_count_only(void **state)
{
    (void)state;
    struct halt_counts counts = {.failed = 2, .succeeded = 5, .done = 7};

    assert_int_equal(decide("now,fail=2", counts), HALT_NOW);
    assert_int_equal(decide("now,fail=3", counts), HALT_NO);
    assert_int_equal(decide("soon,success=5", counts), HALT_SOON);
    assert_int_equal(decide("soon,success=6", counts), HALT_NO);
    assert_int_equal(decide("now,done=7", counts), HALT_NOW);
    assert_int_equal(decide("now,done=8", counts), HALT_NO);
    assert_int_equal(decide("now,done=1", (struct halt_counts){0}), HALT_NO);
}

static void a_percentage_is_of_all_jobs_and_not_rounded(void **state)
{
    (void)state;
    struct halt_counts counts = {.failed = 1, .done = 1, .total = 3};

    assert_int_equal(decide("now,fail=33%", counts), HALT_NO);
    counts.total_known = true;
    assert_int_equal(decide("now,fail=33%", counts), HALT_NOW);
    assert_int_equal(decide("now,fail=34%", counts), HALT_NO);
    assert_int_equal(decide("soon,success=1%", counts), HALT_NO);
    counts = (struct halt_counts){.total_known = true};
    assert_int_equal(decide("now,done=100%", counts), HALT_NO);
    counts = (struct halt_counts){UINT64_MAX - 1, 0, 0, UINT64_MAX, true};
    assert_int_equal(decide("now,fail=100%", counts), HALT_NO);
    assert_int_equal(decide("now,fail=99%", counts), HALT_NOW);
}

static void only_a_percentage_needs_the_total(void **state)
{
    (void)state;
    struct halt never = parse("never");
    struct halt number = parse("soon,fail=30");
    struct halt percent = parse("soon,fail=30%");

    assert_false(halt_needs_total(&never));
    assert_false(halt_needs_total(&number));
    assert_true(halt_needs_total(&percent));
}

static void the_first_failure_gives_its_status(void **state)
{
    (void)state;
    static const char *const texts[] = {"now,fail=1", "2", "soon,fail=1"};
    static const char *const others[] = {"never", "now,fail=2", "now,fail=1%",
                                         "now,success=1", "now,done=1"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct halt halt = parse(texts[i]);
        assert_true(halt_takes_status(&halt));
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct halt halt = parse(others[i]);
        assert_false(halt_takes_status(&halt));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(when_why_and_limit_are_read),
        cmocka_unit_test(the_short_forms_are_those_of_gnu_parallel),
        cmocka_unit_test(what_is_wrong_is_said),
        cmocka_unit_test(never_is_never),
        cmocka_unit_test(a_number_is_reached_by_its_own_count_only),
        cmocka_unit_test(a_percentage_is_of_all_jobs_and_not_rounded),
        cmocka_unit_test(only_a_percentage_needs_the_total),
        cmocka_unit_test(the_first_failure_gives_its_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <signal.h>

#include "job/result.h"
#include "run/outcome.h"

static const struct outcome fresh = {.halt_status = -1};

static int status_of(const struct outcome *outcome, uint64_t failed)
{
    struct scheduler_counts counts = {.succeeded = 5, .failed = failed};
    return outcome_status(outcome, counts);
}

static void the_status_counts_what_failed(void **state)
{
    (void)state;
    assert_int_equal(status_of(&fresh, 0), 0);
    assert_int_equal(status_of(&fresh, 1), 1);
    assert_int_equal(status_of(&fresh, 100), 100);
    assert_int_equal(status_of(&fresh, 101), 101);
    assert_int_equal(status_of(&fresh, UINT64_MAX), 101);
}

static void a_command_nobody_can_run_has_its_own(void **state)
{
    (void)state;
    struct outcome outcome = fresh;
    outcome.unable = 127;
    assert_int_equal(status_of(&outcome, 3), 127);
}

static enum halt_decision halts(struct outcome *outcome, const char *text,
                                uint64_t failed, int exit_code)
{
    struct halt halt;
    struct result result = {.exit_code = exit_code};
    struct halt_counts counts = {.failed = failed, .done = failed};
    assert_int_equal(halt_parse(text, &halt, NULL), 0);
    return outcome_halts(outcome, &halt, &result, &counts);
}

static void who_makes_it_halt_decides_and_once_only(void **state)
{
    (void)state;
    struct outcome outcome = fresh;
    assert_int_equal(halts(&outcome, "now,fail=1", 0, 0), HALT_NO);
    assert_false(outcome.has_halted);
    assert_int_equal(halts(&outcome, "now,fail=1", 1, 7), HALT_NOW);
    assert_int_equal(halts(&outcome, "now,fail=1", 2, 9), HALT_NO);
    assert_int_equal(status_of(&outcome, 2), 7);
}

static void a_halt_by_several_counts_them(void **state)
{
    (void)state;
    struct outcome outcome = fresh;
    assert_int_equal(halts(&outcome, "soon,fail=2", 2, 7), HALT_SOON);
    assert_int_equal(status_of(&outcome, 2), 2);
}

static void only_the_first_trouble_is_kept(void **state)
{
    (void)state;
    struct outcome outcome = fresh;
    outcome_add_trouble(&outcome, &(struct err){ENOSPC, "first"});
    outcome_add_trouble(&outcome, &(struct err){EPIPE, "second"});
    assert_int_equal(outcome.trouble.code, ENOSPC);
    assert_string_equal(outcome.trouble.text, "first");
    assert_int_equal(outcome.signal, 0);
}

static void trouble_without_a_code_is_trouble(void **state)
{
    (void)state;
    struct outcome outcome = fresh;
    outcome_add_trouble(&outcome, &(struct err){0, "odd"});
    assert_int_equal(outcome.trouble.code, EIO);
}

static void a_reader_that_goes_away_ends_us_as_any_filter(void **state)
{
    (void)state;
    struct outcome outcome = fresh;
    outcome_add_trouble(&outcome, &(struct err){EPIPE, "gone"});
    assert_int_equal(outcome.signal, SIGPIPE);
    outcome = fresh;
    outcome.signal = SIGINT;
    outcome_add_trouble(&outcome, &(struct err){EPIPE, "gone"});
    assert_int_equal(outcome.signal, SIGINT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_status_counts_what_failed),
        cmocka_unit_test(a_command_nobody_can_run_has_its_own),
        cmocka_unit_test(who_makes_it_halt_decides_and_once_only),
        cmocka_unit_test(a_halt_by_several_counts_them),
        cmocka_unit_test(only_the_first_trouble_is_kept),
        cmocka_unit_test(trouble_without_a_code_is_trouble),
        cmocka_unit_test(a_reader_that_goes_away_ends_us_as_any_filter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

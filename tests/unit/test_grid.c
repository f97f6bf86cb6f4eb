/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/err.h"
#include "job/grid.h"

static struct grid *grid_of(const char *spec)
{
    struct err err = {0};
    struct grid *grid = grid_new(bytes_of(spec), &err);
    if (!grid) {
        fail_msg("%s: %s", spec, err.text);
    }
    return grid;
}

/* All values, each followed by a blank. */
static void expect_values(const char *spec, const char *values)
{
    AUTO_BUF struct buf out = {0};
    struct grid *grid = grid_of(spec);

    for (uint64_t i = 0; i < grid_count(grid); i++) {
        grid_value(grid, i, &out);
        buf_add_char(&out, ' ');
    }
    assert_string_equal(buf_text(&out), values);
    grid_free(grid);
}

static void expect_refused(const char *spec, const char *why)
{
    struct err err = {0};
    struct grid *grid = grid_new(bytes_of(spec), &err);
    if (grid) {
        fail_msg("%s passed", spec);
    }
    assert_string_equal(err.text, why);
}

static void a_list_keeps_its_bytes(void **state)
{
    (void)state;
    expect_values("a", "a ");
    expect_values("a,b c,0.30,\xff,../x", "a b c 0.30 \xff ../x ");
}

static void integers_go_up_and_down(void **state)
{
    (void)state;
    expect_values("1..5", "1 2 3 4 5 ");
    expect_values("-2..1", "-2 -1 0 1 ");
    expect_values("3..1", "3 2 1 ");
    expect_values("7..7", "7 ");
    expect_values("1e1..12", "10 11 12 ");
}

static void steps_are_decimal(void **state)
{
    (void)state;
    expect_values("0..1:0.25", "0 0.25 0.5 0.75 1 ");
    expect_values("0.1..0.5:0.1", "0.1 0.2 0.3 0.4 0.5 ");
    expect_values("1..0:-0.5", "1 0.5 0 ");
    expect_values("0..1:0.3", "0 0.3 0.6 0.9 ");
    expect_values("0..1:2", "0 ");
    expect_values("10..100:30", "10 40 70 100 ");
    expect_values("5..5:0.1", "5 ");
}

static void a_geometric_range_includes_both_ends(void **state)
{
    (void)state;
    expect_values("1e-6..1e5*10", "0.000001 0.00001 0.0001 0.001 0.01 0.1 1 10 "
                                  "100 1000 10000 100000 ");
    expect_values("1..64*2", "1 2 4 8 16 32 64 ");
    expect_values("1..63*2", "1 2 4 8 16 32 ");
    expect_values("8..1*0.5", "8 4 2 1 ");
    expect_values("-1..-100*10", "-1 -10 -100 ");
    expect_values("3..3*10", "3 ");
    expect_values("1..2*1.5", "1 1.5 ");
    expect_values("1e998..2e999*10", "1e+998 1e+999 ");
}

static void lists_mix_ranges_and_text(void **state)
{
    (void)state;
    expect_values("1..4,8,16", "1 2 3 4 8 16 ");
    expect_values("none,0..1:0.5,1..100*10,x", "none 0 0.5 1 1 10 100 x ");
}

static void a_huge_range_costs_nothing(void **state)
{
    (void)state;
    AUTO_BUF struct buf out = {0};
    struct grid *grid = grid_of("1..1000000000000");

    assert_true(grid_count(grid) == 1000000000000);
    grid_value(grid, 999999999999, &out);
    assert_string_equal(buf_text(&out), "1000000000000");
    grid_free(grid);
}

static void the_last_of_many_small_steps_is_exact(void **state)
{
    (void)state;
    AUTO_BUF struct buf out = {0};
    struct grid *grid = grid_of("-1..1:0.0000000001");

    assert_true(grid_count(grid) == 20000000001);
    grid_value(grid, 13000000000, &out);
    assert_string_equal(buf_text(&out), "0.3");
    grid_free(grid);
}

static void bad_specs_are_told_in_a_sentence(void **state)
{
    (void)state;
    expect_refused("", "an element of the list is empty");
    expect_refused("a,,b", "an element of the list is empty");
    expect_refused("1,2,", "an element of the list is empty");
    expect_refused("a..f", "the range a..f: \"a\" is no number");
    expect_refused("1..", "the range 1..: \"\" is no number");
    expect_refused("..5", "the range ..5: \"\" is no number");
    expect_refused("1..5:", "the range 1..5:: \"\" is no number");
    expect_refused("1..5:2*3", "the range 1..5:2*3: \"5:2\" is no number");
    expect_refused("0..1:0", "the range 0..1:0: a step of 0 leads nowhere");
    expect_refused("1..0:0.1", "the range 1..0:0.1: the step leads away from "
                               "the end of the range");
    expect_refused("0.5..2", "the range 0.5..2: a range of fractions wants a "
                             "step, as in 0..1:0.25");
    expect_refused("0..1:1e-18", "the range 0..1:1e-18: its values need more "
                                 "than 18 digits");
}

static void bad_factors_are_told_in_a_sentence(void **state)
{
    (void)state;
    expect_refused("0..8*2", "the range 0..8*2: a geometric range cannot touch "
                             "or cross 0");
    expect_refused("-1..8*2", "the range -1..8*2: a geometric range cannot "
                              "touch or cross 0");
    expect_refused("1..8*1", "the range 1..8*1: the factor must be above 0 and "
                             "other than 1");
    expect_refused("1..8*-2", "the range 1..8*-2: the factor must be above 0 "
                              "and other than 1");
    expect_refused("1..8*0.5", "the range 1..8*0.5: the factor leads away from "
                               "the end of the range");
    expect_refused("1..9*1.00001", "the range 1..9*1.00001: more than 100000 "
                                   "values; take a larger factor");
}

static void more_values_than_can_be_counted_are_refused(void **state)
{
    (void)state;
    const char *range = "-999999999999999999..999999999999999999";
    AUTO_BUF struct buf spec = {0};

    for (int i = 0; i < 10; i++) {
        buf_add_text(&spec, i ? "," : "");
        buf_add_text(&spec, range);
    }
    expect_refused(buf_text(&spec), "more values than can be counted");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_keeps_its_bytes),
        cmocka_unit_test(integers_go_up_and_down),
        cmocka_unit_test(steps_are_decimal),
        cmocka_unit_test(a_geometric_range_includes_both_ends),
        cmocka_unit_test(lists_mix_ranges_and_text),
        cmocka_unit_test(a_huge_range_costs_nothing),
        cmocka_unit_test(the_last_of_many_small_steps_is_exact),
        cmocka_unit_test(bad_specs_are_told_in_a_sentence),
        cmocka_unit_test(bad_factors_are_told_in_a_sentence),
        cmocka_unit_test(more_values_than_can_be_counted_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "run/gate.h"

enum { SECOND = 1000000 };

static void the_load_is_the_first_number(void **state)
{
    (void)state;
    assert_true(gate_load("0.50 1.25 3.00 2/345 6789\n") == 0.5);
    assert_true(gate_load("12.00") == 12);
    assert_true(gate_load("") == -1);
    assert_true(gate_load("none") == -1);
}

static void available_memory_has_a_line_of_its_own(void **state)
{
    (void)state;
    assert_int_equal(gate_available_bytes("MemTotal:  100 kB\n"
                                          "MemAvailable:    2048 kB\n"),
                     2048 * 1024);
    assert_int_equal(gate_available_bytes("MemAvailable: 0 kB"), 0);
    assert_int_equal(gate_available_bytes("MemFree: 5 kB\n"), -1);
    assert_int_equal(gate_available_bytes("MemAvailable:"), -1);
    assert_int_equal(gate_available_bytes(""), -1);
}

static void without_limits_it_is_open_and_looks_at_nothing(void **state)
{
    (void)state;
    struct gate gate = {0};
    assert_true(gate_is_open(&gate, SECOND));
    assert_int_equal(gate.checked_us, 0);
}

static void a_limit_nobody_keeps_closes_it(void **state)
{
    (void)state;
    struct gate gate = {.memfree_bytes = UINT64_MAX};
    assert_false(gate_is_open(&gate, SECOND));
    assert_true(gate.is_pressed);
}

static void limits_everybody_keeps_leave_it_open(void **state)
{
    (void)state;
    struct gate gate = {.most_load = 1e9, .memfree_bytes = 1};
    assert_true(gate_is_open(&gate, SECOND));
    assert_false(gate.is_pressed);
}

static void an_answer_holds_for_a_while(void **state)
{
    (void)state;
    struct gate gate = {.memfree_bytes = UINT64_MAX};
    assert_false(gate_is_open(&gate, SECOND));
    gate.memfree_bytes = 1;
    assert_false(gate_is_open(&gate, SECOND + SECOND / 4));
    assert_true(gate_is_open(&gate, 2 * SECOND));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_load_is_the_first_number),
        cmocka_unit_test(available_memory_has_a_line_of_its_own),
        cmocka_unit_test(without_limits_it_is_open_and_looks_at_nothing),
        cmocka_unit_test(a_limit_nobody_keeps_closes_it),
        cmocka_unit_test(limits_everybody_keeps_leave_it_open),
        cmocka_unit_test(an_answer_holds_for_a_while),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

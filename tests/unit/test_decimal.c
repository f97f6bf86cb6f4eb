/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/decimal.h"
#include "base/err.h"

static struct decimal number(const char *text)
{
    struct decimal result;
    struct err err = {0};
    if (decimal_parse(bytes_of(text), &result, &err)) {
        fail_msg("%s", err.text);
    }
    return result;
}

static void expect_text(struct decimal value, const char *text)
{
    AUTO_BUF struct buf out = {0};
    decimal_format(value, &out);
    assert_string_equal(buf_text(&out), text);
}

static void expect_same(const char *text, const char *formatted)
{
    expect_text(number(text), formatted);
}

static void expect_refused(const char *text, const char *why)
{
    struct decimal value = {5, 5};
    struct err err = {0};
    assert_int_equal(decimal_parse(bytes_of(text), &value, &err), -1);
    assert_string_equal(err.text, why);
    assert_int_equal(value.digits, 5);
}

static void numbers_are_written_as_people_do(void **state)
{
    (void)state;
    expect_same("0", "0");
    expect_same("-0.00", "0");
    expect_same("0.25", "0.25");
    expect_same("-3", "-3");
    expect_same("+3.", "3");
    expect_same(".5", "0.5");
    expect_same("007.10", "7.1");
    expect_same("-12.05", "-12.05");
    expect_same("1e-6", "0.000001");
    expect_same("1E5", "100000");
    expect_same("12.5e+1", "125");
    expect_same("0e99999999999999", "0");
    expect_same("999999999999999999", "999999999999999999");
    expect_same("0.123456789012345678", "0.123456789012345678");
    expect_same("1000000000000000000000000", "1e+24");
}

static void an_exponent_is_written_only_for_many_zeros(void **state)
{
    (void)state;
    expect_same("1e15", "1000000000000000");
    expect_same("1e16", "1e+16");
    expect_same("-2.5e30", "-2.5e+30");
    expect_same("1e-16", "0.0000000000000001");
    expect_same("1e-17", "1e-17");
    expect_same("1.25e-20", "1.25e-20");
    expect_same("1e999", "1e+999");
}

static void what_is_no_number_is_refused(void **state)
{
    (void)state;
    const char *bad[] = {"",   "-",   ".",     "abc",  "1x",  "1 ",  " 1",
                         "1e", "1e+", "1.2.3", "0x10", "+-1", "1,5", "nan"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct decimal value;
        assert_int_equal(decimal_parse(bytes_of(bad[i]), &value, NULL), -1);
    }
    expect_refused("abc", "\"abc\" is no number");
    expect_refused("", "\"\" is no number");
}

static void too_many_digits_are_refused_not_rounded(void **state)
{
    (void)state;
    expect_refused("1000000000000000001",
                   "1000000000000000001 has more than 18 digits");
    expect_refused("0.1234567890123456789",
                   "0.1234567890123456789 has more than 18 digits");
    expect_refused("1e1000", "1e1000 is out of range");
    expect_refused("1e-99999999999999999999",
                   "1e-99999999999999999999 is out of range");
}

static void comparing_looks_at_the_value(void **state)
{
    (void)state;
    const char *ascending[] = {"-1e20",  "-2", "-1.5", "-1e-9", "0",  "1e-999",
                               "0.0999", ".1", "0.11", "9",     "10", "1e999"};
    size_t count = sizeof ascending / sizeof ascending[0];

    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < count; k++) {
            int order =
                decimal_compare(number(ascending[i]), number(ascending[k]));
            assert_int_equal((order > 0) - (order < 0), (i > k) - (i < k));
        }
    }
}

static void expect_product(const char *a, const char *b, const char *text)
{
    struct decimal product;
    assert_int_equal(decimal_multiply(number(a), number(b), &product, NULL), 0);
    expect_text(product, text);
}

static void products_are_exact_while_18_digits_hold_them(void **state)
{
    (void)state;
    expect_product("0.1", "3", "0.3");
    expect_product("-0.5", "4", "-2");
    expect_product("-1e-6", "-10", "0.00001");
    expect_product("0", "123", "0");
    expect_product("999999999", "999999999", "999999998000000001");
    expect_product("1e500", "1e-500", "1");
}

static void longer_products_are_rounded(void **state)
{
    (void)state;
    expect_product("1.00000000000000001", "1.1", "1.10000000000000001");
    expect_product("333333333333333333", "3.3", "1.1e+18");
    expect_product("999999999999999999", "999999999999999999",
                   "9.99999999999999998e+35");
    expect_product("-1.00000000000000005", "1.1", "-1.10000000000000006");
}

static void a_product_out_of_range_is_an_error(void **state)
{
    (void)state;
    struct decimal product;
    assert_int_equal(
        decimal_multiply(number("1e600"), number("1e600"), &product, NULL), -1);
    assert_int_equal(
        decimal_multiply(number("1e-600"), number("1e-600"), &product, NULL),
        -1);
}

static void units_make_sums_exact(void **state)
{
    (void)state;
    int64_t a, b;

    assert_true(decimal_units(number("0.1"), -2, &a));
    assert_true(decimal_units(number("0.25"), -2, &b));
    expect_text(decimal_of(a + b, -2), "0.35");
    assert_true(decimal_units(number("0"), 7, &a));
    assert_int_equal(a, 0);
    assert_false(decimal_units(number("0.25"), -1, &a));
    assert_false(decimal_units(number("1e18"), 0, &a));
    assert_true(decimal_units(number("-1e17"), 0, &a));
    assert_true(a == -100000000000000000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_written_as_people_do),
        cmocka_unit_test(an_exponent_is_written_only_for_many_zeros),
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(too_many_digits_are_refused_not_rounded),
        cmocka_unit_test(comparing_looks_at_the_value),
        cmocka_unit_test(products_are_exact_while_18_digits_hold_them),
        cmocka_unit_test(longer_products_are_rounded),
        cmocka_unit_test(a_product_out_of_range_is_an_error),
        cmocka_unit_test(units_make_sums_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

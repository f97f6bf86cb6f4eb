/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"

static size_t len_of(const char *text)
{
    return utf8_len(bytes_of(text));
}

static void a_character_has_one_to_four_bytes(void **state)
{
    (void)state;
    assert_int_equal(len_of("a\xff"), 1);
    assert_int_equal(utf8_len((struct bytes){"\0", 1}), 1);
    assert_int_equal(len_of("\xc3\xa4x"), 2);
    assert_int_equal(len_of("\xe2\x82\xac"), 3);
    assert_int_equal(len_of("\xf0\x9f\x98\x80"), 4);
    assert_int_equal(len_of("\xf4\x8f\xbf\xbf"), 4);
}

static void what_is_no_character_has_no_length(void **state)
{
    (void)state;
    assert_int_equal(len_of("\x80"), 0);
    assert_int_equal(len_of("\xc3"), 0);
    assert_int_equal(len_of("\xc3x"), 0);
    assert_int_equal(len_of("\xe2\x82"), 0);
    assert_int_equal(len_of("\xe2x\xac"), 0);
    assert_int_equal(len_of("\xff"), 0);
}

static void forms_that_are_too_long_or_too_high_are_refused(void **state)
{
    (void)state;
    assert_int_equal(len_of("\xc0\x80"), 0);
    assert_int_equal(len_of("\xc1\xbf"), 0);
    assert_int_equal(len_of("\xe0\x9f\xbf"), 0);
    assert_int_equal(len_of("\xf0\x8f\xbf\xbf"), 0);
    assert_int_equal(len_of("\xed\xa0\x80"), 0);
    assert_int_equal(len_of("\xf4\x90\x80\x80"), 0);
    assert_int_equal(len_of("\xf5\x80\x80\x80"), 0);
}

static void the_beginning_of_a_character_at_the_end_is_found(void **state)
{
    (void)state;
    assert_int_equal(utf8_unfinished(bytes_of("")), 0);
    assert_int_equal(utf8_unfinished(bytes_of("abc")), 0);
    assert_int_equal(utf8_unfinished(bytes_of("a\xc3\xa4")), 0);
    assert_int_equal(utf8_unfinished(bytes_of("a\xc3")), 1);
    assert_int_equal(utf8_unfinished(bytes_of("\xe2\x82")), 2);
    assert_int_equal(utf8_unfinished(bytes_of("\xf0\x9f\x98")), 3);
}

static void bytes_that_can_become_no_character_are_not_kept(void **state)
{
    (void)state;
    assert_int_equal(utf8_unfinished(bytes_of("\x80\x80\x80")), 0);
    assert_int_equal(utf8_unfinished(bytes_of("\xff")), 0);
    assert_int_equal(utf8_unfinished(bytes_of("\xed\xa0")), 0);
    assert_int_equal(utf8_unfinished(bytes_of("\xc3\xa4\xa4")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_character_has_one_to_four_bytes),
        cmocka_unit_test(what_is_no_character_has_no_length),
        cmocka_unit_test(forms_that_are_too_long_or_too_high_are_refused),
        cmocka_unit_test(the_beginning_of_a_character_at_the_end_is_found),
        cmocka_unit_test(bytes_that_can_become_no_character_are_not_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

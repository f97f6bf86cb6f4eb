/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/buf.h"

static void bytes_come_out_in_the_order_they_went_in(void **state)
{
    (void)state;
    AUTO_BUF struct buf buf = {0};

    buf_add_text(&buf, "hello ");
    buf_printf(&buf, "%d", 42);
    buf_add_char(&buf, '!');
    assert_string_equal(buf_text(&buf), "hello 42!");
    buf_eat(&buf, 6);
    assert_string_equal(buf_text(&buf), "42!");
}

static void a_long_life_of_adding_and_eating_keeps_the_block_small(void **state)
{
    (void)state;
    AUTO_BUF struct buf buf = {0};

    for (int i = 0; i < 100000; i++) {
        buf_add_text(&buf, "0123456789");
        buf_eat(&buf, 9);
        buf_eat(&buf, 1);
        buf_add_text(&buf, "ab");
        buf_eat(&buf, 1);
        assert_string_equal(buf_text(&buf), "b");
        buf_eat(&buf, 1);
    }
    assert_true(buf.room < 1024);
}

static void taking_the_text_empties_it(void **state)
{
    (void)state;
    AUTO_BUF struct buf buf = {0};

    buf_add_text(&buf, "xyz");
    buf_eat(&buf, 1);
    char *text = buf_take_text(&buf);
    assert_string_equal(text, "yz");
    assert_int_equal(buf.len, 0);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_come_out_in_the_order_they_went_in),
        cmocka_unit_test(
            a_long_life_of_adding_and_eating_keeps_the_block_small),
        cmocka_unit_test(taking_the_text_empties_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "job/field_list.h"

static void fields_come_back_in_order(void **state)
{
    (void)state;
    static const char text[] = "0123456789abcdefghij";
    AUTO_FIELD_LIST struct field_list list = {0};

    for (size_t i = 0; i < 20; i++) {
        field_list_add(&list, (struct bytes){text + i, 1});
    }
    assert_int_equal(list.count, 20);
    for (size_t i = 0; i < 20; i++) {
        assert_ptr_equal(list.items[i].data, text + i);
    }
}

static void a_cleared_list_is_empty_and_can_be_filled(void **state)
{
    (void)state;
    AUTO_FIELD_LIST struct field_list list = {0};

    field_list_clear(&list);
    assert_int_equal(list.count, 0);
    field_list_add(&list, bytes_of("a"));
    field_list_clear(&list);
    assert_int_equal(list.count, 0);
    field_list_add(&list, bytes_of("b"));
    assert_true(bytes_equal(list.items[0], bytes_of("b")));
    field_list_release(&list);
    assert_null(list.items);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_come_back_in_order),
        cmocka_unit_test(a_cleared_list_is_empty_and_can_be_filled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

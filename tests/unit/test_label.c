/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "out/label.h"

static void expect_label(const struct label_list *list, size_t number,
                         const char *expected)
{
    AUTO_BUF struct buf out = {0};
    label_add(list, number, &out);
    assert_string_equal(buf_text(&out), expected);
}

static void without_names_fields_are_numbers(void **state)
{
    (void)state;
    struct label_list list;
    label_list_init(&list, NULL, 3, false);
    expect_label(&list, 1, "1");
    expect_label(&list, 4, "4");
    assert_int_equal(label_find(&list, bytes_of("1")), 0);
    label_list_release(&list);
}

static void a_name_that_is_taken_or_missing_becomes_a_number(void **state)
{
    (void)state;
    const struct bytes names[] = {bytes_of("p"), bytes_of("exit"),
                                  bytes_of("p"), bytes_of(""),
                                  bytes_of("result")};
    struct label_list list;
    label_list_init(&list, names, 5, false);
    expect_label(&list, 1, "p");
    expect_label(&list, 2, "2");
    expect_label(&list, 3, "3");
    expect_label(&list, 4, "4");
    expect_label(&list, 5, "5");
    expect_label(&list, 6, "6");
    assert_int_equal(label_find(&list, bytes_of("p")), 1);
    assert_int_equal(label_find(&list, bytes_of("exit")), 0);
    assert_int_equal(label_find(&list, bytes_of("")), 0);
    label_list_release(&list);
}

static void a_name_that_json_cannot_hold_becomes_a_number_there(void **state)
{
    (void)state;
    const struct bytes names[] = {bytes_of("\xe4"), bytes_of("\xc3\xa4")};
    struct label_list list;
    label_list_init(&list, names, 2, true);
    expect_label(&list, 1, "1");
    expect_label(&list, 2, "\xc3\xa4");
    label_list_release(&list);
    label_list_init(&list, names, 2, false);
    expect_label(&list, 1, "\xe4");
    label_list_release(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_names_fields_are_numbers),
        cmocka_unit_test(a_name_that_is_taken_or_missing_becomes_a_number),
        cmocka_unit_test(a_name_that_json_cannot_hold_becomes_a_number_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

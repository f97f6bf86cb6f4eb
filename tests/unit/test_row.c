/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "job/row.h"

static const struct bytes none = {NULL, 0};

static void expect_bytes(struct bytes bytes, const char *data, size_t len)
{
    assert_int_equal(bytes.len, len);
    assert_memory_equal(bytes.data, data, len);
    assert_int_equal(bytes.data[len], '\0');
}

static void row_keeps_copies(void **state)
{
    (void)state;
    char text[] = "a\0b c";
    struct bytes fields[] = {{text, 3}, {text + 4, 1}, {text, 0}};
    struct row *row = row_new(7, (struct bytes){text, 5}, fields, 3, NULL);
    memset(text, 'x', sizeof text);
    assert_int_equal(row->line, 7);
    assert_null(row->fault);
    expect_bytes(row->text, "a\0b c", 5);
    assert_int_equal(row->field_count, 3);
    expect_bytes(row->fields[0], "a\0b", 3);
    expect_bytes(row->fields[1], "c", 1);
    expect_bytes(row->fields[2], "", 0);
    row_free(row);
}

static void no_text_is_the_fields_joined(void **state)
{
    (void)state;
    struct bytes fields[] = {bytes_of("a b"), bytes_of(""), bytes_of("c")};
    struct row *row = row_new(0, none, fields, 3, NULL);
    expect_bytes(row->text, "a b  c", 6);
    expect_bytes(row->fields[2], "c", 1);
    row_free(row);
    row = row_new(0, none, fields, 1, NULL);
    expect_bytes(row->text, "a b", 3);
    expect_bytes(row->fields[0], "a b", 3);
    row_free(row);
}

static void text_may_be_empty(void **state)
{
    (void)state;
    struct bytes empty = {"", 0};
    struct bytes field = bytes_of("x");
    struct row *row = row_new(1, empty, &field, 1, NULL);
    expect_bytes(row->text, "", 0);
    expect_bytes(row->fields[0], "x", 1);
    row_free(row);
    row = row_new(1, empty, &empty, 1, NULL);
    expect_bytes(row->fields[0], "", 0);
    row_free(row);
}

static void only_field_that_is_the_text_is_held_once(void **state)
{
    (void)state;
    struct bytes text = bytes_of("same");
    struct row *row = row_new(1, text, &text, 1, NULL);
    assert_ptr_equal(row->text.data, row->fields[0].data);
    expect_bytes(row->fields[0], "same", 4);
    row_free(row);
}

static void row_may_have_no_fields(void **state)
{
    (void)state;
    struct row *row = row_new(1, none, NULL, 0, "is no good");
    assert_int_equal(row->field_count, 0);
    expect_bytes(row->text, "", 0);
    assert_string_equal(row->fault, "is no good");
    row_free(row);
    row_free(NULL);
}

static void fault_is_kept_beside_fields(void **state)
{
    (void)state;
    char fault[] = "why";
    struct bytes fields[] = {bytes_of("a"), bytes_of("b")};
    struct row *row = row_new(1, bytes_of("a b"), fields, 2, fault);
    fault[0] = '\0';
    assert_string_equal(row->fault, "why");
    expect_bytes(row->fields[1], "b", 1);
    row_free(row);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(row_keeps_copies),
        cmocka_unit_test(no_text_is_the_fields_joined),
        cmocka_unit_test(text_may_be_empty),
        cmocka_unit_test(only_field_that_is_the_text_is_held_once),
        cmocka_unit_test(row_may_have_no_fields),
        cmocka_unit_test(fault_is_kept_beside_fields),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/xalloc.h"
#include "job/row.h"
#include "job/row_bundle.h"

static void add(struct row_bundle *bundle, uint64_t line, struct bytes field,
                const char *fault)
{
    struct bytes fields[] = {field, {"", 0}};
    struct row *row = row_new(line, (struct bytes){0}, fields, 2, fault);
    row_bundle_add(bundle, row);
    row_free(row);
}

static void fields_of_all_rows_stand_in_order(void **state)
{
    (void)state;
    AUTO_ROW_BUNDLE struct row_bundle bundle = {0};

    add(&bundle, 7, bytes_of("a b"), NULL);
    add(&bundle, 9, bytes_of("c"), NULL);
    assert_int_equal(bundle.row_count, 2);
    struct row *row = row_bundle_row(&bundle);
    assert_int_equal(row->line, 7);
    assert_int_equal(row->field_count, 4);
    assert_string_equal(row->fields[0].data, "a b");
    assert_string_equal(row->fields[1].data, "");
    assert_string_equal(row->fields[2].data, "c");
    assert_string_equal(row->text.data, "a b  c ");
    assert_null(row->fault);
    row_free(row);
}

static void the_first_fault_is_that_of_the_bundle(void **state)
{
    (void)state;
    AUTO_ROW_BUNDLE struct row_bundle bundle = {0};

    add(&bundle, 1, bytes_of("a"), NULL);
    add(&bundle, 2, bytes_of("b"), "line 2 is bad");
    add(&bundle, 3, bytes_of("c"), "line 3 is bad");
    struct row *row = row_bundle_row(&bundle);
    assert_string_equal(row->fault, "line 2 is bad");
    assert_int_equal(row->line, 1);
    row_free(row);
}

static void too_long_a_bundle_has_a_fault_and_grows_no_more(void **state)
{
    (void)state;
    AUTO_ROW_BUNDLE struct row_bundle bundle = {0};
    char *half = xcalloc(1, ROW_MAX_BYTES / 2);
    struct bytes field = {half, ROW_MAX_BYTES / 2};

    add(&bundle, 4, field, NULL);
    assert_null(bundle.fault);
    for (int i = 0; i < 10; i++) {
        add(&bundle, 5, field, NULL);
    }
    assert_int_equal(bundle.text.len, ROW_MAX_BYTES);
    assert_int_equal(bundle.row_count, 11);
    struct row *row = row_bundle_row(&bundle);
    assert_string_equal(row->fault,
                        "the row that begins in line 4 is longer than 1 MiB");
    row_free(row);
    free(half);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_of_all_rows_stand_in_order),
        cmocka_unit_test(the_first_fault_is_that_of_the_bundle),
        cmocka_unit_test(too_long_a_bundle_has_a_fault_and_grows_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

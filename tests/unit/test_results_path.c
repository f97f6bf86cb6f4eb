/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "made_result.h"
#include "out/results_path.h"

static void expect_path(const struct bytes *names, size_t name_count,
                        const char **fields, const char *path)
{
    AUTO_BUF struct buf out = {0};
    struct result *result = made_result(1, fields);
    results_path(names, name_count, result->row, &out);
    assert_string_equal(buf_text(&out), path);
    result_free(result);
}

static void expect_one(const char *value, const char *path)
{
    expect_path(NULL, 0, (const char *[]){value, NULL}, path);
}

static void fields_without_names_have_numbers(void **state)
{
    (void)state;
    expect_path(NULL, 0, (const char *[]){"a", "b c", NULL}, "1/a/2/b c/");
}

static void named_fields_are_sorted_by_number_and_name(void **state)
{
    (void)state;
    const struct bytes names[] = {bytes_of("q"), bytes_of("11b"), bytes_of("p"),
                                  bytes_of("2"), bytes_of("11a")};
    expect_path(names, 5, (const char *[]){"1", "2", "3", "4", "5", NULL},
                "p/3/q/1/2/4/11a/5/11b/2/");
}

static void a_field_more_than_names_has_its_number(void **state)
{
    (void)state;
    const struct bytes names[] = {bytes_of("x")};
    expect_path(names, 1, (const char *[]){"1", "2", NULL}, "x/1/2/2/");
}

static void bytes_that_no_name_may_have_are_escaped(void **state)
{
    (void)state;
    expect_one("a/b", "1/a\\_b/");
    expect_one("a\\b", "1/a\\\\b/");
    expect_one("t\tx", "1/t\\tx/");
    expect_one("n\nl", "1/n\nl/");
    expect_one("\xff*?", "1/\xff*?/");

    AUTO_BUF struct buf out = {0};
    struct bytes value = {"a\0b", 3};
    struct row *row = row_new(1, value, &value, 1, NULL);
    results_path(NULL, 0, row, &out);
    assert_string_equal(buf_text(&out), "1/a\\0b/");
    row_free(row);
}

static void no_value_leads_to_another_folder(void **state)
{
    (void)state;
    expect_one("", "1/\\/");
    expect_one(".", "1/\\./");
    expect_one("..", "1/\\../");
    expect_one("...", "1/.../");
    expect_one(".a", "1/.a/");
    expect_one("\\.", "1/\\\\./");
    expect_one("../../etc", "1/..\\_..\\_etc/");
    const struct bytes names[] = {bytes_of("..")};
    expect_path(names, 1, (const char *[]){"1", NULL}, "\\../1/");
}

static void a_row_without_fields_has_a_folder(void **state)
{
    (void)state;
    expect_path(NULL, 0, NULL, "1/\\0noarg/");
    AUTO_BUF struct buf out = {0};
    results_path(NULL, 0, NULL, &out);
    assert_string_equal(buf_text(&out), "1/\\0noarg/");
}

static void long_values_that_begin_alike_stay_apart(void **state)
{
    (void)state;
    AUTO_BUF struct buf one = {0};
    AUTO_BUF struct buf other = {0};
    char value[302];

    memset(value, 'x', sizeof value);
    value[255] = '\0';
    struct result *result = made_result(1, (const char *[]){value, NULL});
    results_path(NULL, 0, result->row, &one);
    assert_int_equal(one.len, 2 + 255 + 1);
    assert_null(strchr(buf_text(&one), '~'));
    buf_clear(&one);
    result_free(result);

    value[255] = 'x';
    value[301] = '\0';
    result = made_result(1, (const char *[]){value, NULL});
    results_path(NULL, 0, result->row, &one);
    result_free(result);
    value[300] = 'y';
    result = made_result(1, (const char *[]){value, NULL});
    results_path(NULL, 0, result->row, &other);
    result_free(result);
    assert_int_equal(one.len, 2 + 255 + 1);
    assert_int_equal(other.len, 2 + 255 + 1);
    assert_memory_equal(one.data, other.data, 2 + 237);
    assert_false(bytes_equal(buf_bytes(&one), buf_bytes(&other)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_without_names_have_numbers),
        cmocka_unit_test(named_fields_are_sorted_by_number_and_name),
        cmocka_unit_test(a_field_more_than_names_has_its_number),
        cmocka_unit_test(bytes_that_no_name_may_have_are_escaped),
        cmocka_unit_test(no_value_leads_to_another_folder),
        cmocka_unit_test(a_row_without_fields_has_a_folder),
        cmocka_unit_test(long_values_that_begin_alike_stay_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

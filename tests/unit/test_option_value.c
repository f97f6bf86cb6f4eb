/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/err.h"
#include "cli/option_table.h"
#include "cli/option_value.h"
#include "cli/options.h"

/* Give an option a value, by its name. */
static int set(struct options *options, const char *name, const char *value,
               struct err *err)
{
    const struct option_entry *entry = option_table_by_name(bytes_of(name));
    assert_non_null(entry);
    return option_value_set(entry, "--o", value, options, err);
}

static void expect_refused(const char *name, const char *const *values)
{
    for (; *values; values++) {
        struct options options = {0};
        struct err err = {0};
        if (set(&options, name, *values, &err) == 0) {
            fail_msg("--%s took \"%s\"", name, *values);
        }
        assert_true(err.code);
    }
}

#define EXPECT_REFUSED(name, ...)                                              \
    expect_refused(name, (const char *const[]){__VA_ARGS__, NULL})

static void numbers_are_whole_and_in_range(void **state)
{
    (void)state;
    struct options options = {0};
    struct err err = {0};

    EXPECT_REFUSED("nice", "x", "", "-", "-21", "20", " 1", "1 ", "1.0", "--1",
                   "+", "0x10", "1e1", "99999999999999999999");
    assert_int_equal(set(&options, "nice", "-20", NULL), 0);
    assert_int_equal(options.nice, -20);
    assert_int_equal(set(&options, "nice", "+19", NULL), 0);
    assert_int_equal(options.nice, 19);
    assert_int_equal(set(&options, "nice", "x", &err), -1);
    assert_string_equal(err.text,
                        "--o takes a whole number from -20 to 19, not \"x\"");
    assert_int_equal(options.nice, 19);
}

static void a_load_is_a_number_or_a_share_of_the_cores(void **state)
{
    (void)state;
    struct options options = {0};

    EXPECT_REFUSED("load", "", "x", "-1", "0", "%", ".", "1%%", "1x", "1e3",
                   "+1", "inf", "1.2.3");
    assert_int_equal(set(&options, "load", "2.5", NULL), 0);
    assert_int_equal(options.load.unit, OPTIONS_LOAD_JOBS);
    assert_true(options.load.limit == 2.5);
    assert_int_equal(set(&options, "load", "80%", NULL), 0);
    assert_int_equal(options.load.unit, OPTIONS_LOAD_PERCENT);
    assert_true(options.load.limit == 80);
}

static void choices_are_those_of_the_table(void **state)
{
    (void)state;
    struct options options = {0};
    struct err err = {0};

    EXPECT_REFUSED("format", "", "xml", "tsv csv", "TSV", "ts");
    assert_int_equal(set(&options, "format", "csv", NULL), 0);
    assert_int_equal(options.format, OPTIONS_FORMAT_CSV);
    assert_int_equal(set(&options, "trim", "lr", NULL), 0);
    assert_int_equal(options.trim, OPTIONS_TRIM_BOTH);
    assert_int_equal(set(&options, "format", "xml", &err), -1);
    assert_string_equal(err.text, "--o takes tsv, csv or jsonl, not \"xml\"");
}

static void texts_are_not_empty_but_where_that_has_a_meaning(void **state)
{
    (void)state;
    struct options options = {0};

    EXPECT_REFUSED("delimiter", "");
    EXPECT_REFUSED("colsep", "");
    EXPECT_REFUSED("replace", "");
    EXPECT_REFUSED("joblog", "");
    EXPECT_REFUSED("timeout", "");
    EXPECT_REFUSED("arg-file", "");
    assert_int_equal(set(&options, "eof", "", NULL), 0);
    assert_int_equal(set(&options, "tagstring", "", NULL), 0);
    assert_string_equal(options.tagstring, "");
}

static void variables_add_up_and_are_names(void **state)
{
    (void)state;
    struct options options = {0};

    EXPECT_REFUSED("env", "", "A,,B", "A=1", "A,2B", "A,", ",A", "a-b");
    assert_int_equal(set(&options, "env", "A,B_2", NULL), 0);
    assert_int_equal(set(&options, "env", "_", NULL), 0);
    assert_int_equal(options.env.len, 2);
    assert_string_equal(options.env.items[0], "A,B_2");
    options_release(&options);
}

static void a_parameter_has_a_name_and_a_spec(void **state)
{
    (void)state;
    struct options options = {0};

    EXPECT_REFUSED("param", "", "p", "p=", "=1", "=");
    assert_int_equal(set(&options, "param", "p=a=b", NULL), 0);
    assert_int_equal(options.sources.items[0].kind, SOURCE_PARAM);
    assert_string_equal(options.sources.items[0].text, "p=a=b");
    options_release(&options);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_whole_and_in_range),
        cmocka_unit_test(a_load_is_a_number_or_a_share_of_the_cores),
        cmocka_unit_test(choices_are_those_of_the_table),
        cmocka_unit_test(texts_are_not_empty_but_where_that_has_a_meaning),
        cmocka_unit_test(variables_add_up_and_are_names),
        cmocka_unit_test(a_parameter_has_a_name_and_a_spec),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

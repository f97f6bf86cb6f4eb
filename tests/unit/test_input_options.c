/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/err.h"
#include "job/input_options.h"

static void expect_delimiter(const char *text, char expected)
{
    char c = 'Z';
    assert_int_equal(input_delimiter(text, &c, NULL), 0);
    assert_int_equal(c, expected);
}

static void a_delimiter_is_a_character_or_an_escape(void **state)
{
    (void)state;
    expect_delimiter(",", ',');
    expect_delimiter(" ", ' ');
    expect_delimiter("\\", '\\');
    expect_delimiter("\\t", '\t');
    expect_delimiter("\\n", '\n');
    expect_delimiter("\\r", '\r');
    expect_delimiter("\\0", '\0');
    expect_delimiter("\\\\", '\\');
    expect_delimiter("\\x2c", ',');
    expect_delimiter("\\xFf", '\xff');
}

static void other_delimiters_are_refused(void **state)
{
    (void)state;
    const char *bad[] = {"",      "ab",     "\\q",    "\\x",  "\\x2",
                         "\\x2g", "\\x2cc", "\\t\\t", "\\00", "\xc3\xa9"};
    struct err err = {0};
    char c = 'Z';

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(input_delimiter(bad[i], &c, &err), -1);
    }
    assert_int_equal(c, 'Z');
    assert_int_equal(input_delimiter("ab", &c, &err), -1);
    assert_string_equal(err.text,
                        "-d wants one character or an escape as \\t, \\n, \\0 "
                        "or \\x2c, not \"ab\"");
}

static void csv_is_split_at_what_was_asked_for(void **state)
{
    (void)state;
    struct input_options options = {.is_csv = true};
    char c = 'Z';

    assert_int_equal(input_csv_separator(&options, &c, NULL), 0);
    assert_int_equal(c, ',');
    options.colsep = "\\t";
    assert_int_equal(input_csv_separator(&options, &c, NULL), 0);
    assert_int_equal(c, '\t');
    options.delimiter = ";";
    assert_int_equal(input_csv_separator(&options, &c, NULL), 0);
    assert_int_equal(c, ';');
}

static void csv_cannot_be_split_at_anything(void **state)
{
    (void)state;
    struct input_options options = {.is_csv = true, .colsep = "ab"};
    struct err err = {0};
    char c;

    assert_int_equal(input_csv_separator(&options, &c, &err), -1);
    assert_string_equal(err.text,
                        "--csv wants one character to split at, not \"ab\"");
    options.colsep = "\"";
    assert_int_equal(input_csv_separator(&options, &c, &err), -1);
    options.delimiter = "\\0";
    assert_int_equal(input_csv_separator(&options, &c, &err), -1);
    assert_string_equal(err.text,
                        "--csv cannot split at a quote, a line end or a NUL");
}

static void expect_refused(struct input_options options, const char *why)
{
    struct err err = {0};
    assert_int_equal(input_options_check(&options, &err), -1);
    assert_string_equal(err.text, why);
}

static void options_that_contradict_each_other_are_refused(void **state)
{
    (void)state;
    const char *names_twice =
        "-n 2 would give a row the same name twice: it does not go together "
        "with --header, --param or --jsonl";
    const struct input_source param = {.kind = INPUT_PARAM, .text = "p=1"};
    const struct input_source linked = {.kind = INPUT_VALUES,
                                        .is_linked = true};
    const struct input_options none = {0};

    assert_int_equal(input_options_check(&none, NULL), 0);
    expect_refused((struct input_options){.is_jsonl = true, .is_csv = true},
                   "--jsonl does not go together with --csv");
    expect_refused((struct input_options){.is_jsonl = true, .has_header = true},
                   "--jsonl does not go together with --header");
    expect_refused((struct input_options){.is_jsonl = true, .colsep = ","},
                   "--jsonl does not go together with --colsep");
    expect_refused(
        (struct input_options){.lines_per_row = 2, .has_header = true},
        names_twice);
    expect_refused((struct input_options){.lines_per_row = 2,
                                          .sources = &param,
                                          .source_count = 1},
                   names_twice);
    expect_refused(
        (struct input_options){.sources = &linked, .source_count = 1},
        "the first source has none before it to be linked to");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_delimiter_is_a_character_or_an_escape),
        cmocka_unit_test(other_delimiters_are_refused),
        cmocka_unit_test(csv_is_split_at_what_was_asked_for),
        cmocka_unit_test(csv_cannot_be_split_at_anything),
        cmocka_unit_test(options_that_contradict_each_other_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

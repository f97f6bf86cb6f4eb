/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/err.h"
#include "job/column_splitter.h"
#include "job/field_list.h"

static void expect_columns(struct column_splitter *splitter, const char *line,
                           const char *expected)
{
    AUTO_BUF struct buf out = {0};
    AUTO_FIELD_LIST struct field_list fields = {0};

    column_splitter_split(splitter, bytes_of(line), &fields);
    for (size_t i = 0; i < fields.count; i++) {
        buf_add_text(&out, i ? "|" : "");
        buf_add_bytes(&out, fields.items[i]);
    }
    assert_string_equal(buf_text(&out), expected);
}

static void expect_pattern(const char *pattern, const char *line,
                           const char *expected)
{
    struct err err = {0};
    struct column_splitter *splitter =
        column_splitter_new_pattern(pattern, true, &err);

    if (!splitter) {
        fail_msg("%s", err.text);
    }
    expect_columns(splitter, line, expected);
    column_splitter_free(splitter);
}

static void a_first_line_with_a_tab_decides_for_tabs(void **state)
{
    (void)state;
    struct column_splitter *splitter = column_splitter_new();

    expect_columns(splitter, "a\tb c", "a|b c");
    expect_columns(splitter, "a b", "a b");
    expect_columns(splitter, "\t\tx\t", "||x|");
    expect_columns(splitter, "", "");
    column_splitter_free(splitter);
}

static void a_first_line_without_decides_for_blanks(void **state)
{
    (void)state;
    struct column_splitter *splitter = column_splitter_new();

    expect_columns(splitter, "11  24", "11|24");
    expect_columns(splitter, "  a \t b ", "a|b");
    expect_columns(splitter, "   ", "");
    expect_columns(splitter, "", "");
    expect_columns(splitter, "one", "one");
    column_splitter_free(splitter);
}

static void an_empty_line_decides_nothing(void **state)
{
    (void)state;
    struct column_splitter *splitter = column_splitter_new();

    expect_columns(splitter, "", "");
    expect_columns(splitter, "a b\tc", "a b|c");
    column_splitter_free(splitter);
}

static void text_is_split_at_a_pattern(void **state)
{
    (void)state;
    expect_pattern(",", "a,b,,c,", "a|b||c|");
    expect_pattern("::", "a::b:c", "a|b:c");
    expect_pattern("[,;]+", "a,b;;c", "a|b|c");
    expect_pattern("[,;]", ",a,b;;", "|a|b||");
    expect_pattern(" *-> *", "a -> b->c", "a|b|c");
    expect_pattern("x|y", "1x2y3", "1|2|3");
    expect_pattern(",", "", "");
}

static void an_escaped_t_is_a_tab(void **state)
{
    (void)state;
    expect_pattern("\\t", "a\tb c\td", "a|b c|d");
    expect_pattern("[,\\t]", "a\tb,c", "a|b|c");
    expect_pattern("\\\\t", "a\\tb", "a|b");
    expect_pattern("\\n", "a\nb", "a|b");
}

static void one_character_means_itself(void **state)
{
    (void)state;
    expect_pattern("|", "a|b", "a|b");
    expect_pattern(".", "a.b", "a|b");
    expect_pattern("\\", "a\\b", "a|b");
    expect_pattern("\\.", "a.bc", "a|bc");
    expect_pattern("\\|", "a|bc", "a|bc");
}

static void a_match_of_nothing_separates_nothing(void **state)
{
    (void)state;
    expect_pattern(" *", "ab c  d", "ab|c|d");
    expect_pattern("x*", "abc", "abc");
    expect_pattern("^a", "aab", "|ab");
    expect_pattern("a$", "aba", "ab|");
}

static void blanks_around_columns_are_dropped_on_demand(void **state)
{
    (void)state;
    expect_pattern(",", " a , b\t,\t c c ", "a|b|c c");
    expect_pattern("[,;]", " a , b\t;\t c c ", "a|b|c c");
    struct column_splitter *splitter =
        column_splitter_new_pattern(",", false, NULL);
    expect_columns(splitter, " a , b", " a | b");
    column_splitter_free(splitter);
}

static void a_bad_pattern_is_told(void **state)
{
    (void)state;
    struct err err = {0};

    assert_null(column_splitter_new_pattern("(a", true, &err));
    assert_non_null(strstr(err.text, "--colsep \"(a\": "));
    assert_null(column_splitter_new_pattern("", true, &err));
    assert_string_equal(err.text, "--colsep wants a pattern to split at");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_first_line_with_a_tab_decides_for_tabs),
        cmocka_unit_test(a_first_line_without_decides_for_blanks),
        cmocka_unit_test(an_empty_line_decides_nothing),
        cmocka_unit_test(text_is_split_at_a_pattern),
        cmocka_unit_test(an_escaped_t_is_a_tab),
        cmocka_unit_test(one_character_means_itself),
        cmocka_unit_test(a_match_of_nothing_separates_nothing),
        cmocka_unit_test(blanks_around_columns_are_dropped_on_demand),
        cmocka_unit_test(a_bad_pattern_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

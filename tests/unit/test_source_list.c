/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/err.h"
#include "cli/source_list.h"

static void expect_refused(const char *text, char **words, size_t count)
{
    struct source_list list = {0};
    struct err err = {0};

    assert_int_equal(source_list_add_words(&list, words, count, &err), -1);
    assert_string_equal(err.text, text);
    source_list_release(&list);
}

#define WORDS(...)                                                             \
    (char **)(const char *[]){__VA_ARGS__},                                    \
        sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *)

static void only_the_four_marks_start_sources(void **state)
{
    (void)state;
    assert_true(source_list_starts_at(":::"));
    assert_true(source_list_starts_at(":::+"));
    assert_true(source_list_starts_at("::::"));
    assert_true(source_list_starts_at("::::+"));
    assert_false(source_list_starts_at("::"));
    assert_false(source_list_starts_at(":::::"));
    assert_false(source_list_starts_at(":::a"));
    assert_false(source_list_starts_at(""));
}

static void links_without_a_source_before_are_refused(void **state)
{
    (void)state;
    expect_refused(":::+ links to the source before it, and there is none",
                   WORDS(":::+", "a"));
    expect_refused("::::+ links to the source before it, and there is none",
                   WORDS("::::+", "a", ":::", "b"));
}

static void files_need_names(void **state)
{
    (void)state;
    expect_refused(":::: takes files, and none follows", WORDS("::::"));
    expect_refused(":::: takes files, and none follows",
                   WORDS("::::", ":::", "a"));
    expect_refused("::::+ takes files, not \"\"",
                   WORDS(":::", "a", "::::+", "f", ""));
}

static void a_mark_without_values_is_a_source_without_rows(void **state)
{
    (void)state;
    struct source_list list = {0};

    assert_int_equal(
        source_list_add_words(&list, WORDS(":::", ":::", ""), NULL), 0);
    assert_int_equal(list.len, 2);
    assert_int_equal(list.items[0].word_count, 0);
    assert_int_equal(list.items[1].word_count, 1);
    source_list_release(&list);
}

static void standard_input_is_one_source_at_most(void **state)
{
    (void)state;
    struct source_list list = {0};
    struct err err = {0};

    source_list_add_file(&list, "-", false);
    source_list_add_file(&list, "f", false);
    source_list_add_file(&list, "f", false);
    assert_int_equal(source_list_check(&list, &err), 0);
    assert_int_equal(source_list_add_words(&list, WORDS("::::", "-"), NULL), 0);
    assert_int_equal(source_list_check(&list, &err), -1);
    assert_string_equal(err.text, "standard input can be only one source");
    source_list_release(&list);
}

static void no_parameter_stands_twice(void **state)
{
    (void)state;
    struct source_list list = {0};
    struct err err = {0};
    static const char *const texts[] = {"p=1", "pq=1", "p=2"};

    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(source_list_check(&list, &err), 0);
        source_list_add(&list, (struct source_item){.kind = SOURCE_PARAM,
                                                    .text = texts[i]});
    }
    assert_int_equal(source_list_check(&list, &err), -1);
    assert_string_equal(err.text, "--param gives p twice");
    source_list_release(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_four_marks_start_sources),
        cmocka_unit_test(links_without_a_source_before_are_refused),
        cmocka_unit_test(files_need_names),
        cmocka_unit_test(a_mark_without_values_is_a_source_without_rows),
        cmocka_unit_test(standard_input_is_one_source_at_most),
        cmocka_unit_test(no_parameter_stands_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/err.h"
#include "cli/option_hint.h"

static void expect_hint(const char *name, const char *text)
{
    struct err err = {0};
    assert_int_equal(option_hint_unknown_name(bytes_of(name), &err), -1);
    assert_string_equal(err.text, text);
}

static void expect_letter_hint(char letter, const char *word, const char *text)
{
    struct err err = {0};
    assert_int_equal(option_hint_unknown_letter(letter, word, &err), -1);
    assert_string_equal(err.text, text);
}

static void the_nearest_name_is_suggested(void **state)
{
    (void)state;
    expect_hint("jbos", "unknown option --jbos; did you mean --jobs?");
    expect_hint("job-log", "unknown option --job-log; did you mean --joblog?");
    expect_hint("retrys", "unknown option --retrys; did you mean --retries?");
    expect_hint("Columns", "unknown option --Columns; did you mean --columns?");
}

static void the_shortest_name_that_begins_so_is_suggested(void **state)
{
    (void)state;
    expect_hint("keep", "unknown option --keep; did you mean --keep-order?");
    expect_hint("dry", "unknown option --dry; did you mean --dryrun?");
}

static void a_name_that_resembles_none_is_just_unknown(void **state)
{
    (void)state;
    expect_hint("bogus", "unknown option --bogus");
    expect_hint("", "unknown option --");
    expect_hint("xyzzyx", "unknown option --xyzzyx");
}

static void a_name_of_any_length_is_answered(void **state)
{
    (void)state;
    char name[2000];
    struct err err = {0};

    memset(name, 'j', sizeof name);
    for (size_t len = 0; len < sizeof name; len++) {
        struct bytes bytes = {name, len};
        assert_int_equal(option_hint_unknown_name(bytes, &err), -1);
        assert_true(strlen(err.text) < 300);
    }
}

static void an_option_of_gnu_parallel_gets_a_sentence(void **state)
{
    (void)state;
    expect_hint("xargs",
                "poolrun has no --xargs: -n N puts N rows into one command");
    expect_hint("sshlogin", "poolrun has no --sshlogin: jobs run on this "
                            "machine");
    expect_letter_hint('m', "-km",
                       "poolrun has no -m: -n N puts N rows into one command");
}

static void an_unknown_letter_is_told_with_its_word(void **state)
{
    (void)state;
    expect_letter_hint('Z', "-Z", "unknown option -Z");
    expect_letter_hint('Z', "-kZ", "unknown option -Z in -kZ");
    expect_letter_hint('5', "-5", "unknown option -5");
}

static void a_name_behind_one_dash_is_recognised(void **state)
{
    (void)state;
    expect_letter_hint('c', "-csv",
                       "unknown option -c in -csv; did you mean --csv?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_name_is_suggested),
        cmocka_unit_test(the_shortest_name_that_begins_so_is_suggested),
        cmocka_unit_test(a_name_that_resembles_none_is_just_unknown),
        cmocka_unit_test(a_name_of_any_length_is_answered),
        cmocka_unit_test(an_option_of_gnu_parallel_gets_a_sentence),
        cmocka_unit_test(an_unknown_letter_is_told_with_its_word),
        cmocka_unit_test(a_name_behind_one_dash_is_recognised),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

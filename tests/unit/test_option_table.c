/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/err.h"
#include "cli/option_table.h"

static void no_name_or_letter_stands_twice(void **state)
{
    (void)state;
    for (size_t i = 0; i < option_table_len; i++) {
        const struct option_entry *entry = &option_table[i];
        const char *rest = entry->names;
        struct bytes name;

        assert_true(*entry->names);
        while (option_next_word(&rest, &name)) {
            assert_true(name.len + sizeof "--" <= OPTION_SPELLED_SIZE);
            assert_ptr_equal(option_table_by_name(name), entry);
        }
        for (const char *letter = entry->letters; *letter; letter++) {
            assert_ptr_equal(option_table_by_letter(*letter), entry);
        }
    }
}

static void entries_of_a_section_stand_together(void **state)
{
    (void)state;
    for (size_t i = 1; i < option_table_len; i++) {
        assert_true(option_table[i].section >= option_table[i - 1].section);
    }
}

static void what_is_not_there_is_not_found(void **state)
{
    (void)state;
    assert_null(option_table_by_letter('\0'));
    assert_null(option_table_by_letter('Z'));
    assert_null(option_table_by_name(bytes_of("")));
    assert_null(option_table_by_name(bytes_of("job")));
    assert_null(option_table_by_name(bytes_of("jobs max-procs")));
}

static void every_option_can_say_what_it_takes(void **state)
{
    (void)state;
    for (size_t i = 0; i < option_table_len; i++) {
        struct err err = {0};
        if (option_table[i].argument) {
            assert_int_equal(option_refuse(&option_table[i], "-o", "v", &err),
                             -1);
            assert_non_null(strstr(err.text, "-o takes "));
            assert_non_null(strstr(err.text, ", not \"v\""));
            assert_null(strstr(err.text, "takes ,"));
            assert_null(strstr(err.text, "(null)"));
        }
    }
}

static void words_are_walked_one_by_one(void **state)
{
    (void)state;
    const char *rest = "a bcd";
    struct bytes word;

    assert_true(option_next_word(&rest, &word));
    assert_true(bytes_equal(word, bytes_of("a")));
    assert_true(option_next_word(&rest, &word));
    assert_true(bytes_equal(word, bytes_of("bcd")));
    assert_false(option_next_word(&rest, &word));
    rest = NULL;
    assert_false(option_next_word(&rest, &word));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_name_or_letter_stands_twice),
        cmocka_unit_test(entries_of_a_section_stand_together),
        cmocka_unit_test(what_is_not_there_is_not_found),
        cmocka_unit_test(every_option_can_say_what_it_takes),
        cmocka_unit_test(words_are_walked_one_by_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

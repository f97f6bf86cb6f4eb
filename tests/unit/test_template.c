/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "template_maker.h"

static void expect_error(const char *const *words, const char *const *names,
                         const struct template_options *options,
                         const char *text)
{
    struct err err = {0};
    assert_null(try_template(words, names, options, &err));
    if (!strstr(err.text, text)) {
        fail_msg("\"%s\" does not hold \"%s\"", err.text, text);
    }
}

static void expect_refused(const char *const *words, const char *const *names,
                           const char *const *fields, const char *text)
{
    struct template *template = make(words, names, &plain);
    struct row *row = row_of(fields);
    struct err err = {0};

    assert_int_equal(template_check(template, row, &err), -1);
    assert_string_equal(err.text, text);
    row_free(row);
    template_free(template);
}

static void angled_names_want_exactly_as_many_fields(void **state)
{
    (void)state;
    expect_refused(LIST("think", "<p>", "<q>"), NULL, LIST("1"),
                   "line 7 has 1 field, <q> needs 2");
    expect_refused(LIST("think", "<p>", "<q>"), NULL, LIST("1", "2", "3"),
                   "line 7 has 3 fields, the command names 2");
}

static void too_few_fields_name_the_line_and_the_placeholder(void **state)
{
    (void)state;
    expect_refused(LIST("echo", "{1}", "{2}"), NULL, LIST("a"),
                   "line 7 has 1 field, {2} needs 2");
    expect_refused(LIST("echo", "{-3/.}"), NULL, LIST("a", "b"),
                   "line 7 has 2 fields, {-3/.} needs 3");
    expect_refused(LIST("echo", "{q}"), LIST("p", "q"), LIST("a"),
                   "line 7 has 1 field, {q} needs 2");
    expect_refused(LIST("echo", "{99999999}"), NULL, LIST("a"),
                   "line 7 has 1 field, {99999999} needs 99999999");
}

static void a_row_from_no_line_is_refused_as_this_row(void **state)
{
    (void)state;
    struct template *template = make(LIST("echo", "{1}"), NULL, &plain);
    struct row *row = row_new(0, bytes_of("x"), NULL, 0, NULL);
    struct err err = {0};

    assert_int_equal(template_check(template, row, &err), -1);
    assert_string_equal(err.text, "this row has 0 fields, {1} needs 1");
    row_free(row);
    template_free(template);
}

static void a_faulty_row_is_refused_with_its_fault(void **state)
{
    (void)state;
    struct template *template = make(LIST("echo"), NULL, &plain);
    struct bytes field = bytes_of("x");
    struct row *row = row_new(3, field, &field, 1, "line 3 is too long");
    struct err err = {0};

    assert_int_equal(template_check(template, row, &err), -1);
    assert_string_equal(err.text, "line 3 is too long");
    row_free(row);
    template_free(template);
}

static void a_nul_is_refused_only_where_it_is_used(void **state)
{
    (void)state;
    struct bytes fields[] = {{"a\0b", 3}, {"c", 1}};
    struct row *row = row_new(7, (struct bytes){NULL, 0}, fields, 2, NULL);
    static const char *const words[] = {"{1}", "{-2}", "{}", "{@}"};
    struct err err = {0};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct template *template = make(LIST("echo", words[i]), NULL, &plain);
        assert_int_equal(template_check(template, row, &err), -1);
        assert_string_equal(err.text,
                            "line 7 holds a NUL, which no argument can");
        template_free(template);
    }
    struct template *lines = make(NULL, NULL, &plain);
    assert_int_equal(template_check(lines, row, &err), -1);
    template_free(lines);
    struct template *other = make(LIST("echo", "{2}"), NULL, &plain);
    assert_int_equal(template_check(other, row, &err), 0);
    template_free(other);
    row_free(row);
}

static void a_word_with_a_nul_is_refused(void **state)
{
    (void)state;
    struct bytes words[] = {{"echo", 4}, {"a\0b", 3}};
    struct err err = {0};

    assert_null(template_new(words, 2, NULL, 0, &plain, &err));
    assert_string_equal(err.text, "word 2 of the command holds a NUL");
}

static void a_command_of_no_fields_is_refused(void **state)
{
    (void)state;
    struct template *template = make(LIST("{@}"), NULL, &plain);
    struct row *row = row_new(7, bytes_of("{}"), NULL, 0, NULL);
    struct err err = {0};

    assert_int_equal(template_check(template, row, &err), -1);
    assert_string_equal(err.text,
                        "line 7 has no fields, and the command is {@}");
    row_free(row);
    template_free(template);
}

static void expect_use(const char *const *words, const char *const *names,
                       enum template_column_use use)
{
    struct template *template =
        make(words, names, OPTIONS(.append_fields = true));
    assert_int_equal(template_column_use(template), use);
    template_free(template);
}

static void column_use_tells_whether_lines_must_be_split(void **state)
{
    (void)state;
    expect_use(NULL, NULL, TEMPLATE_ONE_COLUMN);
    expect_use(LIST("echo"), NULL, TEMPLATE_ONE_COLUMN);
    expect_use(LIST("echo", "{}", "{.}", "{#}"), NULL, TEMPLATE_ONE_COLUMN);
    expect_use(LIST("echo", "{1}", "{1.}"), NULL, TEMPLATE_ONE_COLUMN);
    expect_use(LIST("echo", "<p>", "{p}"), NULL, TEMPLATE_ONE_COLUMN);
    expect_use(LIST("echo", "{1}", "{2}"), NULL, TEMPLATE_MANY_COLUMNS);
    expect_use(LIST("echo", "{2}"), NULL, TEMPLATE_MANY_COLUMNS);
    expect_use(LIST("echo", "{-1}"), NULL, TEMPLATE_MANY_COLUMNS);
    expect_use(LIST("echo", "{@}"), NULL, TEMPLATE_MANY_COLUMNS);
    expect_use(LIST("echo", "<p>", "<q>"), NULL, TEMPLATE_MANY_COLUMNS);
    expect_use(LIST("echo", "{p}"), LIST("p", "q"), TEMPLATE_MANY_COLUMNS);
}

static void expect_fixed(const char *const *words, bool shell,
                         const char *command)
{
    struct template *template = make(words, NULL, OPTIONS(.shell = shell));
    const char *fixed = template_fixed_command(template);
    if (command) {
        assert_non_null(fixed);
        assert_string_equal(fixed, command);
    } else {
        assert_null(fixed);
    }
    template_free(template);
}

static void the_command_is_fixed_unless_rows_choose_it(void **state)
{
    (void)state;
    expect_fixed(LIST("echo", "{}"), false, "echo");
    expect_fixed(LIST("echo"), false, "echo");
    expect_fixed(LIST("./{}"), false, NULL);
    expect_fixed(LIST("{}"), false, NULL);
    expect_fixed(LIST("{@}"), false, NULL);
    expect_fixed(LIST("<prog>"), false, NULL);
    expect_fixed(LIST("{} x"), true, "/bin/sh");
    expect_fixed(NULL, false, "/bin/sh");
}

static void names_can_be_asked_for(void **state)
{
    (void)state;
    struct template *template = make(LIST("t", "<p>", "<q.>"), NULL, &plain);
    size_t count;
    const struct bytes *names = template_names(template, &count);

    assert_int_equal(count, 2);
    assert_true(bytes_equal(names[0], bytes_of("p")));
    assert_true(bytes_equal(names[1], bytes_of("q")));
    template_free(template);
    template_free(NULL);
}

static void only_some_commands_look_like_shell(void **state)
{
    (void)state;
    assert_true(template_wants_shell("echo a"));
    assert_true(template_wants_shell("a|b"));
    assert_true(template_wants_shell("a;"));
    assert_true(template_wants_shell("$X"));
    assert_false(template_wants_shell("./a-b_c"));
    assert_false(template_wants_shell(""));
}

static void what_can_never_run_is_an_error(void **state)
{
    (void)state;
    expect_error(LIST("echo", "x{@}"), NULL, &plain,
                 "{@} must be an argument of its own, not a part of \"x{@}\"");
    expect_error(LIST("echo"), NULL, OPTIONS(.replace = ""), "-I");
    expect_error(LIST("echo", "{nosuch}", "{p}"), LIST("p"), &plain,
                 "no field is named \"nosuch\"");
    expect_error(LIST("think", "<p>", "{x}"), NULL, &plain,
                 "no field is named \"x\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(angled_names_want_exactly_as_many_fields),
        cmocka_unit_test(too_few_fields_name_the_line_and_the_placeholder),
        cmocka_unit_test(a_row_from_no_line_is_refused_as_this_row),
        cmocka_unit_test(a_faulty_row_is_refused_with_its_fault),
        cmocka_unit_test(a_nul_is_refused_only_where_it_is_used),
        cmocka_unit_test(a_word_with_a_nul_is_refused),
        cmocka_unit_test(a_command_of_no_fields_is_refused),
        cmocka_unit_test(column_use_tells_whether_lines_must_be_split),
        cmocka_unit_test(the_command_is_fixed_unless_rows_choose_it),
        cmocka_unit_test(names_can_be_asked_for),
        cmocka_unit_test(only_some_commands_look_like_shell),
        cmocka_unit_test(what_can_never_run_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "template_maker.h"

static void expect_argv_of(struct template *template, struct row *row,
                           const char *const *argv)
{
    struct command command = {0};
    struct err err = {0};

    if (template_check(template, row, &err) < 0) {
        fail_msg("refused: %s", err.text);
    }
    /* twice: the second time in memory that was used before */
    for (int turn = 0; turn < 2; turn++) {
        template_expand(template, row, 5, 2, &command);
        for (size_t i = 0; i < command.argc; i++) {
            assert_non_null(argv[i]);
            assert_string_equal(command.argv[i], argv[i]);
        }
        assert_null(argv[command.argc]);
        assert_null(command.argv[command.argc]);
    }
    command_release(&command);
    row_free(row);
    template_free(template);
}

static void expect_argv(const char *const *words, const char *const *names,
                        const struct template_options *options,
                        const char *const *fields, const char *const *argv)
{
    expect_argv_of(make(words, names, options), row_of(fields), argv);
}

static void expect_quoted(const char *const *words,
                          const struct template_options *options,
                          const char *const *fields, const char *quoted)
{
    struct template *template = make(words, NULL, options);
    struct row *row = row_of(fields);
    AUTO_BUF struct buf out = {0};

    template_quote(template, row, 1, 1, &out);
    assert_string_equal(buf_text(&out), quoted);
    row_free(row);
    template_free(template);
}

static void without_a_placeholder_the_row_is_one_more_argument(void **state)
{
    (void)state;
    expect_argv(LIST("echo"), NULL, &plain, LIST("a b"), LIST("echo", "a b"));
    expect_argv(LIST("echo", "pre"), NULL, &plain, LIST("a", "b"),
                LIST("echo", "pre", "a b"));
    expect_argv(LIST("echo"), NULL, &plain, LIST(""), LIST("echo", ""));
    expect_argv(LIST("echo"), NULL, OPTIONS(.replace = "%"), LIST("a"),
                LIST("echo", "a"));
}

static void parsed_fields_are_appended_each_on_its_own(void **state)
{
    (void)state;
    expect_argv(LIST("echo"), NULL, OPTIONS(.append_fields = true),
                LIST("a b", "", "c"), LIST("echo", "a b", "", "c"));
    expect_argv(LIST("echo", "{1}"), NULL, OPTIONS(.append_fields = true),
                LIST("a", "b"), LIST("echo", "a"));
}

static void with_append_nothing_the_row_only_counts(void **state)
{
    (void)state;
    expect_argv(LIST("echo", "hi"), NULL, OPTIONS(.append_nothing = true),
                LIST("a"), LIST("echo", "hi"));
    expect_argv(LIST("echo", "{}"), NULL, OPTIONS(.append_nothing = true),
                LIST("a"), LIST("echo", "a"));
}

static void the_job_number_alone_is_a_placeholder(void **state)
{
    (void)state;
    expect_argv(LIST("echo", "{#}"), NULL, &plain, LIST("a"),
                LIST("echo", "5"));
    expect_argv(LIST("echo", "{#}.{%}", "{%}"), NULL, &plain, LIST("a"),
                LIST("echo", "5.2", "2"));
}

static void the_row_stands_inside_words_and_often(void **state)
{
    (void)state;
    expect_argv(LIST("echo", "{}{}", "--{}", ""), NULL, &plain, LIST("a"),
                LIST("echo", "aa", "--a", ""));
    expect_argv(LIST("{}"), NULL, &plain, LIST("prog"), LIST("prog"));
}

static void path_forms_are_those_of_gnu_parallel(void **state)
{
    (void)state;
    expect_argv(LIST("echo", "{.}", "{/}", "{//}", "{/.}"), NULL, &plain,
                LIST("dir.d/f.tar.gz"),
                LIST("echo", "dir.d/f.tar", "f.tar.gz", "dir.d", "f.tar"));
    expect_argv(LIST("echo", "{-1.}", "{2//}:{-2/.}"), NULL, &plain,
                LIST("a/b.c", "d/e.f"), LIST("echo", "d/e", "d:b"));
    expect_argv(LIST("echo", "{//}"), NULL, &plain, LIST("plain"),
                LIST("echo", "."));
}

static void fields_go_by_number(void **state)
{
    (void)state;
    expect_argv(LIST("echo", "{2}-{1}", "{-1}"), NULL, &plain, LIST("0.1", "3"),
                LIST("echo", "3-0.1", "3"));
    expect_argv(LIST("echo", "{2}|{1}"), NULL, &plain, LIST("a", "b c"),
                LIST("echo", "b c|a"));
}

static void all_fields_are_an_argument_each(void **state)
{
    (void)state;
    expect_argv(LIST("echo", "x", "{@}", "{1}y"), NULL, &plain,
                LIST("a b", "c"), LIST("echo", "x", "a b", "c", "a by"));
}

static void another_string_for_the_row_makes_braces_literal(void **state)
{
    (void)state;
    expect_argv(LIST("echo", "{}", "%", "{1}"), NULL, OPTIONS(.replace = "%"),
                LIST("a"), LIST("echo", "{}", "a", "a"));
}

static void without_names_braces_are_literal(void **state)
{
    (void)state;
    expect_argv(LIST("awk", "{print}", "{}"), NULL, &plain, LIST("f"),
                LIST("awk", "{print}", "f"));
}

static void a_header_names_the_fields(void **state)
{
    (void)state;
    expect_argv(LIST("echo", "p={p}", "q={q.}", "<q>", "{max temp}"),
                LIST("p", "q", "max temp"), &plain, LIST("1", "2.5", "3"),
                LIST("echo", "p=1", "q=2", "2.5", "3"));
}

static void angled_names_bind_in_order_of_first_appearance(void **state)
{
    (void)state;
    expect_argv(LIST("think", "<q>", "<p>", "<q>", "{p}/{q}"), NULL, &plain,
                LIST("1", "2"), LIST("think", "1", "2", "1", "2/1"));
}

static void no_names_makes_all_of_it_literal(void **state)
{
    (void)state;
    expect_argv(LIST("echo", "{p}", "<p>", "{1}"), LIST("p"),
                OPTIONS(.no_names = true), LIST("a", "b"),
                LIST("echo", "{p}", "<p>", "a"));
}

static void bytes_pass_unchanged(void **state)
{
    (void)state;
    expect_argv(LIST("echo", "-{1}-", "{2}"), NULL, &plain,
                LIST("it's \"\\ $HOME * \xff\n", "{1}{}"),
                LIST("echo", "-it's \"\\ $HOME * \xff\n-", "{1}{}"));
}

static void without_words_each_row_is_a_shell_command(void **state)
{
    (void)state;
    expect_argv(NULL, NULL, &plain, LIST("echo '{}' | wc"),
                LIST("/bin/sh", "-c", "--", "echo '{}' | wc"));
    expect_quoted(NULL, &plain, LIST("echo a; b"), "echo a; b");
}

static void a_shell_template_quotes_values_and_nothing_else(void **state)
{
    (void)state;
    const struct template_options *shell = OPTIONS(.shell = true);

    expect_argv(LIST("echo", "{}", "|", "wc >{2}.out"), NULL, shell,
                LIST("$(x) y", "it's"),
                LIST("/bin/sh", "-c", "--",
                     "echo '$(x) y it'\"'\"'s' | wc >'it'\"'\"'s'.out"));
    expect_argv(
        LIST("for i in {@}; do echo $i; done"), NULL, shell, LIST("a b", "c"),
        LIST("/bin/sh", "-c", "--", "for i in 'a b' c; do echo $i; done"));
    expect_argv(LIST("echo $HOME"), NULL, shell, LIST("a b"),
                LIST("/bin/sh", "-c", "--", "echo $HOME 'a b'"));
    expect_argv(LIST("echo"), NULL,
                OPTIONS(.shell = true, .append_fields = true), LIST("a b", ""),
                LIST("/bin/sh", "-c", "--", "echo 'a b' ''"));
}

static void a_command_is_quoted_as_a_shell_reads_it(void **state)
{
    (void)state;
    expect_quoted(LIST("echo", "{}"), &plain, LIST("a b"), "echo 'a b'");
    expect_quoted(LIST("echo", "{}"), &plain, LIST("it's"),
                  "echo 'it'\"'\"'s'");
    expect_quoted(LIST("echo", "1", "{}"), &plain, LIST(""), "echo 1 ''");
    expect_quoted(LIST("my prog"), &plain, LIST("x"), "'my prog' x");
    expect_quoted(LIST("echo {} | wc"), OPTIONS(.shell = true), LIST("a b"),
                  "echo 'a b' | wc");
}

static void a_refused_row_can_still_be_shown(void **state)
{
    (void)state;
    expect_quoted(LIST("echo", "{1}", "{2}", "x{-3.}"), &plain, LIST("a"),
                  "echo a '{2}' 'x{-3.}'");
}

static void a_single_string_is_filled_in_without_quotes(void **state)
{
    (void)state;
    struct template *template =
        make(LIST("{1}:{#} {@}"), NULL, OPTIONS(.shell = true));
    struct template *fixed = make(LIST("tag"), NULL, &plain);
    struct row *row = row_of(LIST("a b", "c"));
    AUTO_BUF struct buf out = {0};

    template_text(template, row, 5, 2, &out);
    template_text(fixed, row, 5, 2, &out);
    assert_string_equal(buf_text(&out), "a b:5 a b ctag");
    row_free(row);
    template_free(fixed);
    template_free(template);
}

static void angled_names_leave_room_for_numbers(void **state)
{
    (void)state;
    expect_argv(LIST("think", "<p>", "{2}"), NULL, &plain, LIST("1", "2"),
                LIST("think", "1", "2"));
    expect_argv(LIST("think", "<p>"), LIST("p", "q"), &plain, LIST("1", "2"),
                LIST("think", "1"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_placeholder_the_row_is_one_more_argument),
        cmocka_unit_test(parsed_fields_are_appended_each_on_its_own),
        cmocka_unit_test(with_append_nothing_the_row_only_counts),
        cmocka_unit_test(the_job_number_alone_is_a_placeholder),
        cmocka_unit_test(the_row_stands_inside_words_and_often),
        cmocka_unit_test(path_forms_are_those_of_gnu_parallel),
        cmocka_unit_test(fields_go_by_number),
        cmocka_unit_test(all_fields_are_an_argument_each),
        cmocka_unit_test(another_string_for_the_row_makes_braces_literal),
        cmocka_unit_test(without_names_braces_are_literal),
        cmocka_unit_test(a_header_names_the_fields),
        cmocka_unit_test(angled_names_bind_in_order_of_first_appearance),
        cmocka_unit_test(no_names_makes_all_of_it_literal),
        cmocka_unit_test(bytes_pass_unchanged),
        cmocka_unit_test(without_words_each_row_is_a_shell_command),
        cmocka_unit_test(a_shell_template_quotes_values_and_nothing_else),
        cmocka_unit_test(a_command_is_quoted_as_a_shell_reads_it),
        cmocka_unit_test(a_refused_row_can_still_be_shown),
        cmocka_unit_test(a_single_string_is_filled_in_without_quotes),
        cmocka_unit_test(angled_names_leave_room_for_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

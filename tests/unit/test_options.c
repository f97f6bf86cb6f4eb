/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/err.h"
#include "cli/options.h"

enum { WORDS_MAX = 32 };

/* A command line that lives as long as what was parsed from it. */
struct line {
    char *argv[WORDS_MAX];
    int argc;
    struct options options;
    struct err err;
};

static int parse_words(struct line *line, const char *const *words)
{
    *line = (struct line){.argv = {(char *)"poolrun"}, .argc = 1};
    for (; *words; words++) {
        assert_true(line->argc < WORDS_MAX);
        line->argv[line->argc++] = (char *)*words;
    }
    return options_parse(line->argc, line->argv, &line->options, &line->err);
}

#define PARSE(line, ...)                                                       \
    parse_words(line, (const char *const[]){__VA_ARGS__, NULL})

#define ASSERT_PARSED(line, ...)                                               \
    do {                                                                       \
        if (PARSE(line, __VA_ARGS__) < 0) {                                    \
            fail_msg("refused: %s", (line)->err.text);                         \
        }                                                                      \
    } while (0)

#define ASSERT_REFUSED(text_, ...)                                             \
    do {                                                                       \
        struct line line_;                                                     \
        assert_int_equal(PARSE(&line_, __VA_ARGS__), -1);                      \
        assert_string_equal(line_.err.text, text_);                            \
    } while (0)

static void an_empty_line_reads_standard_input_and_has_no_command(void **state)
{
    (void)state;
    struct line line;

    ASSERT_PARSED(&line, NULL);
    assert_int_equal(line.options.command_len, 0);
    assert_int_equal(line.options.sources.len, 1);
    assert_int_equal(line.options.sources.items[0].kind, SOURCE_STDIN);
    assert_null(line.options.delimiter);
    assert_int_equal(line.options.max_args, 1);
    assert_int_equal(line.options.retries, 1);
    assert_string_equal(line.options.jobs, "auto");
    assert_string_equal(line.options.replace, "{}");
    options_release(&line.options);
}

static void a_value_stands_in_the_same_word_or_the_next(void **state)
{
    (void)state;
    static const char *const ways[][4] = {
        {"-j4", "echo"},          {"-j", "4", "echo"},  {"-P4", "echo"},
        {"-P", "4", "echo"},      {"--jobs=4", "echo"}, {"--jobs", "4", "echo"},
        {"--max-procs=4", "echo"}};

    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct line line;
        assert_int_equal(parse_words(&line, ways[i]), 0);
        assert_string_equal(line.options.jobs, "4");
        assert_int_equal(line.options.command_len, 1);
        options_release(&line.options);
    }
}

static void letters_are_bundled_and_the_last_may_take_a_value(void **state)
{
    (void)state;
    struct line line;

    ASSERT_PARSED(&line, "-0k", "-rtj", "-1", "echo");
    assert_string_equal(line.options.delimiter, "\\0");
    assert_true(line.options.keep_order);
    assert_true(line.options.drop_empty);
    assert_true(line.options.verbose);
    assert_string_equal(line.options.jobs, "-1");
    assert_string_equal(line.options.command[0], "echo");
    options_release(&line.options);

    ASSERT_PARSED(&line, "-kn3", "echo");
    assert_int_equal(line.options.max_args, 3);
    options_release(&line.options);
}

static void options_end_at_the_first_word_that_is_none(void **state)
{
    (void)state;
    struct line line;

    ASSERT_PARSED(&line, "-k", "ls", "-u", "--", "--bogus");
    assert_false(line.options.ungroup);
    assert_int_equal(line.options.command_len, 4);
    assert_ptr_equal(line.options.command, line.argv + 2);
    options_release(&line.options);

    ASSERT_PARSED(&line, "-k", "--", "-u", "--", "x");
    assert_int_equal(line.options.command_len, 3);
    assert_string_equal(line.options.command[0], "-u");
    options_release(&line.options);

    ASSERT_PARSED(&line, "-", "-k");
    assert_string_equal(line.options.command[0], "-");
    options_release(&line.options);
}

static void sources_come_in_the_order_they_are_written(void **state)
{
    (void)state;
    struct line line;

    ASSERT_PARSED(&line, "--param", "p=1..3", "-a", "f", "-a-", "echo", "{}",
                  ":::", "a", "b", "::::", "g", "h", ":::+", "c", "::::+", "i",
                  ":::");
    const struct source_item *items = line.options.sources.items;
    assert_int_equal(line.options.command_len, 2);
    assert_int_equal(line.options.sources.len, 9);
    assert_int_equal(items[0].kind, SOURCE_PARAM);
    assert_string_equal(items[0].text, "p=1..3");
    assert_int_equal(items[1].kind, SOURCE_FILE);
    assert_string_equal(items[1].text, "f");
    assert_int_equal(items[2].kind, SOURCE_STDIN);
    assert_int_equal(items[3].kind, SOURCE_VALUES);
    assert_int_equal(items[3].word_count, 2);
    assert_string_equal(items[3].words[1], "b");
    assert_string_equal(items[4].text, "g");
    assert_string_equal(items[5].text, "h");
    assert_false(items[5].is_linked);
    assert_true(items[6].is_linked);
    assert_int_equal(items[7].kind, SOURCE_FILE);
    assert_true(items[7].is_linked);
    assert_int_equal(items[8].kind, SOURCE_VALUES);
    assert_int_equal(items[8].word_count, 0);
    options_release(&line.options);
}

static void sources_may_follow_the_options_at_once(void **state)
{
    (void)state;
    static const char *const ways[][5] = {{"-k", ":::", "a", "b"},
                                          {"--", ":::", "a", "b"}};

    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct line line;
        assert_int_equal(parse_words(&line, ways[i]), 0);
        assert_int_equal(line.options.command_len, 0);
        assert_int_equal(line.options.sources.len, 1);
        assert_int_equal(line.options.sources.items[0].word_count, 2);
        options_release(&line.options);
    }
}

static void choices_are_numbered_as_in_the_table(void **state)
{
    (void)state;
    struct line line;

    ASSERT_PARSED(&line, "--format", "jsonl", "--trim=rl", "--header", ":",
                  "-C,", "echo");
    assert_int_equal(line.options.format, OPTIONS_FORMAT_JSONL);
    assert_int_equal(line.options.trim, OPTIONS_TRIM_BOTH);
    assert_int_equal(line.options.header, OPTIONS_HEADER_FIRST_ROW);
    options_release(&line.options);
    ASSERT_REFUSED("--format takes tsv, csv or jsonl, not \"xml\"",
                   "--format=xml");
    ASSERT_REFUSED("--header takes :, not \"2\"", "--header", "2");
}

static void columns_alone_mean_tsv(void **state)
{
    (void)state;
    struct line line;

    ASSERT_PARSED(&line, "--columns", "seq", "echo");
    assert_int_equal(line.options.format, OPTIONS_FORMAT_TSV);
    options_release(&line.options);
}

static void an_option_without_its_value_is_refused(void **state)
{
    (void)state;
    ASSERT_REFUSED("-j takes auto, N, +N, -N or N%, and nothing follows it",
                   "-j");
    ASSERT_REFUSED("--timeout takes a duration, such as 10, 1.5m or 2h, or "
                   "300%, not \"\"",
                   "--timeout=", "echo");
    ASSERT_REFUSED("--csv takes no value", "--csv=yes", "echo");
    ASSERT_REFUSED("--param takes NAME=SPEC, such as p=1..64, not \"=1\"",
                   "--param", "=1");
}

static void what_says_two_things_at_once_is_refused(void **state)
{
    (void)state;
    ASSERT_REFUSED("--csv and --jsonl do not go together", "--jsonl", "--csv");
    ASSERT_REFUSED("--jsonl and -C do not go together", "-C,", "--jsonl");
    ASSERT_REFUSED("--keep-order and -u do not go together", "--keep-order",
                   "-u");
    ASSERT_REFUSED("--line-buffer and --ungroup do not go together",
                   "--ungroup", "--line-buffer");
    ASSERT_REFUSED("-0 and -d do not go together", "-0", "-d,");
    ASSERT_REFUSED("--format and --tag do not go together", "--tag", "--format",
                   "csv");
    ASSERT_REFUSED("--columns and --lb do not go together", "--columns=1",
                   "--lb");
}

static void an_option_of_gnu_parallel_gets_a_sentence(void **state)
{
    (void)state;
    struct line line;

    ASSERT_REFUSED("poolrun has no -X: -n N puts N rows into one command",
                   "-kX", "echo");
    ASSERT_REFUSED("poolrun has no --xargs: -n N puts N rows into one command",
                   "--xargs", "echo");
    ASSERT_REFUSED("poolrun has no -S: jobs run on this machine", "-Sbox",
                   "echo");
    ASSERT_PARSED(&line, "-q", "--will-cite", "-kq", "echo");
    assert_true(line.options.keep_order);
    options_release(&line.options);
}

static void an_unknown_option_is_refused(void **state)
{
    (void)state;
    ASSERT_REFUSED("unknown option --jbos; did you mean --jobs?", "--jbos=4");
    ASSERT_REFUSED("unknown option --=4", "--=4");
    ASSERT_REFUSED("unknown option -z in -kz", "-kz");
}

static void sources_that_make_no_sense_are_refused(void **state)
{
    (void)state;
    ASSERT_REFUSED(":::: takes files, and none follows", "echo", "::::");
    ASSERT_REFUSED("standard input can be only one source", "-a", "-", "echo",
                   "::::", "-");
    ASSERT_REFUSED("--param gives p twice", "--param=p=1,2", "--param", "p=3");
}

static void help_and_version_end_the_reading(void **state)
{
    (void)state;
    struct line line;

    ASSERT_PARSED(&line, "-k", "--help", "--bogus");
    assert_true(line.options.help);
    options_release(&line.options);
    ASSERT_PARSED(&line, "-V", "--csv", "--jsonl");
    assert_true(line.options.version);
    options_release(&line.options);
    ASSERT_PARSED(&line, "echo", "--help");
    assert_false(line.options.help);
    options_release(&line.options);
}

static void the_last_of_equal_options_counts(void **state)
{
    (void)state;
    struct line line;

    ASSERT_PARSED(&line, "-j2", "--jobs", "3", "-n1", "-N", "2", "echo");
    assert_string_equal(line.options.jobs, "3");
    assert_int_equal(line.options.max_args, 2);
    options_release(&line.options);
}

static void a_refusal_leaves_the_options_alone(void **state)
{
    (void)state;
    struct line line = {.options = {.retries = 7}};

    line.argv[1] = (char *)"--env=A";
    line.argv[2] = (char *)"--bogus";
    assert_int_equal(options_parse(3, line.argv, &line.options, &line.err), -1);
    assert_int_equal(line.options.retries, 7);
    assert_int_equal(line.options.env.len, 0);
}

static void no_arguments_at_all_are_an_empty_line(void **state)
{
    (void)state;
    struct line line = {0};

    assert_int_equal(options_parse(0, line.argv, &line.options, &line.err), 0);
    assert_int_equal(line.options.sources.len, 1);
    options_release(&line.options);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_line_reads_standard_input_and_has_no_command),
        cmocka_unit_test(a_value_stands_in_the_same_word_or_the_next),
        cmocka_unit_test(letters_are_bundled_and_the_last_may_take_a_value),
        cmocka_unit_test(options_end_at_the_first_word_that_is_none),
        cmocka_unit_test(sources_come_in_the_order_they_are_written),
        cmocka_unit_test(sources_may_follow_the_options_at_once),
        cmocka_unit_test(choices_are_numbered_as_in_the_table),
        cmocka_unit_test(columns_alone_mean_tsv),
        cmocka_unit_test(an_option_without_its_value_is_refused),
        cmocka_unit_test(what_says_two_things_at_once_is_refused),
        cmocka_unit_test(an_option_of_gnu_parallel_gets_a_sentence),
        cmocka_unit_test(an_unknown_option_is_refused),
        cmocka_unit_test(sources_that_make_no_sense_are_refused),
        cmocka_unit_test(help_and_version_end_the_reading),
        cmocka_unit_test(the_last_of_equal_options_counts),
        cmocka_unit_test(a_refusal_leaves_the_options_alone),
        cmocka_unit_test(no_arguments_at_all_are_an_empty_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

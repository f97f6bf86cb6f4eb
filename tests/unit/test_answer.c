/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "made_result.h"
#include "out/answer.h"

struct fixture {
    struct spool *spool;
    struct blob *blob;
    struct answer answer;
};

static void setup(struct fixture *fixture)
{
    *fixture = (struct fixture){.spool = spool_new(NULL)};
}

static void read_it(struct fixture *fixture)
{
    struct err err;
    assert_int_equal(answer_read(&fixture->answer, fixture->blob, &err), 0);
}

static void teardown(struct fixture *fixture)
{
    answer_release(&fixture->answer);
    blob_free(fixture->blob);
    spool_free(fixture->spool);
}

static void say(struct fixture *fixture, const char *text)
{
    setup(fixture);
    made_append(&fixture->blob, fixture->spool, text, strlen(text));
    read_it(fixture);
}

static void expect_text(bool is_found, struct bytes found, const char *expected)
{
    assert_int_equal(is_found, expected != NULL);
    if (expected && !bytes_equal(found, bytes_of(expected))) {
        fail_msg("\"%.*s\" is not \"%s\"", (int)found.len, found.data,
                 expected);
    }
}

static void expect_line(const char *out, const char *expected)
{
    struct fixture fixture;
    struct bytes line = {NULL, 0};
    say(&fixture, out);
    bool is_found = answer_line(&fixture.answer, &line);
    expect_text(is_found, line, expected);
    teardown(&fixture);
}

static void expect_json(const char *out, const char *expected)
{
    struct fixture fixture;
    struct bytes json = {NULL, 0};
    say(&fixture, out);
    bool is_found = answer_json(&fixture.answer, &json);
    expect_text(is_found, json, expected);
    teardown(&fixture);
}

static void expect_field(const char *out, long number, const char *expected)
{
    struct fixture fixture;
    struct bytes field = {NULL, 0};
    say(&fixture, out);
    bool is_found = answer_field(&fixture.answer, number, &field);
    expect_text(is_found, field, expected);
    teardown(&fixture);
}

static void who_said_nothing_has_no_answer(void **state)
{
    (void)state;
    struct fixture fixture;
    struct bytes found;
    setup(&fixture);
    read_it(&fixture);
    assert_false(answer_line(&fixture.answer, &found));
    assert_false(answer_json(&fixture.answer, &found));
    assert_false(answer_field(&fixture.answer, 1, &found));
    teardown(&fixture);
    expect_line("\n\r\n\n", NULL);
    expect_json("\n", NULL);
}

static void the_last_line_that_is_not_empty_counts(void **state)
{
    (void)state;
    expect_line("a", "a");
    expect_line("a\nb\n", "b");
    expect_line("a\r\nb c\r\n\r\n\n", "b c");
    expect_line("\na", "a");
}

static void json_is_the_whole_or_the_last_line(void **state)
{
    (void)state;
    expect_json("{\"a\":\n 0.30}\n", "{\"a\":\n 0.30}");
    expect_json("starting\n{\"a\": 1}\n\n", "{\"a\": 1}");
    expect_json("1\n2\n", "2");
    expect_json(" null ", "null");
    expect_json("\"x\"\n", "\"x\"");
    expect_json("123456789012345678901234567890",
                "123456789012345678901234567890");
}

static void what_is_no_json_is_none(void **state)
{
    (void)state;
    expect_json("a", NULL);
    expect_json("{\"a\":1}\nready\n", NULL);
    expect_json("{\"a\":1", NULL);
    expect_json("1 2", NULL);
    expect_json("NaN", NULL);
    expect_json("01", NULL);
}

static void fields_lie_between_tabs_or_commas_or_blanks(void **state)
{
    (void)state;
    expect_field("a b,c\td\n", 1, "a b,c");
    expect_field("a b,c\td\n", 2, "d");
    expect_field("a b, c ,\n", 2, "c");
    expect_field("a b, c ,\n", 3, "");
    expect_field("head\n  11   24  0.25 \n", 1, "11");
    expect_field("head\n  11   24  0.25 \n", 3, "0.25");
    expect_field("one", 1, "one");
    expect_field("\t\tx", 1, "");
}

static void fields_are_counted_from_the_end_too(void **state)
{
    (void)state;
    expect_field("11 24 0.25", -1, "0.25");
    expect_field("11 24 0.25", -3, "11");
    expect_field("11,24,", -1, "");
}

static void there_is_no_field_beyond_the_ends(void **state)
{
    (void)state;
    expect_field("11 24", 0, NULL);
    expect_field("11 24", 3, NULL);
    expect_field("11 24", -3, NULL);
    expect_field("11 24", 999999999, NULL);
}

static void the_end_of_a_huge_output_is_enough(void **state)
{
    (void)state;
    struct fixture fixture;
    struct bytes found;
    setup(&fixture);
    made_fill(&fixture.blob, fixture.spool, 'x', ANSWER_BYTES);
    made_append(&fixture.blob, fixture.spool, "\n[1,2]\n", 7);
    read_it(&fixture);
    assert_true(answer_json(&fixture.answer, &found));
    assert_true(bytes_equal(found, bytes_of("[1,2]")));
    assert_true(answer_field(&fixture.answer, 2, &found));
    assert_true(bytes_equal(found, bytes_of("2]")));
    teardown(&fixture);
}

static void half_a_huge_line_is_no_answer(void **state)
{
    (void)state;
    struct fixture fixture;
    struct bytes found;
    setup(&fixture);
    made_fill(&fixture.blob, fixture.spool, '1', ANSWER_BYTES + 1);
    read_it(&fixture);
    assert_false(answer_json(&fixture.answer, &found));
    assert_false(answer_line(&fixture.answer, &found));
    teardown(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_said_nothing_has_no_answer),
        cmocka_unit_test(the_last_line_that_is_not_empty_counts),
        cmocka_unit_test(json_is_the_whole_or_the_last_line),
        cmocka_unit_test(what_is_no_json_is_none),
        cmocka_unit_test(fields_lie_between_tabs_or_commas_or_blanks),
        cmocka_unit_test(fields_are_counted_from_the_end_too),
        cmocka_unit_test(there_is_no_field_beyond_the_ends),
        cmocka_unit_test(the_end_of_a_huge_output_is_enough),
        cmocka_unit_test(half_a_huge_line_is_no_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

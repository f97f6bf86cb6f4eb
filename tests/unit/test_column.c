/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>

#include "base/xalloc.h"
#include "made_result.h"
#include "out/answer.h"
#include "out/column.h"

static void expect_value_of(const struct result *result, struct column column,
                            enum value_kind kind, const char *text)
{
    AUTO_ANSWER struct answer answer = {0};
    AUTO_BUF struct buf scratch = {0};
    struct err err;
    assert_int_equal(answer_read(&answer, result->out, &err), 0);
    struct column_source source = {result, bytes_of("./think 1"), &answer,
                                   &scratch};
    struct value value = column_value(&column, &source);
    assert_int_equal(value.kind, kind);
    if (!bytes_equal(value.text, bytes_of(text))) {
        fail_msg("\"%.*s\" is not \"%s\"", (int)value.text.len, value.text.data,
                 text);
    }
}

static void expect_record(const struct result *result, enum column_kind kind,
                          enum value_kind value_kind, const char *text)
{
    expect_value_of(result, (struct column){.kind = kind}, value_kind, text);
}

static void every_name_finds_its_kind(void **state)
{
    (void)state;
    enum column_kind kind = COLUMN_ANSWER;
    assert_true(column_find(bytes_of("seq"), &kind));
    assert_int_equal(kind, COLUMN_SEQ);
    assert_true(column_find(bytes_of("result"), &kind));
    assert_int_equal(kind, COLUMN_RESULT);
    assert_false(column_find(bytes_of("se"), &kind));
    assert_false(column_find(bytes_of(""), &kind));
    assert_string_equal(column_name(COLUMN_PEAK_KIB), "peak_kib");
}

static void a_success_has_all_values(void **state)
{
    (void)state;
    struct result *result = made_result(7, (const char *[]){"a", "b", NULL});
    result->cpu_us = 2000000;
    result->peak_kib = 1024;
    expect_record(result, COLUMN_SEQ, VALUE_NUMBER, "7");
    expect_record(result, COLUMN_EXIT, VALUE_NUMBER, "0");
    expect_record(result, COLUMN_SIGNAL, VALUE_NUMBER, "0");
    expect_record(result, COLUMN_SECONDS, VALUE_NUMBER, "0.012");
    expect_record(result, COLUMN_POOL, VALUE_TEXT, "local");
    expect_record(result, COLUMN_ATTEMPT, VALUE_NUMBER, "1");
    expect_record(result, COLUMN_SLOT, VALUE_NUMBER, "2");
    expect_record(result, COLUMN_STARTED, VALUE_NUMBER, "1700000000.123");
    expect_record(result, COLUMN_CPU, VALUE_NUMBER, "2.000");
    expect_record(result, COLUMN_PEAK_KIB, VALUE_NUMBER, "1024");
    expect_record(result, COLUMN_CAUSE, VALUE_NONE, "");
    expect_record(result, COLUMN_COMMAND, VALUE_TEXT, "./think 1");
    expect_record(result, COLUMN_STDOUT, VALUE_BLOB, "");
    expect_record(result, COLUMN_RESULT, VALUE_NONE, "");
    result_free(result);
}

static void what_a_job_never_had_is_missing(void **state)
{
    (void)state;
    struct result *result = result_new();
    result->status = RESULT_NOT_STARTED;
    result->exit_code = 127;
    result->message = xstrdup("no such file");
    expect_record(result, COLUMN_EXIT, VALUE_NUMBER, "127");
    expect_record(result, COLUMN_CAUSE, VALUE_TEXT,
                  "not started: no such file");
    expect_record(result, COLUMN_POOL, VALUE_NONE, "");
    expect_record(result, COLUMN_SLOT, VALUE_NONE, "");
    expect_record(result, COLUMN_STARTED, VALUE_NONE, "");
    expect_value_of(result, (struct column){.kind = COLUMN_FIELD, .number = 1},
                    VALUE_NONE, "");
    result_free(result);
}

static void a_timeout_is_told_as_in_the_joblog(void **state)
{
    (void)state;
    struct result *result = made_result(1, NULL);
    result->status = RESULT_TIMED_OUT;
    result->signal = SIGTERM;
    expect_record(result, COLUMN_EXIT, VALUE_NUMBER, "-1");
    expect_record(result, COLUMN_SIGNAL, VALUE_NUMBER, "15");
    expect_record(result, COLUMN_CAUSE, VALUE_TEXT, "timeout");
    result_free(result);
}

static void fields_and_parts_of_the_answer_are_found(void **state)
{
    (void)state;
    struct spool *spool = spool_new(NULL);
    struct result *result = made_result(1, (const char *[]){"a", "b", NULL});
    const char out[] = "[1, {\"p\": 0.30, \"s\": \"x\"}]\n";
    made_append(&result->out, spool, out, sizeof out - 1);
    expect_value_of(result, (struct column){.kind = COLUMN_FIELD, .number = 2},
                    VALUE_TEXT, "b");
    expect_value_of(result, (struct column){.kind = COLUMN_FIELD, .number = 3},
                    VALUE_NONE, "");
    expect_value_of(result, (struct column){.kind = COLUMN_OUT, .number = 1},
                    VALUE_TEXT, "[1");
    expect_value_of(
        result, (struct column){.kind = COLUMN_RESULT, .path = bytes_of("1.p")},
        VALUE_JSON, "0.30");
    expect_value_of(
        result, (struct column){.kind = COLUMN_RESULT, .path = bytes_of("2")},
        VALUE_NONE, "");
    expect_record(result, COLUMN_ANSWER, VALUE_JSON,
                  "[1, {\"p\": 0.30, \"s\": \"x\"}]");
    result_free(result);
    spool_free(spool);
}

static void an_answer_that_is_no_utf8_is_output(void **state)
{
    (void)state;
    struct spool *spool = spool_new(NULL);
    struct result *result = made_result(1, NULL);
    made_append(&result->out, spool, "\"\xff\"", 3);
    expect_record(result, COLUMN_ANSWER, VALUE_BLOB, "");
    result_free(result);
    spool_free(spool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_name_finds_its_kind),
        cmocka_unit_test(a_success_has_all_values),
        cmocka_unit_test(what_a_job_never_had_is_missing),
        cmocka_unit_test(a_timeout_is_told_as_in_the_joblog),
        cmocka_unit_test(fields_and_parts_of_the_answer_are_found),
        cmocka_unit_test(an_answer_that_is_no_utf8_is_output),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

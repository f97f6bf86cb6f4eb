/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>

#include "base/xalloc.h"
#include "made_result.h"
#include "out/failures.h"

static void expect_printed(struct failures *failures, const char *text)
{
    AUTO_BUF struct buf out = {0};
    failures_print(failures, &out);
    assert_string_equal(buf_text(&out), text);
    failures_free(failures);
}

static void nothing_is_said_of_successes(void **state)
{
    (void)state;
    struct failures *failures = failures_new();
    struct result *result = made_result(1, NULL);
    failures_add(failures, result, bytes_of("true"));
    assert_int_equal(failures_count(failures), 0);
    result_free(result);
    expect_printed(failures, "");
}

static void a_line_tells_job_cause_command_and_place(void **state)
{
    (void)state;
    struct failures *failures = failures_new();
    struct result *result = made_result(7, NULL);
    result->exit_code = 3;
    result->duration_us = 420000;
    failures_add(failures, result, bytes_of("./think 1 2"));
    result->exit_code = 0;
    result->status = RESULT_SIGNALED;
    result->signal = SIGSEGV;
    result->attempt = 2;
    result->pool = "pi";
    failures_add(failures, result, bytes_of("./think 2 2"));
    result->status = RESULT_TIMED_OUT;
    failures_add(failures, result, bytes_of("./think 3 2"));
    result_free(result);
    expect_printed(failures, "poolrun: job 7 failed: exit 3: ./think 1 2 "
                             "(pool local, attempt 1, 0.42 s)\n"
                             "poolrun: job 7 failed: signal SEGV: ./think 2 2 "
                             "(pool pi, attempt 2, 0.42 s)\n"
                             "poolrun: job 7 failed: timeout: ./think 3 2 "
                             "(pool pi, attempt 2, 0.42 s)\n");
}

static void a_job_that_never_started_says_why(void **state)
{
    (void)state;
    struct failures *failures = failures_new();
    struct result *result = made_result(1, NULL);
    result->status = RESULT_NOT_STARTED;
    result->exit_code = 126;
    result->pool = NULL;
    result->message = xstrdup("line 4 has \033 fields");
    failures_add(failures, result, bytes_of(""));
    result_free(result);
    expect_printed(failures, "poolrun: job 1 failed: not started: "
                             "line 4 has \\x1B fields (attempt 1)\n");
}

static void a_job_without_an_attempt_has_no_place(void **state)
{
    (void)state;
    struct failures *failures = failures_new();
    struct result *result = made_result(2, NULL);
    result->status = RESULT_NOT_STARTED;
    result->attempt = 0;
    result->pool = "-";
    result->message = xstrdup("line 2 has 1 field, {2} needs 2");
    failures_add(failures, result, bytes_of("echo '{2}'"));
    result_free(result);
    expect_printed(failures, "poolrun: job 2 failed: not started: line 2 has "
                             "1 field, {2} needs 2: echo '{2}'\n");
}

static void ten_are_told_and_the_others_counted(void **state)
{
    (void)state;
    AUTO_BUF struct buf out = {0};
    struct failures *failures = failures_new();
    struct result *result = made_result(1, NULL);
    result->exit_code = 1;
    for (; result->seq <= 12; result->seq++) {
        failures_add(failures, result, bytes_of("false"));
    }
    result_free(result);
    assert_int_equal(failures_count(failures), 12);
    failures_print(failures, &out);
    const char *text = buf_text(&out);
    assert_non_null(strstr(text, "job 10 failed"));
    assert_null(strstr(text, "job 11 failed"));
    assert_non_null(strstr(text, "\npoolrun: ... and 2 more failed\n"));
    failures_free(failures);
}

static void a_long_command_loses_its_middle_between_characters(void **state)
{
    (void)state;
    AUTO_BUF struct buf command = {0};
    AUTO_BUF struct buf out = {0};
    struct failures *failures = failures_new();
    struct result *result = made_result(1, NULL);
    result->exit_code = 1;
    buf_add_text(&command, "./think ");
    for (int i = 0; i < 1000; i++) {
        buf_add_text(&command, "\xe2\x82\xac");
    }
    buf_add_text(&command, " last");
    failures_add(failures, result, buf_bytes(&command));
    failures_print(failures, &out);
    const char *text = buf_text(&out);
    assert_non_null(strstr(text, ": ./think \xe2\x82\xac"));
    assert_non_null(strstr(text, "\xe2\x82\xac[...]\xe2\x82\xac"));
    assert_non_null(strstr(text, "\xe2\x82\xac last ("));
    assert_null(strstr(text, "\\x"));
    assert_true(out.len < 300);
    result_free(result);
    failures_free(failures);
}

static void a_command_cannot_harm_the_terminal(void **state)
{
    (void)state;
    struct failures *failures = failures_new();
    struct result *result = made_result(1, NULL);
    result->exit_code = 1;
    failures_add(failures, result, bytes_of("a\n\033[2J\xff"));
    result_free(result);
    expect_printed(failures, "poolrun: job 1 failed: exit 1: a\\n\\x1B[2J\\xFF "
                             "(pool local, attempt 1, 0.01 s)\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_said_of_successes),
        cmocka_unit_test(a_line_tells_job_cause_command_and_place),
        cmocka_unit_test(a_job_that_never_started_says_why),
        cmocka_unit_test(a_job_without_an_attempt_has_no_place),
        cmocka_unit_test(ten_are_told_and_the_others_counted),
        cmocka_unit_test(a_long_command_loses_its_middle_between_characters),
        cmocka_unit_test(a_command_cannot_harm_the_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>

#include "made_result.h"
#include "out/joblog.h"

static void expect_line(struct result *result, struct bytes command,
                        const char *line)
{
    AUTO_BUF struct buf out = {0};
    joblog_line(result, command, &out);
    assert_string_equal(buf_text(&out), line);
    result_free(result);
}

static void the_header_names_nine_columns(void **state)
{
    (void)state;
    AUTO_BUF struct buf out = {0};
    joblog_header(&out);
    assert_string_equal(buf_text(&out),
                        "Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\t"
                        "Exitval\tSignal\tCommand\n");
}

static void a_success_has_its_times_and_its_bytes(void **state)
{
    (void)state;
    struct spool *spool = spool_new(NULL);
    struct result *result = made_result(3, NULL);
    made_fill(&result->out, spool, 'x', 100000);
    result->out_bytes = 100000;
    expect_line(result, bytes_of("echo 'a b'"),
                "3\t:\t1700000000.123\t     0.012\t0\t100000\t0\t0\t"
                "echo 'a b'\n");
    spool_free(spool);
}

static void another_machine_is_named(void **state)
{
    (void)state;
    struct result *result = made_result(1, NULL);
    result->pool = "pi-4";
    result->exit_code = 127;
    result->status = RESULT_NOT_STARTED;
    result->duration_us = 12345678901;
    expect_line(result, bytes_of("nosuch 1"),
                "1\tpi-4\t1700000000.123\t 12345.679\t0\t0\t127\t0\t"
                "nosuch 1\n");
}

static void a_signal_has_exit_zero_and_a_timeout_minus_one(void **state)
{
    (void)state;
    struct result *result = made_result(1, NULL);
    result->status = RESULT_SIGNALED;
    result->signal = SIGKILL;
    expect_line(result, bytes_of("a"),
                "1\t:\t1700000000.123\t     0.012\t0\t0\t0\t9\ta\n");
    result = made_result(2, NULL);
    result->status = RESULT_TIMED_OUT;
    result->signal = SIGTERM;
    expect_line(result, bytes_of("a"),
                "2\t:\t1700000000.123\t     0.012\t0\t0\t-1\t15\ta\n");
}

static void a_failure_never_looks_like_a_success(void **state)
{
    (void)state;
    struct result *result = made_result(1, NULL);
    result->status = RESULT_WORKER_LOST;
    assert_int_equal(joblog_exit(result), -1);
    result->status = RESULT_OUT_OF_MEMORY;
    assert_int_equal(joblog_exit(result), -1);
    result->signal = SIGKILL;
    assert_int_equal(joblog_exit(result), 0);
    result_free(result);
}

static void a_command_never_breaks_its_line(void **state)
{
    (void)state;
    expect_line(made_result(1, NULL),
                (struct bytes){"a\nb\tc\rd\0e\\n\xff", 12},
                "1\t:\t1700000000.123\t     0.012\t0\t0\t0\t0\t"
                "a\\nb\\tc\\rd\\0e\\n\xff\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_header_names_nine_columns),
        cmocka_unit_test(a_success_has_its_times_and_its_bytes),
        cmocka_unit_test(another_machine_is_named),
        cmocka_unit_test(a_signal_has_exit_zero_and_a_timeout_minus_one),
        cmocka_unit_test(a_failure_never_looks_like_a_success),
        cmocka_unit_test(a_command_never_breaks_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

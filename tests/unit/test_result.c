/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>

#include "base/blob.h"
#include "base/spool.h"
#include "base/xalloc.h"
#include "job/result.h"
#include "job/row.h"

/* What is said of a result, whether it is good, and poolrun's own status. */
static void expect(struct result result, const char *cause, bool ok, int status)
{
    char text[64];
    assert_ptr_equal(result_cause(&result, text, sizeof text), text);
    assert_string_equal(text, cause);
    assert_int_equal(result_ok(&result), ok);
    assert_int_equal(result_exit_status(&result), status);
}

static void result_owns_what_it_was_given(void **state)
{
    (void)state;
    struct spool *spool = spool_new(NULL);
    struct bytes field = bytes_of("row");
    struct result *result = result_new();
    result->row = row_new(1, field, &field, 1, NULL);
    result->out = blob_new(spool);
    result->err = blob_new(spool);
    result->message = xstrdup("why");
    result_free(result); /* the leak sanitizer checks it */
    result_free(NULL);
    spool_free(spool);
}

static void only_exit_0_is_good(void **state)
{
    (void)state;
    expect((struct result){.status = RESULT_EXITED}, "exit 0", true, 0);
    expect((struct result){.status = RESULT_EXITED, .exit_code = 3}, "exit 3",
           false, 3);
}

static void signal_counts_128_more(void **state)
{
    (void)state;
    expect((struct result){.status = RESULT_SIGNALED, .signal = SIGKILL},
           "signal KILL", false, 128 + SIGKILL);
    expect((struct result){.status = RESULT_SIGNALED, .signal = 40},
           "signal 40", false, 168);
    expect((struct result){.status = RESULT_TIMED_OUT, .signal = SIGTERM},
           "timeout", false, 128 + SIGTERM);
    expect((struct result){.status = RESULT_OUT_OF_MEMORY, .signal = SIGKILL},
           "out of memory", false, 128 + SIGKILL);
}

static void failure_is_never_status_0(void **state)
{
    (void)state;
    expect((struct result){.status = RESULT_TIMED_OUT}, "timeout", false, 1);
    expect((struct result){.status = RESULT_SIGNALED}, "signal 0", false, 1);
    expect((struct result){.status = RESULT_WORKER_LOST}, "worker lost", false,
           1);
    expect((struct result){.status = RESULT_NOT_STARTED},
           "not started: unknown", false, 1);
}

static void not_started_says_why(void **state)
{
    (void)state;
    char why[] = "no such thing";
    expect((struct result){.status = RESULT_NOT_STARTED,
                           .exit_code = 127,
                           .message = why},
           "not started: no such thing", false, 127);
}

static void cause_is_cut_to_its_room(void **state)
{
    (void)state;
    char text[8];
    struct result result = {.status = RESULT_WORKER_LOST};
    assert_string_equal(result_cause(&result, text, sizeof text), "worker ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(result_owns_what_it_was_given),
        cmocka_unit_test(only_exit_0_is_good),
        cmocka_unit_test(signal_counts_128_more),
        cmocka_unit_test(failure_is_never_status_0),
        cmocka_unit_test(not_started_says_why),
        cmocka_unit_test(cause_is_cut_to_its_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

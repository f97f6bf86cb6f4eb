/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "fake_output.h"
#include "fake_run.h"
#include "job/attempt.h"
#include "job/job.h"
#include "made_result.h"
#include "out/writer.h"
#include "run/report.h"
#include "template_maker.h"

enum { SECOND = 1000000 };

static struct fake_output output;
static struct writer *writer;
static struct template *command;
static struct report report;

static void wake(void *ctx)
{
    (void)ctx;
}

static int set_up(void **state)
{
    (void)state;
    fake_output_files(&output);
    writer = writer_new(-1, NULL, wake, NULL);
    command = make(LIST("cmd", "{}"), NULL, &plain);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    writer_free(writer);
    report_release(&report);
    template_free(command);
    fake_output_end(&output);
    return 0;
}

static void begin(const struct report_options *options)
{
    report_init(&report, options, writer, command, SECOND);
}

static const char *told(void)
{
    writer_finish(writer, false);
    return fake_output_text(&output, 1);
}

static void fail_job(uint64_t seq, const char *row)
{
    const char *fields[] = {row, NULL};
    struct result *result = made_result(seq, fields);
    result->exit_code = 3;
    report_result(&report, result);
    result_free(result);
}

static void progress(uint64_t done, int64_t now_us)
{
    struct progress_state state = {
        .done = done, .total = 10, .total_known = true, .workers = 2};
    report_progress(&report, state, now_us, 0);
}

static void what_is_said_has_our_name_in_front(void **state)
{
    (void)state;
    begin(&(struct report_options){0});
    report_say(&report, "%s %d", "word", 7);
    assert_string_equal(told(), "poolrun: word 7\n");
}

static void what_is_too_long_is_cut(void **state)
{
    (void)state;
    static char text[5000];
    memset(text, 'x', sizeof text - 1);
    begin(&(struct report_options){0});
    report_say(&report, "%s", text);
    const char *line = told();
    assert_in_range(strlen(line), 500, 2000);
    assert_int_equal(line[strlen(line) - 1], '\n');
}

static void failures_are_told_at_the_end(void **state)
{
    (void)state;
    begin(&(struct report_options){0});
    fail_job(2, "a b");
    struct result *good = made_result(3, NULL);
    report_result(&report, good);
    result_free(good);
    report_end(&report);
    assert_string_equal(told(), "poolrun: job 2 failed: exit 3: cmd 'a b' "
                                "(pool local, attempt 1, 0.01 s)\n");
}

static void a_row_that_is_not_there_has_no_command(void **state)
{
    (void)state;
    begin(&(struct report_options){0});
    struct result *result = made_result(2, NULL);
    row_free(result->row);
    result->row = NULL;
    result->exit_code = 1;
    report_result(&report, result);
    result_free(result);
    report_end(&report);
    assert_null(strstr(told(), "cmd"));
}

static void without_options_no_progress_is_told(void **state)
{
    (void)state;
    begin(&(struct report_options){0});
    progress(5, 100 * (int64_t)SECOND);
    report_end(&report);
    assert_string_equal(told(), "");
}

static void lines_come_when_they_are_due(void **state)
{
    (void)state;
    begin(&(struct report_options){.lines = true});
    progress(0, 2 * SECOND);
    progress(1, 3 * SECOND);
    progress(1, 4 * SECOND);
    const char *text = told();
    assert_int_equal(strncmp(text, "poolrun: 1/10", 13), 0);
    assert_int_equal(strchr(text, '\n')[1], '\0'); /* one */
}

/* Files take what a terminal would show. */
static void a_bar_is_there_from_the_start_and_stays(void **state)
{
    (void)state;
    begin(&(struct report_options){.bar = true});
    progress(1, SECOND);
    progress(9, 2 * SECOND);
    report_end(&report);
    const char *text = told();
    assert_non_null(strstr(text, "9/10"));
    assert_int_equal(text[strlen(text) - 1], '\n');
}

static void a_bar_nobody_asked_for_comes_later_and_goes(void **state)
{
    (void)state;
    begin(&(struct report_options){.bar_if_long = true});
    progress(1, SECOND + SECOND / 2);
    assert_null(report.bar);
    progress(2, 2 * SECOND);
    assert_non_null(strstr(report.bar, "2/10"));
    report_end(&report);
    const char *text = told();
    assert_null(strchr(text, '\n'));
}

static void each_job_that_runs_or_waits_has_a_line(void **state)
{
    (void)state;
    struct fake_run run;
    begin(&(struct report_options){0});
    fake_run_init(&run, &(const struct scheduler_options){0}, 2, 1, 2);
    scheduler_dispatch(run.scheduler);
    assert_true(fake_started(fake_run_runner(&run, 1), 1));
    report_jobs(&report, run.scheduler, &run.pool.pool);
    const char *text = told();
    assert_non_null(strstr(text, "0 done, 0 failed, 1 running; "
                                 "pool fake: 2 of 2 workers\n"));
    assert_non_null(strstr(text, "fake slot 1: job 1 runs "));
    assert_non_null(strstr(text, "fake slot 2: job 2 waits "));
    assert_non_null(strstr(text, ": cmd row\n"));
    fake_run_release(&run);
}

static void a_command_is_told_as_it_would_be_typed(void **state)
{
    (void)state;
    struct job *job = job_new(1, row_of(LIST("a b")));
    struct attempt *attempt = attempt_new(job, NULL);
    begin(&(struct report_options){0});
    report_command(&report, attempt);
    assert_string_equal(told(), "cmd 'a b'\n");
    attempt_free(attempt);
    job_free(job);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_said_has_our_name_in_front),
        TEST(what_is_too_long_is_cut),
        TEST(failures_are_told_at_the_end),
        TEST(a_row_that_is_not_there_has_no_command),
        TEST(without_options_no_progress_is_told),
        TEST(lines_come_when_they_are_due),
        TEST(a_bar_is_there_from_the_start_and_stays),
        TEST(a_bar_nobody_asked_for_comes_later_and_goes),
        TEST(each_job_that_runs_or_waits_has_a_line),
        TEST(a_command_is_told_as_it_would_be_typed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

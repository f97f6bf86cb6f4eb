/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <poll.h>

#include "base/err.h"
#include "base/spool.h"
#include "fake_output.h"
#include "fake_run.h"
#include "job/attempt.h"
#include "out/printer.h"
#include "out/writer.h"
#include "run/intake.h"
#include "wait_loop.h"
#include "wire/batch_flag.h"

enum { WINDOW = BATCH_FIRST_WINDOW_BYTES };

static struct fake_output output;
static struct ev_loop *loop;
static struct spool *spool;
static struct writer *writer;
static struct printer *printer;
static struct fake_run run;
static struct intake intake;
static unsigned fulls;
static unsigned rooms;

static void wake(void *ctx)
{
    (void)ctx;
}

static void on_full(void *ctx, const struct err *err)
{
    (void)ctx;
    assert_int_not_equal(err->code, 0);
    fulls++;
}

static void on_room(void *ctx, const struct err *err)
{
    (void)ctx;
    assert_null(err);
    rooms++;
}

static void begin(const struct printer_options *options, const char *folder)
{
    static const struct intake_events events = {on_full, on_room};
    spool = spool_new(folder);
    printer = printer_new(options, spool, writer);
    intake = (struct intake){
        .loop = loop,
        .events = &events,
        .batch = &run.batch,
        .printer = printer,
        .writer = writer,
        .spool = spool,
        .is_live = options->mode != PRINTER_WHOLE,
    };
    intake_start(&intake);
}

static int set_up(void **state)
{
    (void)state;
    fake_output_pipes(&output);
    loop = wait_loop_new();
    writer = writer_new(-1, NULL, wake, NULL);
    fulls = rooms = 0;
    fake_run_init(&run, &(const struct scheduler_options){0}, 2, 1, 2);
    scheduler_dispatch(run.scheduler);
    for (unsigned n = 1; n <= 2; n++) {
        assert_true(fake_started(fake_run_runner(&run, n), n));
        (void)fake_said(fake_run_runner(&run, n));
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    intake_stop(&intake);
    fake_output_close(&output, 0);
    fake_output_close(&output, 1);
    writer_free(writer);
    fake_output_end(&output);
    fake_run_release(&run);
    printer_free(printer);
    spool_free(spool);
    ev_loop_destroy(loop);
    return 0;
}

/* The job on the runner of the same number writes so many bytes. */
static void add(unsigned n, size_t len)
{
    static const char data[WINDOW];
    struct attempt *attempt = fake_attempt(fake_run_runner(&run, n), n);
    assert_in_range(len, 0, WINDOW);
    attempt->received[0] += len;
    intake_add(&intake, attempt, 0, (struct bytes){data, len});
}

static void expect_said(unsigned n, const char *text)
{
    assert_string_equal(fake_said(fake_run_runner(&run, n)), text);
}

static void the_window_moves_when_half_of_it_is_used(void **state)
{
    (void)state;
    begin(&(struct printer_options){0}, NULL);
    add(1, WINDOW / 2 - 1);
    expect_said(1, "");
    add(1, 1);
    expect_said(1, "WINDOW 1 98304"); /* one and a half */
    add(1, WINDOW / 2 - 1);
    expect_said(1, "");
    add(1, 1);
    expect_said(1, "WINDOW 1 131072");
    expect_said(2, "");
}

static void both_streams_share_it(void **state)
{
    (void)state;
    begin(&(struct printer_options){0}, NULL);
    fake_attempt(fake_run_runner(&run, 1), 1)->received[1] = WINDOW / 2 - 1;
    add(1, 1);
    expect_said(1, "WINDOW 1 98304");
}

/* Nothing of it is printed yet, and all goes to the spool. */
static void what_is_printed_whole_waits_for_nobody(void **state)
{
    (void)state;
    begin(&(struct printer_options){0}, NULL);
    for (int i = 0; i < 100; i++) {
        add(1, WINDOW / 2);
        assert_string_not_equal(fake_said(fake_run_runner(&run, 1)), "");
    }
    assert_int_equal(fulls, 0);
}

static void what_is_live_waits_for_its_reader(void **state)
{
    (void)state;
    size_t total = 0;
    begin(&(struct printer_options){.mode = PRINTER_LIVE}, NULL);
    do {
        add(1, WINDOW / 2);
        total += WINDOW / 2;
    } while (*fake_said(fake_run_runner(&run, 1)));
    assert_true(writer_is_full(writer));
    assert_in_range(total, 1 << 20, 4 << 20);
    intake_relieve(&intake, run.scheduler);
    expect_said(1, "");
    (void)fake_output_read(&output, 0, total);
    while (writer_is_full(writer)) {
        (void)poll(NULL, 0, 1);
    }
    intake_relieve(&intake, run.scheduler);
    assert_string_not_equal(fake_said(fake_run_runner(&run, 1)), "");
    intake_relieve(&intake, run.scheduler);
    expect_said(1, ""); /* it has what it wants */
    expect_said(2, "");
}

/* Else it would never end. */
static void what_is_being_killed_waits_for_nobody(void **state)
{
    (void)state;
    begin(&(struct printer_options){.mode = PRINTER_LIVE}, NULL);
    do {
        add(1, WINDOW / 2);
    } while (*fake_said(fake_run_runner(&run, 1)));
    scheduler_stop(run.scheduler, false);
    expect_said(1, "CANCEL 1");
    intake_relieve(&intake, run.scheduler);
    assert_string_not_equal(fake_said(fake_run_runner(&run, 1)), "");
}

static void a_full_disk_stops_all_until_there_is_room(void **state)
{
    (void)state;
    begin(&(struct printer_options){0}, "/nonexistent");
    assert_false(intake_is_full(&intake));
    add(1, WINDOW / 2);
    assert_int_equal(fulls, 1);
    assert_true(intake_is_full(&intake));
    expect_said(1, "");
    add(2, WINDOW / 2); /* said once */
    assert_int_equal(fulls, 1);
    expect_said(2, "");
    intake_relieve(&intake, run.scheduler);
    expect_said(1, "");

    struct spool *better = spool_new(NULL); /* as if room had been made */
    intake.spool = better;
    WAIT_UNTIL(loop, rooms);
    assert_false(intake_is_full(&intake));
    assert_int_equal(spool_held_bytes(better), 0);
    intake_relieve(&intake, run.scheduler);
    expect_said(1, "WINDOW 1 98304");
    expect_said(2, "WINDOW 2 98304");
    spool_free(better);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_window_moves_when_half_of_it_is_used),
        TEST(both_streams_share_it),
        TEST(what_is_printed_whole_waits_for_nobody),
        TEST(what_is_live_waits_for_its_reader),
        TEST(what_is_being_killed_waits_for_nobody),
        TEST(a_full_disk_stops_all_until_there_is_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

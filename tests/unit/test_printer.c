/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "fake_output.h"
#include "job/attempt.h"
#include "job/job.h"
#include "made_result.h"
#include "out/printer.h"
#include "out/table.h"
#include "out/writer.h"
#include "pseudo_random.h"
#include "template_maker.h"

enum { MANY = 100000 };

static struct fake_output output;
static struct spool *spool;
static struct writer *writer;
static struct printer *printer;
static const struct printer_options *options;
static struct attempt *attempts[9]; /* by the number of their jobs */

static void wake(void *ctx)
{
    (void)ctx;
}

static int set_up(void **state)
{
    (void)state;
    fake_output_files(&output);
    spool = spool_new(NULL);
    writer = writer_new(-1, NULL, wake, NULL);
    return 0;
}

static void end_attempt(struct attempt *attempt)
{
    if (attempt) {
        struct job *job = attempt->job;
        attempts[job->seq] = NULL;
        attempt_free(attempt);
        job_free(job);
    }
}

static int tear_down(void **state)
{
    (void)state;
    writer_free(writer);
    printer_free(printer);
    printer = NULL;
    for (int i = 0; i < 9; i++) {
        end_attempt(attempts[i]);
    }
    spool_free(spool);
    fake_output_end(&output);
    return 0;
}

static void begin(const struct printer_options *wanted)
{
    options = wanted;
    printer = printer_new(wanted, spool, writer);
    printer_start(printer);
}

/* A job writes something; its row is "row N". */
static void add(uint64_t seq, unsigned stream, const char *text)
{
    struct err err;
    if (!attempts[seq]) {
        char number[2] = {(char)('0' + seq), '\0'};
        struct job *job = job_new(seq, row_of(LIST("row", number)));
        attempts[seq] = attempt_new(job, NULL);
    }
    assert_int_equal(
        printer_add(printer, attempts[seq], stream, bytes_of(text), &err), 0);
}

/* Its attempt ends, and it settles. */
static void settle(uint64_t seq)
{
    char number[2] = {(char)('0' + seq), '\0'};
    const char *fields[] = {"row", number, NULL};
    struct result *result = made_result(seq, fields);
    if (attempts[seq]) {
        result->out = attempts[seq]->out[0];
        result->err = attempts[seq]->out[1];
        attempts[seq]->out[0] = attempts[seq]->out[1] = NULL;
        end_attempt(attempts[seq]);
    }
    printer_settle(printer, result);
}

static void print(uint64_t seq, const char *text)
{
    add(seq, 0, text);
    settle(seq);
}

static void end(void)
{
    printer_finish(printer);
    writer_finish(writer, false);
}

static void expect(const char *out, const char *err)
{
    end();
    assert_string_equal(fake_output_text(&output, 0), out);
    assert_string_equal(fake_output_text(&output, 1), err);
}

static void a_job_is_printed_whole_when_it_settles(void **state)
{
    (void)state;
    begin(&(struct printer_options){0});
    add(1, 0, "1a\n");
    add(2, 0, "2a\n");
    add(1, 1, "1e\n");
    add(1, 0, "1b");
    settle(2);
    settle(1);
    expect("2a\n1a\n1b", "1e\n");
}

static void what_did_not_settle_is_not_printed(void **state)
{
    (void)state;
    begin(&(struct printer_options){0});
    add(1, 0, "lost\n");
    print(2, "2\n");
    expect("2\n", "");
}

static void in_order_means_in_that_of_the_input(void **state)
{
    (void)state;
    begin(&(struct printer_options){.keep_order = true});
    print(3, "3\n");
    settle(4); /* has written nothing */
    print(2, "2\n");
    print(1, "1\n");
    print(5, "5\n");
    expect("1\n2\n3\n5\n", "");
}

static void what_is_held_is_printed_at_the_end(void **state)
{
    (void)state;
    begin(&(struct printer_options){.keep_order = true});
    print(8, "8\n");
    print(3, "3\n");
    settle(5);
    expect("3\n8\n", "");
}

static void what_is_held_may_be_given_up(void **state)
{
    (void)state;
    begin(&(struct printer_options){.keep_order = true});
    print(3, "3\n");
    settle(4);
    writer_finish(writer, false); /* the leak sanitizer sees to the rest */
    assert_string_equal(fake_output_text(&output, 0), "");
}

static void whatever_the_order_each_is_printed_once_in_its_turn(void **state)
{
    (void)state;
    static uint64_t order[MANY];
    struct pseudo_random random = {11};
    char text[32];
    begin(&(struct printer_options){.keep_order = true});
    for (size_t i = 0; i < MANY; i++) {
        size_t other = pseudo_random_below(&random, i + 1);
        order[i] = order[other];
        order[other] = i + 1;
    }
    for (size_t i = 0; i < MANY; i++) {
        struct result *result = made_result(order[i], NULL);
        int len = snprintf(text, sizeof text, "%d\n", (int)order[i]);
        if (order[i] % 10) {
            made_append(&result->out, spool, text, (size_t)len);
        }
        printer_settle(printer, result);
    }
    end();
    const char *line = fake_output_text(&output, 0);
    for (unsigned long seq = 1; seq <= MANY; seq++) {
        if (seq % 10) {
            char *behind;
            assert_int_equal(strtoul(line, &behind, 10), seq);
            line = behind + 1;
        }
    }
    assert_string_equal(line, "");
}

/* A hundred megabytes would be in memory. */
static void much_that_is_held_goes_to_the_spool(void **state)
{
    (void)state;
    begin(&(struct printer_options){.keep_order = true});
    for (uint64_t seq = 2; seq <= 10001; seq++) {
        struct result *result = made_result(seq, NULL);
        made_fill(&result->out, spool, (char)('a' + seq % 26), 10000);
        printer_settle(printer, result);
    }
    assert_in_range(spool_held_bytes(spool), 90000000, 100000000);
    settle(1);
    end();
    assert_int_equal(spool_held_bytes(spool), 0);
    const char *text = fake_output_text(&output, 0);
    for (size_t i = 0; i < 10000; i++) {
        assert_int_equal(text[i * 10000], 'a' + (i + 2) % 26);
        assert_int_equal(text[i * 10000 + 9999], 'a' + (i + 2) % 26);
    }
    assert_int_equal(text[100000000], '\0');
}

static void live_output_comes_as_it_is_written(void **state)
{
    (void)state;
    begin(&(struct printer_options){.mode = PRINTER_LIVE});
    add(1, 0, "1a");
    add(2, 0, "2a");
    add(1, 1, "1e");
    add(1, 0, "1b\n");
    settle(2);
    settle(1);
    expect("1a2a1b\n", "1e");
}

static void live_lines_are_whole(void **state)
{
    (void)state;
    begin(&(struct printer_options){.mode = PRINTER_LINES});
    add(1, 0, "1a");
    add(2, 0, "2a\n2b");
    add(1, 0, "1b\n1c\n1d");
    add(2, 1, "2e");
    add(2, 0, "2c\n");
    settle(1);
    settle(2);
    expect("2a\n1a1b\n1c\n2b2c\n1d", "2e");
}

/* Only one may be live at a time then. */
static void live_and_in_order(void **state)
{
    (void)state;
    begin(&(struct printer_options){.mode = PRINTER_LIVE, .keep_order = true});
    add(1, 0, "1a ");
    add(2, 0, "2a ");
    add(3, 0, "3a ");
    add(1, 0, "1b ");
    settle(3);
    add(2, 0, "2b ");
    settle(1);
    add(2, 0, "2c ");
    settle(2);
    expect("1a 1b 2a 2b 2c 3a ", "");
}

static void live_lines_in_order(void **state)
{
    (void)state;
    begin(&(struct printer_options){.mode = PRINTER_LINES, .keep_order = true});
    add(2, 0, "2a\n2");
    add(1, 0, "1a\n1");
    settle(1);
    add(2, 0, "b\n2c");
    settle(2);
    expect("1a\n12a\n2b\n2c", "");
}

static void lines_have_their_tags(void **state)
{
    (void)state;
    begin(&(struct printer_options){.tag = true});
    add(1, 0, "a\nb\n");
    add(1, 1, "c\n");
    settle(1);
    expect("row 1\ta\nrow 1\tb\n", "row 1\tc\n");
}

static void live_lines_have_their_tags(void **state)
{
    (void)state;
    begin(&(struct printer_options){.mode = PRINTER_LINES, .tag = true});
    add(1, 0, "a");
    add(1, 0, "b\nc\nd");
    settle(1);
    expect("row 1\tab\nrow 1\tc\nrow 1\td", "");
}

/* Nobody knows where a line begins. */
static void what_is_live_and_untouched_has_none(void **state)
{
    (void)state;
    begin(&(struct printer_options){
        .mode = PRINTER_LIVE, .keep_order = true, .tag = true});
    add(2, 0, "held\n");
    add(1, 0, "live\n");
    settle(2);
    settle(1);
    expect("live\nheld\n", "");
}

static void a_tag_may_be_made_of_the_row(void **state)
{
    (void)state;
    struct template *tag = make(LIST("<{#}:{2}>"), NULL, &plain);
    begin(&(struct printer_options){.tagstring = tag, .keep_order = true});
    print(2, "b\n");
    print(1, "a\n");
    expect("<1:1>\ta\n<2:2>\tb\n", "");
    template_free(tag);
}

static void records_take_the_place_of_output(void **state)
{
    (void)state;
    struct err err;
    struct table_options columns = {.format = TABLE_TSV,
                                    .columns = "seq,2,stdout"};
    struct table *table = table_new(&columns, &err);
    assert_non_null(table);
    begin(&(struct printer_options){.table = table, .keep_order = true});
    add(2, 1, "e\n");
    print(2, "b\n");
    settle(1); /* has a record though it wrote nothing */
    expect("seq\t2\tstdout\n1\t1\t\n2\t2\tb\n", "e\n");
    table_free(table);
}

static void what_the_spool_has_no_room_for_is_kept_and_told(void **state)
{
    (void)state;
    static char text[100001];
    struct err err = {0};
    spool_free(spool);
    spool = spool_new("/nonexistent");
    begin(&(struct printer_options){0});
    memset(text, 'x', sizeof text - 1);
    add(1, 0, "a\n");
    assert_int_equal(printer_add(printer, attempts[1], 0, bytes_of(text), &err),
                     -1);
    assert_int_not_equal(err.code, 0);
    settle(1);
    end();
    assert_int_equal(strlen(fake_output_text(&output, 0)), 100002);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_job_is_printed_whole_when_it_settles),
        TEST(what_did_not_settle_is_not_printed),
        TEST(in_order_means_in_that_of_the_input),
        TEST(what_is_held_is_printed_at_the_end),
        TEST(what_is_held_may_be_given_up),
        TEST(whatever_the_order_each_is_printed_once_in_its_turn),
        TEST(much_that_is_held_goes_to_the_spool),
        TEST(live_output_comes_as_it_is_written),
        TEST(live_lines_are_whole),
        TEST(live_and_in_order),
        TEST(live_lines_in_order),
        TEST(lines_have_their_tags),
        TEST(live_lines_have_their_tags),
        TEST(what_is_live_and_untouched_has_none),
        TEST(a_tag_may_be_made_of_the_row),
        TEST(records_take_the_place_of_output),
        TEST(what_the_spool_has_no_room_for_is_kept_and_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

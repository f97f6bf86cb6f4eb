/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>

#include "caught.h"
#include "made_result.h"
#include "out/table.h"

struct fixture {
    struct spool *spool;
    struct table *table;
    struct caught caught;
};

static const struct bytes names[] = {{"p", 1}, {"q", 1}};

static void setup(struct fixture *fixture, struct table_options options)
{
    struct err err = {0};
    fixture->spool = spool_new(NULL);
    fixture->table = table_new(&options, &err);
    if (!fixture->table) {
        fail_msg("%s", err.text);
    }
    caught_init(&fixture->caught);
}

static void setup_named(struct fixture *fixture, enum table_format format,
                        const char *columns)
{
    setup(fixture, (struct table_options){.format = format,
                                          .columns = columns,
                                          .names = names,
                                          .field_count = 2});
}

static void teardown(struct fixture *fixture)
{
    caught_release(&fixture->caught);
    table_free(fixture->table);
    spool_free(fixture->spool);
}

static struct result *think(struct fixture *fixture, const char *out)
{
    struct result *result = made_result(3, (const char *[]){"11", "24", NULL});
    if (*out) {
        made_append(&result->out, fixture->spool, out, strlen(out));
    }
    return result;
}

static void expect_written(struct fixture *fixture, struct result *result,
                           const char *expected)
{
    struct err err = {0};
    assert_int_equal(table_write(fixture->table, result,
                                 bytes_of("./think 11 24"),
                                 &fixture->caught.stream, &err),
                     0);
    assert_string_equal(caught_text(&fixture->caught), expected);
    result_free(result);
}

static void expect_header(struct fixture *fixture, const char *expected)
{
    table_header(fixture->table, &fixture->caught.stream);
    assert_string_equal(caught_text(&fixture->caught), expected);
}

static void formats_are_known_by_name(void **state)
{
    (void)state;
    enum table_format format;
    struct err err;
    assert_int_equal(table_format_parse("csv", &format, &err), 0);
    assert_int_equal(format, TABLE_CSV);
    assert_int_equal(table_format_parse("jsonl", &format, &err), 0);
    assert_int_equal(format, TABLE_JSONL);
    assert_int_equal(table_format_parse("json", &format, &err), -1);
    assert_string_equal(err.text, "there is no format 'json'; there are tsv, "
                                  "csv and jsonl");
}

static void an_unknown_column_makes_no_table(void **state)
{
    (void)state;
    struct err err;
    struct table_options options = {TABLE_TSV, "p,loss", names, 2, false};
    assert_null(table_new(&options, &err));
    assert_non_null(strstr(err.text, "'loss'"));
}

static void tsv_has_a_header_and_a_line_a_job(void **state)
{
    (void)state;
    struct fixture fixture;
    setup_named(&fixture, TABLE_TSV, NULL);
    expect_header(&fixture, "seq\tp\tq\texit\tsignal\tseconds\tpool\t"
                            "attempt\tstdout\n");
    expect_header(&fixture, "");
    expect_written(&fixture, think(&fixture, "a\tb\\\nc\n"),
                   "3\t11\t24\t0\t0\t0.012\tlocal\t1\ta\\tb\\\\\\nc\n");
    expect_written(&fixture, think(&fixture, ""),
                   "3\t11\t24\t0\t0\t0.012\tlocal\t1\t\n");
    teardown(&fixture);
}

static void csv_quotes_where_it_must(void **state)
{
    (void)state;
    struct fixture fixture;
    setup_named(&fixture, TABLE_CSV, NULL);
    expect_written(&fixture, think(&fixture, "a,\"b\"\n"),
                   "seq,p,q,exit,signal,seconds,pool,attempt,stdout\n"
                   "3,11,24,0,0,0.012,local,1,\"a,\"\"b\"\"\"\n");
    teardown(&fixture);
}

static void jsonl_has_result_or_stdout(void **state)
{
    (void)state;
    struct fixture fixture;
    setup_named(&fixture, TABLE_JSONL, NULL);
    expect_header(&fixture, "");
    expect_written(&fixture, think(&fixture, "log\n{\"loss\": 0.30}\n"),
                   "{\"seq\":3,\"p\":\"11\",\"q\":\"24\",\"exit\":0,"
                   "\"signal\":0,\"seconds\":0.012,\"pool\":\"local\","
                   "\"attempt\":1,\"result\":{\"loss\": 0.30}}\n");
    expect_written(&fixture, think(&fixture, "text\n"),
                   "{\"seq\":3,\"p\":\"11\",\"q\":\"24\",\"exit\":0,"
                   "\"signal\":0,\"seconds\":0.012,\"pool\":\"local\","
                   "\"attempt\":1,\"stdout\":\"text\\n\"}\n");
    expect_written(&fixture, think(&fixture, "\xff"),
                   "{\"seq\":3,\"p\":\"11\",\"q\":\"24\",\"exit\":0,"
                   "\"signal\":0,\"seconds\":0.012,\"pool\":\"local\","
                   "\"attempt\":1,\"stdout_base64\":\"/w==\"}\n");
    teardown(&fixture);
}

static void columns_pick_and_order(void **state)
{
    (void)state;
    struct fixture fixture;
    setup_named(&fixture, TABLE_TSV, "p,q,result.result,out[1],cause");
    expect_header(&fixture, "p\tq\tresult.result\tout[1]\tcause\n");
    expect_written(&fixture, think(&fixture, "{\"result\":0.2497}\n"),
                   "11\t24\t0.2497\t{\"result\":0.2497}\t\n");
    struct result *result = think(&fixture, "0.5 0.6\n");
    result->status = RESULT_SIGNALED;
    result->signal = SIGKILL;
    expect_written(&fixture, result, "11\t24\t\t0.5\tsignal KILL\n");
    assert_false(table_needs_command(fixture.table));
    teardown(&fixture);
}

static void jsonl_names_its_keys_as_the_columns(void **state)
{
    (void)state;
    struct fixture fixture;
    setup_named(&fixture, TABLE_JSONL, "q,2,result.a,out[-1],command,result");
    assert_true(table_needs_command(fixture.table));
    expect_written(&fixture, think(&fixture, "[1, 2]"),
                   "{\"q\":\"24\",\"2\":\"24\",\"result.a\":null,"
                   "\"out[-1]\":\"2]\",\"command\":\"./think 11 24\","
                   "\"result\":[1, 2]}\n");
    teardown(&fixture);
}

static void without_names_the_first_record_decides(void **state)
{
    (void)state;
    struct fixture fixture;
    setup(&fixture, (struct table_options){.format = TABLE_TSV});
    expect_header(&fixture, "");
    expect_written(&fixture, think(&fixture, ""),
                   "seq\t1\t2\texit\tsignal\tseconds\tpool\tattempt\tstdout\n"
                   "3\t11\t24\t0\t0\t0.012\tlocal\t1\t\n");
    expect_written(&fixture, made_result(4, (const char *[]){"x", NULL}),
                   "4\tx\t\t0\t0\t0.012\tlocal\t1\t\n");
    expect_written(&fixture,
                   made_result(5, (const char *[]){"x", "y", "z", NULL}),
                   "5\tx\ty\t0\t0\t0.012\tlocal\t1\t\n");
    teardown(&fixture);
}

static void a_first_record_without_fields_has_a_header(void **state)
{
    (void)state;
    struct fixture fixture;
    setup(&fixture, (struct table_options){.format = TABLE_CSV});
    expect_written(&fixture, made_result(1, NULL),
                   "seq,exit,signal,seconds,pool,attempt,stdout\n"
                   "1,0,0,0.012,local,1,\n");
    teardown(&fixture);
}

static void jsonl_has_all_fields_of_each_row(void **state)
{
    (void)state;
    struct fixture fixture;
    setup(&fixture, (struct table_options){.format = TABLE_JSONL});
    expect_written(&fixture, made_result(4, (const char *[]){"\xff", NULL}),
                   "{\"seq\":4,\"1_base64\":\"/w==\",\"exit\":0,\"signal\":0,"
                   "\"seconds\":0.012,\"pool\":\"local\",\"attempt\":1,"
                   "\"stdout\":\"\"}\n");
    expect_written(&fixture, made_result(5, (const char *[]){"x", "y", NULL}),
                   "{\"seq\":5,\"1\":\"x\",\"2\":\"y\",\"exit\":0,"
                   "\"signal\":0,\"seconds\":0.012,\"pool\":\"local\","
                   "\"attempt\":1,\"stdout\":\"\"}\n");
    teardown(&fixture);
}

static void a_field_called_like_a_column_has_its_number(void **state)
{
    (void)state;
    const struct bytes bad[] = {bytes_of("exit"), bytes_of("q")};
    struct fixture fixture;
    setup(&fixture, (struct table_options){TABLE_JSONL, NULL, bad, 2, false});
    expect_written(&fixture, think(&fixture, "1"),
                   "{\"seq\":3,\"1\":\"11\",\"q\":\"24\",\"exit\":0,"
                   "\"signal\":0,\"seconds\":0.012,\"pool\":\"local\","
                   "\"attempt\":1,\"result\":1}\n");
    teardown(&fixture);
    setup(&fixture, (struct table_options){TABLE_TSV, "1,exit", bad, 2, false});
    expect_written(&fixture, think(&fixture, ""), "1\texit\n11\t0\n");
    teardown(&fixture);
}

static void names_in_the_header_are_cells_too(void **state)
{
    (void)state;
    const struct bytes odd[] = {bytes_of("a\tb"), bytes_of("c\"d")};
    struct fixture fixture;
    setup(&fixture, (struct table_options){TABLE_TSV, "2,a\tb", odd, 2, false});
    expect_header(&fixture, "2\ta\\tb\n");
    teardown(&fixture);
    setup(&fixture, (struct table_options){TABLE_CSV, "c\"d", odd, 2, false});
    expect_header(&fixture, "\"c\"\"d\"\n");
    teardown(&fixture);
}

static void the_only_column_of_a_csv_is_never_an_empty_line(void **state)
{
    (void)state;
    struct fixture fixture;
    setup_named(&fixture, TABLE_CSV, "result.loss");
    expect_written(&fixture, think(&fixture, "none"), "result.loss\n\"\"\n");
    expect_written(&fixture, think(&fixture, "{\"loss\":1}"), "1\n");
    teardown(&fixture);
}

static void output_that_cannot_be_read_is_an_error(void **state)
{
    (void)state;
    struct fixture fixture;
    struct err err = {0};
    setup_named(&fixture, TABLE_JSONL, NULL);
    struct result *result = think(&fixture, "");
    /* The spool's file gets the lowest free number: put an empty one there. */
    int spool_fd = open("/dev/null", O_RDONLY);
    assert_true(spool_fd >= 0);
    assert_int_equal(close(spool_fd), 0);
    made_fill(&result->out, fixture.spool, 'x', 100000);
    assert_int_equal(dup2(fileno(fixture.caught.file), spool_fd), spool_fd);
    assert_int_equal(table_write(fixture.table, result, bytes_of(""),
                                 &fixture.caught.stream, &err),
                     -1);
    assert_non_null(strstr(err.text, "cannot read the spool file"));
    result_free(result);
    teardown(&fixture);
}

static void a_log_has_the_columns_of_the_joblog_and_the_output(void **state)
{
    (void)state;
    struct fixture fixture;
    setup(&fixture, (struct table_options){
                        .format = TABLE_TSV, .field_count = 2, .is_log = true});
    expect_header(&fixture,
                  "Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\t"
                  "Exitval\tSignal\tCommand\tV1\tV2\tStdout\tStderr\n");
    struct result *result = think(&fixture, "0.25\n");
    result->started_us = 1500000;
    result->duration_us = 250000;
    result->exit_code = 3;
    result->out_bytes = 5;
    expect_written(&fixture, result,
                   "3\t:\t1.500\t0.250\t0\t5\t3\t0\t./think 11 24\t11\t24"
                   "\t\"0.25\n\"\t\n");
    teardown(&fixture);
}

static void a_log_has_the_names_of_the_fields(void **state)
{
    (void)state;
    struct fixture fixture;
    setup(&fixture, (struct table_options){.format = TABLE_CSV,
                                           .names = names,
                                           .field_count = 2,
                                           .is_log = true});
    expect_header(&fixture,
                  "Seq,Host,Starttime,JobRuntime,Send,Receive,Exitval,Signal,"
                  "Command,p,q,Stdout,Stderr\n");
    teardown(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats_are_known_by_name),
        cmocka_unit_test(an_unknown_column_makes_no_table),
        cmocka_unit_test(tsv_has_a_header_and_a_line_a_job),
        cmocka_unit_test(csv_quotes_where_it_must),
        cmocka_unit_test(jsonl_has_result_or_stdout),
        cmocka_unit_test(columns_pick_and_order),
        cmocka_unit_test(jsonl_names_its_keys_as_the_columns),
        cmocka_unit_test(without_names_the_first_record_decides),
        cmocka_unit_test(a_first_record_without_fields_has_a_header),
        cmocka_unit_test(jsonl_has_all_fields_of_each_row),
        cmocka_unit_test(a_field_called_like_a_column_has_its_number),
        cmocka_unit_test(names_in_the_header_are_cells_too),
        cmocka_unit_test(the_only_column_of_a_csv_is_never_an_empty_line),
        cmocka_unit_test(a_log_has_the_columns_of_the_joblog_and_the_output),
        cmocka_unit_test(a_log_has_the_names_of_the_fields),
        cmocka_unit_test(output_that_cannot_be_read_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

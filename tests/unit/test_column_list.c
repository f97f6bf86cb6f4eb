/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "base/err.h"
#include "out/column_list.h"
#include "out/label.h"

static const struct bytes names[] = {{"p", 1}, {"exit", 4}, {"2", 1}};

static void parse(struct column_list *list, const char *text)
{
    struct label_list labels;
    struct err err = {0};
    label_list_init(&labels, names, 3, false);
    if (column_list_parse(list, text, &labels, 3, &err)) {
        fail_msg("%s", err.text);
    }
    label_list_release(&labels);
}

static void expect_refused(const char *text, const char *name)
{
    struct label_list labels;
    struct column_list list;
    struct err err = {0};
    label_list_init(&labels, names, 3, false);
    assert_int_equal(column_list_parse(&list, text, &labels, 3, &err), -1);
    assert_non_null(strstr(err.text, name));
    assert_non_null(strstr(err.text, "there are p, 2, 2, seq, exit, "));
    assert_non_null(strstr(err.text, "out[N], result.PATH"));
    label_list_release(&labels);
}

static void expect_column(const struct column *column, enum column_kind kind,
                          long number, const char *path)
{
    assert_int_equal(column->kind, kind);
    assert_int_equal(column->number, number);
    assert_true(bytes_equal(column->path, bytes_of(path)));
}

static void each_kind_of_column_is_known(void **state)
{
    (void)state;
    struct column_list list;
    parse(&list, "seq,p,exit,1,out[2],out[-1],result,result.a.0, stdout ");
    assert_int_equal(list.count, 9);
    expect_column(&list.columns[0], COLUMN_SEQ, 0, "");
    expect_column(&list.columns[1], COLUMN_FIELD, 1, "");
    expect_column(&list.columns[2], COLUMN_EXIT, 0, "");
    expect_column(&list.columns[3], COLUMN_FIELD, 1, "");
    expect_column(&list.columns[4], COLUMN_OUT, 2, "");
    expect_column(&list.columns[5], COLUMN_OUT, -1, "");
    expect_column(&list.columns[6], COLUMN_RESULT, 0, "");
    expect_column(&list.columns[7], COLUMN_RESULT, 0, "a.0");
    expect_column(&list.columns[8], COLUMN_STDOUT, 0, "");
    assert_true(bytes_equal(list.columns[8].name, bytes_of("stdout")));
    column_list_release(&list);
}

static void a_name_goes_before_a_number(void **state)
{
    (void)state;
    struct column_list list;
    parse(&list, "2,3");
    expect_column(&list.columns[0], COLUMN_FIELD, 3, "");
    expect_column(&list.columns[1], COLUMN_FIELD, 3, "");
    column_list_release(&list);
}

static void an_unknown_column_tells_what_there_is(void **state)
{
    (void)state;
    expect_refused("p,loss", "'loss'");
    expect_refused("p,,seq", "''");
    expect_refused("", "''");
    expect_refused("4", "'4'");
    expect_refused("0", "'0'");
    expect_refused("-1", "'-1'");
    expect_refused("1x", "'1x'");
    expect_refused("99999999999999999999", "'99999999999999999999'");
    expect_refused("out[0]", "'out[0]'");
    expect_refused("out[]", "'out[]'");
    expect_refused("out[", "'out['");
    expect_refused("out[1", "'out[1'");
    expect_refused("out[-]", "'out[-]'");
    expect_refused("result.", "'result.'");
    expect_refused("a\033b", "'a\\x1Bb'");
    expect_refused("result.\xff", "'result.\\xFF'");
}

static void many_fields_leave_room_for_the_rest_of_the_message(void **state)
{
    (void)state;
    struct bytes many[200];
    struct label_list labels;
    struct column_list list;
    struct err err;
    char text[200][16];

    for (int i = 0; i < 200; i++) {
        (void)snprintf(text[i], sizeof text[i], "name%d", i);
        many[i] = bytes_of(text[i]);
    }
    label_list_init(&labels, many, 200, false);
    assert_int_equal(column_list_parse(&list, "x", &labels, 200, &err), -1);
    assert_non_null(strstr(err.text, "name0, name1, "));
    assert_non_null(strstr(err.text, ", ..., seq, "));
    assert_non_null(strstr(err.text, ", out[N], result.PATH"));
    label_list_release(&labels);
}

static void without_names_every_number_is_taken(void **state)
{
    (void)state;
    struct label_list labels;
    struct column_list list;
    struct err err;
    label_list_init(&labels, NULL, 0, false);
    assert_int_equal(column_list_parse(&list, "7,1", &labels, 0, &err), 0);
    expect_column(&list.columns[0], COLUMN_FIELD, 7, "");
    column_list_release(&list);
    assert_int_equal(column_list_parse(&list, "p", &labels, 0, &err), -1);
    assert_non_null(strstr(err.text, "there are 1, 2, ..., seq, "));
    label_list_release(&labels);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_of_column_is_known),
        cmocka_unit_test(a_name_goes_before_a_number),
        cmocka_unit_test(an_unknown_column_tells_what_there_is),
        cmocka_unit_test(many_fields_leave_room_for_the_rest_of_the_message),
        cmocka_unit_test(without_names_every_number_is_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fake_input.h"
#include "job/row_cursor.h"

static struct row_cursor *cursor_of(const struct input_source *source,
                                    const struct input_options *options)
{
    struct err err = {0};
    struct row_cursor *cursor = row_cursor_new(source, options, false, &err);
    if (!cursor || row_cursor_read_names(cursor, &err) < 0) {
        fail_msg("%s", err.text);
    }
    return cursor;
}

static void expect_rows(struct row_cursor *cursor, const char *expected)
{
    AUTO_BUF struct buf out = {0};

    while (row_cursor_step(cursor, NULL) > 0) {
        add_row_text(row_cursor_row(cursor), &out);
    }
    assert_string_equal(buf_text(&out), expected);
}

static void values_can_be_walked_over_again(void **state)
{
    (void)state;
    const char *values[] = {"a b", "", "c"};
    const struct input_source source = {
        .kind = INPUT_VALUES, .values = values, .value_count = 3};
    const struct input_options options = {0};
    struct row_cursor *cursor = cursor_of(&source, &options);
    uint64_t total;

    assert_true(row_cursor_total(cursor, &total));
    assert_int_equal(total, 3);
    assert_null(row_cursor_names(cursor));
    assert_int_equal(row_cursor_width(cursor), 1);
    expect_rows(cursor, "a b;;c;");
    row_cursor_rewind(cursor);
    expect_rows(cursor, "a b;;c;");
    row_cursor_free(cursor);
}

static void values_obey_the_options_of_lines(void **state)
{
    (void)state;
    const char *values[] = {"p,q", "", "1,2", "END", "3,4"};
    const struct input_source source = {
        .kind = INPUT_VALUES, .values = values, .value_count = 5};
    const struct input_options options = {.has_header = true,
                                          .drop_empty = true,
                                          .end_text = "END",
                                          .colsep = ","};
    struct row_cursor *cursor = cursor_of(&source, &options);

    assert_int_equal(row_cursor_width(cursor), 2);
    assert_string_equal(row_cursor_names(cursor)->text.data, "p q");
    expect_rows(cursor, "1|2;");
    row_cursor_free(cursor);
}

static void a_param_is_a_named_grid(void **state)
{
    (void)state;
    const struct input_source source = {.kind = INPUT_PARAM,
                                        .text = "p=0..1:0.5,x=y"};
    const struct input_options options = {.has_header = true};
    struct row_cursor *cursor = cursor_of(&source, &options);
    uint64_t total;

    assert_string_equal(row_cursor_names(cursor)->text.data, "p");
    assert_true(row_cursor_total(cursor, &total));
    assert_int_equal(total, 4);
    expect_rows(cursor, "0;0.5;1;x=y;");
    row_cursor_rewind(cursor);
    expect_rows(cursor, "0;0.5;1;x=y;");
    row_cursor_free(cursor);
}

static void expect_refused(const char *param, const char *why)
{
    const struct input_source source = {.kind = INPUT_PARAM, .text = param};
    const struct input_options options = {0};
    struct err err = {0};

    assert_null(row_cursor_new(&source, &options, false, &err));
    assert_string_equal(err.text, why);
}

static void a_bad_param_is_told(void **state)
{
    (void)state;
    const char *no_name =
        "--param wants NAME=SPEC, with a NAME that begins with a letter";

    expect_refused("p", no_name);
    expect_refused("=1", no_name);
    expect_refused("1=2", no_name);
    expect_refused("", no_name);
    expect_refused("p=", "--param p: an element of the list is empty");
    expect_refused("p=0..1:0",
                   "--param p: the range 0..1:0: a step of 0 leads nowhere");
}

static void a_file_can_be_walked_over_again_when_held(void **state)
{
    (void)state;
    struct fake_input input = FAKE_INPUT("a\nb\nc\nd\ne\n");
    const struct input_source source = {.kind = INPUT_STDIN};
    const struct input_options options = {.hooks = fake_input_hooks(&input)};
    struct row_cursor *cursor = cursor_of(&source, &options);
    uint64_t total;

    assert_false(row_cursor_total(cursor, &total));
    row_cursor_hold(cursor);
    assert_int_equal(row_cursor_step(cursor, NULL), 1);
    row_cursor_rewind(cursor);
    expect_rows(cursor, "a;b;c;d;e;");
    row_cursor_rewind(cursor);
    expect_rows(cursor, "a;b;c;d;e;");
    row_cursor_free(cursor);
}

static void a_row_can_be_taken_away(void **state)
{
    (void)state;
    struct fake_input input = FAKE_INPUT("a\nb\n");
    const struct input_source source = {.kind = INPUT_FILE, .text = "-"};
    const struct input_options options = {.hooks = fake_input_hooks(&input)};
    struct row_cursor *cursor = cursor_of(&source, &options);

    assert_int_equal(row_cursor_step(cursor, NULL), 1);
    struct row *row = row_cursor_take(cursor);
    assert_null(row_cursor_row(cursor));
    expect_rows(cursor, "b;");
    assert_string_equal(row->text.data, "a");
    row_free(row);
    row_cursor_free(cursor);
}

static void the_width_of_parsed_lines_is_not_known(void **state)
{
    (void)state;
    struct fake_input input = FAKE_INPUT("a\n");
    const struct input_source source = {.kind = INPUT_STDIN};
    struct input_options options = {.hooks = fake_input_hooks(&input)};

    struct row_cursor *plain = cursor_of(&source, &options);
    assert_int_equal(row_cursor_width(plain), 1);
    row_cursor_free(plain);
    options.is_csv = true;
    struct row_cursor *csv = cursor_of(&source, &options);
    assert_int_equal(row_cursor_width(csv), 0);
    row_cursor_free(csv);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_can_be_walked_over_again),
        cmocka_unit_test(values_obey_the_options_of_lines),
        cmocka_unit_test(a_param_is_a_named_grid),
        cmocka_unit_test(a_bad_param_is_told),
        cmocka_unit_test(a_file_can_be_walked_over_again_when_held),
        cmocka_unit_test(a_row_can_be_taken_away),
        cmocka_unit_test(the_width_of_parsed_lines_is_not_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

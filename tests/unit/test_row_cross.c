/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "fake_input.h"
#include "job/row_cross.h"
#include "job/row_cursor.h"

static const char *letters[] = {"a", "b", "c", NULL};
static const char *digits[] = {"1", "2", "3", NULL};
static const char *signs[] = {"+", "-", NULL};

/* Add the first values of a list; none means standard input. */
static void add(struct row_cross *cross, const struct input_options *options,
                const char **values, size_t count, bool is_linked)
{
    const struct input_source source = {
        .kind = values ? INPUT_VALUES : INPUT_STDIN,
        .values = values,
        .value_count = count,
    };
    row_cross_add(cross, row_cursor_new(&source, options, false, NULL),
                  is_linked);
}

/* All rows; frees the cross. */
static void expect_rows(struct row_cross *cross, const char *expected)
{
    AUTO_BUF struct buf out = {0};
    struct err err = {0};
    struct row *row;
    uint64_t total = 0;
    uint64_t count = 0;
    bool is_known = row_cross_total(cross, &total);
    int status;

    for (; (status = row_cross_next(cross, &row, &err)) > 0; count++) {
        add_row_text(row, &out);
        row_free(row);
    }
    if (status < 0) {
        buf_printf(&out, "error: %s", err.text);
    }
    assert_string_equal(buf_text(&out), expected);
    assert_int_equal(row_cross_next(cross, &row, &err), 0);
    if (is_known) {
        assert_int_equal(total, count);
    }
    row_cross_free(cross);
}

static void the_last_source_varies_fastest(void **state)
{
    (void)state;
    const struct input_options options = {0};
    struct row_cross *cross = row_cross_new(false);

    add(cross, &options, letters, 2, false);
    add(cross, &options, digits, 3, false);
    add(cross, &options, signs, 2, false);
    expect_rows(cross, "a|1|+;a|1|-;a|2|+;a|2|-;a|3|+;a|3|-;"
                       "b|1|+;b|1|-;b|2|+;b|2|-;b|3|+;b|3|-;");
}

static void linked_sources_end_with_the_shortest(void **state)
{
    (void)state;
    const struct input_options options = {0};
    struct row_cross *cross = row_cross_new(false);

    add(cross, &options, letters, 3, false);
    add(cross, &options, signs, 2, true);
    add(cross, &options, digits, 2, false);
    add(cross, &options, letters, 3, true);
    expect_rows(cross, "a|+|1|a;a|+|2|b;b|-|1|a;b|-|2|b;");
}

static void short_sources_wrap_on_demand(void **state)
{
    (void)state;
    const struct input_options options = {0};
    struct row_cross *cross = row_cross_new(true);

    add(cross, &options, letters, 3, false);
    add(cross, &options, signs, 2, true);
    add(cross, &options, digits, 1, true);
    expect_rows(cross, "a|+|1;b|-|1;c|+|1;");
}

static void an_empty_source_leaves_no_combination(void **state)
{
    (void)state;
    const struct input_options options = {0};

    for (int i = 0; i < 4; i++) {
        struct row_cross *cross = row_cross_new(i == 3);
        add(cross, &options, letters, i == 0 ? 0 : 3, false);
        add(cross, &options, digits, i ? 0 : 3, i > 1);
        expect_rows(cross, "");
    }
}

static void a_file_that_comes_later_is_walked_over_again(void **state)
{
    (void)state;
    struct fake_input input = FAKE_INPUT("x y\nz\n");
    const struct input_options options = {.hooks = fake_input_hooks(&input)};
    struct row_cross *cross = row_cross_new(false);

    add(cross, &options, letters, 3, false);
    add(cross, &options, NULL, 0, false);
    expect_rows(cross, "a|x y;a|z;b|x y;b|z;c|x y;c|z;");
}

static void a_file_is_read_no_further_than_needed(void **state)
{
    (void)state;
    struct fake_input input = FAKE_INPUT("x\ny\nz\n");
    const struct input_options options = {.hooks = fake_input_hooks(&input)};
    struct row *row;

    for (int is_first = 0; is_first < 2; is_first++) {
        input = (struct fake_input)FAKE_INPUT("x\ny\nz\n");
        input.chunk = 2;
        struct row_cross *cross = row_cross_new(false);
        add(cross, &options, is_first ? NULL : letters, 1, false);
        add(cross, &options, is_first ? letters : NULL, 1, false);
        assert_int_equal(row_cross_next(cross, &row, NULL), 1);
        assert_int_equal(row->line, 1);
        row_free(row);
        assert_int_equal(input.reads, 1);
        row_cross_free(cross);
    }
}

static void a_linked_file_may_wrap(void **state)
{
    (void)state;
    struct fake_input input = FAKE_INPUT("x\ny\n");
    const struct input_options options = {.hooks = fake_input_hooks(&input)};
    struct row_cross *cross = row_cross_new(true);

    add(cross, &options, NULL, 0, false);
    add(cross, &options, letters, 3, true);
    expect_rows(cross, "x|a;y|b;x|c;");
}

static void the_line_is_that_of_the_file(void **state)
{
    (void)state;
    struct fake_input input = FAKE_INPUT("x\ny\n");
    const struct input_options options = {.hooks = fake_input_hooks(&input)};
    struct row_cross *cross = row_cross_new(false);
    struct row *row;

    add(cross, &options, letters, 1, false);
    add(cross, &options, NULL, 0, false);
    for (uint64_t line = 1; line <= 2; line++) {
        assert_int_equal(row_cross_next(cross, &row, NULL), 1);
        assert_int_equal(row->line, line);
        assert_int_equal(row->text.len, 3);
        row_free(row);
    }
    row_cross_free(cross);
}

static void an_error_ends_it(void **state)
{
    (void)state;
    struct fake_input input = FAKE_INPUT("x\n\0");
    const struct input_options options = {.hooks = fake_input_hooks(&input)};
    struct row_cross *cross = row_cross_new(false);

    add(cross, &options, letters, 2, false);
    add(cross, &options, NULL, 0, false);
    expect_rows(cross, "a|x;error: standard input: line 2 holds a NUL byte; "
                       "-0 is for rows that end in NUL");
}

static void a_combination_over_the_limit_is_a_row_with_a_fault(void **state)
{
    (void)state;
    const struct input_options options = {0};
    char *large = malloc(ROW_MAX_BYTES / 2 + 1);
    memset(large, 'x', ROW_MAX_BYTES / 2);
    large[ROW_MAX_BYTES / 2] = '\0';
    const char *values[] = {"a", large, NULL};
    struct row_cross *cross = row_cross_new(false);

    add(cross, &options, values + 1, 1, false);
    add(cross, &options, values, 2, false);
    struct err err = {0};
    struct row *row;
    assert_int_equal(row_cross_next(cross, &row, &err), 1);
    assert_null(row->fault);
    row_free(row);
    assert_int_equal(row_cross_next(cross, &row, &err), 1);
    assert_string_equal(row->fault, "the fields of all sources together are "
                                    "longer than 1 MiB");
    row_free(row);
    assert_int_equal(row_cross_next(cross, &row, &err), 0);
    row_cross_free(cross);
    free(large);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_source_varies_fastest),
        cmocka_unit_test(linked_sources_end_with_the_shortest),
        cmocka_unit_test(short_sources_wrap_on_demand),
        cmocka_unit_test(an_empty_source_leaves_no_combination),
        cmocka_unit_test(a_file_that_comes_later_is_walked_over_again),
        cmocka_unit_test(a_file_is_read_no_further_than_needed),
        cmocka_unit_test(a_linked_file_may_wrap),
        cmocka_unit_test(the_line_is_that_of_the_file),
        cmocka_unit_test(an_error_ends_it),
        cmocka_unit_test(a_combination_over_the_limit_is_a_row_with_a_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

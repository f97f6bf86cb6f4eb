/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/xalloc.h"
#include "fake_input.h"
#include "job/row_reader.h"

static void add_rows(struct row_reader *reader, struct buf *out)
{
    struct err err = {0};
    struct row *row;
    int status;

    while ((status = row_reader_next(reader, &row, &err)) > 0) {
        add_row_text(row, out);
        row_free(row);
    }
    if (status < 0) {
        buf_printf(out, "error: %s", err.text);
    }
}

/* What comes out as "[names]rows", however the bytes arrive. */
static void expect_rows(struct fake_input input, struct input_options options,
                        bool splits, const char *expected)
{
    for (input.chunk = 1; input.chunk <= input.len + 1; input.chunk++) {
        AUTO_BUF struct buf out = {0};
        struct err err = {0};
        struct fake_input copy = input;
        options.hooks = fake_input_hooks(&copy);
        struct row_reader *reader = row_reader_new("-", &options, splits, &err);
        if (!reader || row_reader_read_names(reader, &err) < 0) {
            buf_printf(&out, "error: %s", err.text);
        } else {
            if (row_reader_names(reader)) {
                buf_add_char(&out, '[');
                add_row_text(row_reader_names(reader), &out);
                buf_add_char(&out, ']');
            }
            if (splits) {
                row_reader_split_lines(reader);
            }
            add_rows(reader, &out);
        }
        assert_string_equal(buf_text(&out), expected);
        row_reader_free(reader);
    }
}

#define EXPECT(text, splits, expected, ...)                                    \
    expect_rows((struct fake_input)FAKE_INPUT(text),                           \
                (struct input_options){__VA_ARGS__}, splits, expected)

static void a_plain_line_is_one_field_or_is_split(void **state)
{
    (void)state;
    EXPECT("a b\n\nc\td\n", false, "a b;;c\td;", .lines_per_row = 0);
    EXPECT("11 24\n\n12  25\n", true, "11|24;;12|25;", .lines_per_row = 1);
    EXPECT("a\tb c\nd\n", true, "a|b c;d;", .lines_per_row = 1);
}

static void some_lines_are_never_split(void **state)
{
    (void)state;
    EXPECT("a b\0c d", true, "a b;c d;", .delimiter = "\\0");
    EXPECT("a b\nc d\n", true, "a b;c d;", .lines_per_row = 2);
    EXPECT("a b,c d", true, "a|b;c|d;", .delimiter = ",");
}

static void empty_lines_are_dropped_on_demand(void **state)
{
    (void)state;
    EXPECT("\na\n\n \n\n", false, "a; ;", .drop_empty = true);
    EXPECT("a\0\0b", false, "a;b;", .drop_empty = true, .delimiter = "\\0");
    EXPECT("\n\na,b\n", false, "a|b;", .drop_empty = true, .is_csv = true);
}

static void a_text_may_end_the_input(void **state)
{
    (void)state;
    EXPECT("a\nEOF \nEOF\nb\n", false, "a;EOF ;", .end_text = "EOF");
    EXPECT("a\r\nEOF\r\nb\r\n", false, "a;", .end_text = "EOF", .is_csv = true);
}

static void colsep_splits_every_line(void **state)
{
    (void)state;
    EXPECT("a, b ,c\n\nd\n", false, "a|b|c;;d;", .colsep = ",");
    EXPECT("a, b\n", false, "a| b;", .colsep = ",", .trim_none = true);
    EXPECT("a\tb c\0d", false, "a|b c;d;", .colsep = "\\t", .delimiter = "\\0");
    EXPECT("a\n", false, "error: --colsep wants a pattern to split at",
           .colsep = "");
}

static void a_header_names_the_fields(void **state)
{
    (void)state;
    EXPECT("p q\n1  2\n", true, "[p|q;]1|2;", .has_header = true);
    EXPECT("p\tq r\n1 \t2 3\n", true, "[p|q r;]1 |2 3;", .has_header = true);
    EXPECT("p\r\n1\r\n", true, "[p;]1\r;", .has_header = true);
    EXPECT("\xef\xbb\xbfp q\n1 2\n", true, "[p|q;]1|2;", .has_header = true);
    EXPECT("p,q\n1,2\n", false, "[p|q;]1|2;", .has_header = true,
           .colsep = ",");
    EXPECT("p,\"q\nr\"\n1,2\n", false, "[p|q\nr;]1|2;", .has_header = true,
           .is_csv = true);
    EXPECT("", true, "", .has_header = true);
}

static void a_header_of_one_name_keeps_lines_whole(void **state)
{
    (void)state;
    EXPECT("p\na b\n", true, "[p;]a b;", .has_header = true);
    EXPECT("p q\na b\n", false, "[p q;]a b;", .has_header = true);
}

static void objects_are_arranged_by_the_first(void **state)
{
    (void)state;
    EXPECT("{\"p\":1,\"q\":2}\r\n{\"q\":4,\"p\":3}\n", false, "[p|q;]1|2;3|4;",
           .is_jsonl = true);
    EXPECT("\xef\xbb\xbf{\"p\":1}", false, "[p;]1;", .is_jsonl = true);
    EXPECT("", false, "", .is_jsonl = true);
}

static void an_object_that_does_not_fit_is_a_row_with_a_fault(void **state)
{
    (void)state;
    EXPECT("{\"p\":1}\n{\"q\":2}\n\nx\n{\"p\":5}\n", false,
           "[p;]1;!line 2 has no field \"p\";!line 3 is empty, not a JSON "
           "object;!line 4 is no JSON object: byte 1: a value is missing;5;",
           .is_jsonl = true);
    EXPECT("p q\n", false,
           "error: standard input: line 1 is no JSON object: byte 1: a value "
           "is missing",
           .is_jsonl = true);
}

static void the_text_is_what_was_read(void **state)
{
    (void)state;
    struct fake_input input = FAKE_INPUT(" {\"p\": 1} \n");
    struct input_options options = {.is_jsonl = true,
                                    .hooks = fake_input_hooks(&input)};
    struct row_reader *reader = row_reader_new("-", &options, false, NULL);
    struct row *row;

    assert_int_equal(row_reader_read_names(reader, NULL), 0);
    assert_int_equal(row_reader_next(reader, &row, NULL), 1);
    assert_string_equal(row->text.data, "{\"p\": 1}");
    assert_int_equal(row->line, 1);
    row_free(row);
    row_reader_free(reader);
}

static void a_row_that_is_too_long_has_a_fault(void **state)
{
    (void)state;
    size_t len = 2 * ROW_MAX_BYTES;
    char *data = xmalloc(len);
    AUTO_BUF struct buf out = {0};

    memset(data, 'x', len);
    memcpy(data, "a\n", 2);
    memcpy(data + len - 3, "\nb\n", 3);
    struct fake_input input = {data, len, 64000, 0, 0};
    struct input_options options = {.hooks = fake_input_hooks(&input)};
    struct row_reader *reader = row_reader_new("-", &options, false, NULL);
    add_rows(reader, &out);
    assert_string_equal(buf_text(&out), "a;!line 2 is longer than 1 MiB;b;");
    row_reader_free(reader);
    free(data);
}

static bool ends_in_cr(struct fake_input input, struct input_options options)
{
    AUTO_BUF struct buf out = {0};
    options.hooks = fake_input_hooks(&input);
    struct row_reader *reader = row_reader_new("-", &options, false, NULL);

    assert_false(row_reader_ends_in_cr(reader));
    add_rows(reader, &out);
    bool result = row_reader_ends_in_cr(reader);
    row_reader_free(reader);
    return result;
}

static void lines_that_all_end_in_cr_are_noticed(void **state)
{
    (void)state;
    struct input_options none = {0};
    struct input_options csv = {.is_csv = true};

    assert_true(ends_in_cr((struct fake_input)FAKE_INPUT("a\r\nb\r\n"), none));
    assert_false(ends_in_cr((struct fake_input)FAKE_INPUT("a\r\nb\n"), none));
    assert_false(ends_in_cr((struct fake_input)FAKE_INPUT("a\n\r\n"), none));
    assert_false(ends_in_cr((struct fake_input)FAKE_INPUT(""), none));
    assert_false(ends_in_cr((struct fake_input)FAKE_INPUT("a\r\nb\r\n"), csv));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plain_line_is_one_field_or_is_split),
        cmocka_unit_test(some_lines_are_never_split),
        cmocka_unit_test(empty_lines_are_dropped_on_demand),
        cmocka_unit_test(a_text_may_end_the_input),
        cmocka_unit_test(colsep_splits_every_line),
        cmocka_unit_test(a_header_names_the_fields),
        cmocka_unit_test(a_header_of_one_name_keeps_lines_whole),
        cmocka_unit_test(objects_are_arranged_by_the_first),
        cmocka_unit_test(an_object_that_does_not_fit_is_a_row_with_a_fault),
        cmocka_unit_test(the_text_is_what_was_read),
        cmocka_unit_test(a_row_that_is_too_long_has_a_fault),
        cmocka_unit_test(lines_that_all_end_in_cr_are_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

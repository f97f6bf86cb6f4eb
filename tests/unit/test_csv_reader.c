/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/xalloc.h"
#include "fake_input.h"
#include "job/csv_reader.h"
#include "job/field_list.h"
#include "job/input_file.h"

/* All records as "1:a|b;", "2!;" for one that is too long. */
static void expect_records(struct fake_input input, char separator,
                           const char *expected)
{
    AUTO_BUF struct buf out = {0};
    AUTO_FIELD_LIST struct field_list fields = {0};
    struct err err = {0};
    struct row_reader_hooks hooks = fake_input_hooks(&input);
    struct input_file *file = input_file_open("-", &hooks, true, &err);
    struct csv_reader *reader = csv_reader_new(file, separator);
    struct line record;
    int status;

    while ((status = csv_reader_next(reader, &record, &fields, &err)) > 0) {
        buf_printf(&out, "%d%c", (int)record.number,
                   record.is_too_long ? '!' : ':');
        for (size_t i = 0; i < fields.count; i++) {
            buf_add_text(&out, i ? "|" : "");
            buf_add_bytes(&out, fields.items[i]);
        }
        buf_add_char(&out, ';');
    }
    if (status < 0) {
        buf_printf(&out, "error: %s", err.text);
    }
    assert_string_equal(buf_text(&out), expected);
    csv_reader_free(reader);
    input_file_close(file);
}

static void expect_in_chunks(struct fake_input input, char separator,
                             const char *expected)
{
    for (input.chunk = 1; input.chunk <= input.len + 1; input.chunk++) {
        expect_records(input, separator, expected);
    }
}

#define EXPECT(text, expected)                                                 \
    expect_in_chunks((struct fake_input)FAKE_INPUT(text), ',', expected)

static void fields_stand_between_commas(void **state)
{
    (void)state;
    EXPECT("", "");
    EXPECT("a,b\nc,d\n", "1:a|b;2:c|d;");
    EXPECT("a,b", "1:a|b;");
    EXPECT(",\n", "1:|;");
    EXPECT("a b , c\n", "1:a b | c;");
    EXPECT("\n\na\n", "1:;2:;3:a;");
    EXPECT("it's \\ \xff\n", "1:it's \\ \xff;");
}

static void quotes_hold_anything(void **state)
{
    (void)state;
    EXPECT("\"a,b\",\"c\"\n", "1:a,b|c;");
    EXPECT("\"say \"\"hi\"\"\",x\n", "1:say \"hi\"|x;");
    EXPECT("\"a\nb\r\n\",x\ny\n", "1:a\nb\r\n|x;4:y;");
    EXPECT("\"\",\"\"\"\"\n", "1:|\";");
    EXPECT("\"\"", "1:;");
    EXPECT("x,\"a\"", "1:x|a;");
}

static void lines_may_end_in_crlf(void **state)
{
    (void)state;
    EXPECT("a,b\r\n\"c\",\"d\"\r\n\r\ne", "1:a|b;2:c|d;3:;4:e;");
    EXPECT("\"a\"\r", "1:a;");
    EXPECT("a\rb\r\n", "1:a\rb;");
}

static void a_byte_order_mark_is_skipped(void **state)
{
    (void)state;
    EXPECT("\xef\xbb\xbf", "");
    EXPECT("\xef\xbb\xbf"
           "a,b\n",
           "1:a|b;");
    EXPECT("\xef\xbb\xbf\"a\"\n", "1:a;");
    EXPECT("\xef\xbb", "1:\xef\xbb;");
    EXPECT("\xef\xbb\xbf\xef\xbb\xbf", "1:\xef\xbb\xbf;");
}

static void another_separator_may_be_asked_for(void **state)
{
    (void)state;
    struct fake_input input = FAKE_INPUT("a;\"b;c\";d,e\n");
    expect_in_chunks(input, ';', "1:a|b;c|d,e;");
}

static void a_bad_quote_is_an_error_that_names_its_line(void **state)
{
    (void)state;
    EXPECT("a\nb\"c,d\n", "1:a;error: standard input: line 2 has a quote "
                          "inside a field that does not begin with one");
    EXPECT("\"a\n\"b\n", "error: standard input: line 2 has more text behind "
                         "the quote that ends a field");
    EXPECT("\"a\"\rb\n", "error: standard input: line 1 has more text behind "
                         "the quote that ends a field");
    EXPECT("a\nb,\"c\nd\ne", "1:a;error: standard input: line 2 opens a quote "
                             "that never ends");
}

static void a_nul_is_an_error(void **state)
{
    (void)state;
    EXPECT("a\nb\0\n", "1:a;error: standard input: line 2 holds a NUL byte");
    EXPECT("\"a\n\0\"", "error: standard input: line 2 holds a NUL byte");
}

static void a_record_that_is_too_long_is_passed_over(void **state)
{
    (void)state;
    size_t len = 3 * ROW_MAX_BYTES;
    char *data = xmalloc(len + 10);

    memset(data, 'x', len);
    memcpy(data + len, "\nb\n", 4);
    struct fake_input plain = {data, len + 3, 50000, 0, 0};
    expect_records(plain, ',', "1!;2:b;");
    data[0] = '"';
    data[len / 2] = '\n';
    memcpy(data + len, "\"\nb\n", 4);
    struct fake_input quoted = {data, len + 4, 50000, 0, 0};
    expect_records(quoted, ',', "1!;3:b;");
    struct fake_input open = {data, len, 50000, 0, 0};
    expect_records(open, ',',
                   "error: standard input: line 1 opens a quote that never "
                   "ends");
    free(data);
}

static void a_record_as_long_as_a_row_passes(void **state)
{
    (void)state;
    char *data = xmalloc(ROW_MAX_BYTES + 2);
    char *expected = xmalloc(ROW_MAX_BYTES + 8);

    memset(data, 'x', ROW_MAX_BYTES + 1);
    data[ROW_MAX_BYTES] = '\n';
    memcpy(expected, "1:", 2);
    memcpy(expected + 2, data, ROW_MAX_BYTES);
    memcpy(expected + 2 + ROW_MAX_BYTES, ";", 2);
    struct fake_input input = {data, ROW_MAX_BYTES + 1, 50000, 0, 0};
    expect_records(input, ',', expected);
    data[ROW_MAX_BYTES] = 'x';
    expect_records(input, ',', "1!;");
    free(expected);
    free(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_stand_between_commas),
        cmocka_unit_test(quotes_hold_anything),
        cmocka_unit_test(lines_may_end_in_crlf),
        cmocka_unit_test(a_byte_order_mark_is_skipped),
        cmocka_unit_test(another_separator_may_be_asked_for),
        cmocka_unit_test(a_bad_quote_is_an_error_that_names_its_line),
        cmocka_unit_test(a_nul_is_an_error),
        cmocka_unit_test(a_record_that_is_too_long_is_passed_over),
        cmocka_unit_test(a_record_as_long_as_a_row_passes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

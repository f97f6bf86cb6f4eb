/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/xalloc.h"
#include "fake_input.h"
#include "job/input_file.h"
#include "job/line_reader.h"

/* All lines as "1:text;", "2!;" for one that is too long. */
static void expect_lines(struct fake_input input, char delimiter,
                         const char *expected)
{
    AUTO_BUF struct buf out = {0};
    struct err err = {0};
    struct row_reader_hooks hooks = fake_input_hooks(&input);
    struct input_file *file = input_file_open("-", &hooks, false, &err);
    struct line_reader *reader = line_reader_new(file, delimiter);
    struct line line;
    int status;

    while ((status = line_reader_next(reader, &line, &err)) > 0) {
        buf_printf(&out, "%d%c", (int)line.number,
                   line.is_too_long ? '!' : ':');
        buf_add_bytes(&out, line.text);
        buf_add_char(&out, ';');
    }
    if (status < 0) {
        buf_printf(&out, "error: %s", err.text);
    }
    assert_string_equal(buf_text(&out), expected);
    line_reader_free(reader);
    input_file_close(file);
}

/* The same, however the bytes arrive. */
static void expect_lines_in_chunks(struct fake_input input, char delimiter,
                                   const char *expected)
{
    for (input.chunk = 1; input.chunk <= input.len + 1; input.chunk++) {
        expect_lines(input, delimiter, expected);
    }
}

static void no_bytes_are_no_line(void **state)
{
    (void)state;
    expect_lines_in_chunks((struct fake_input)FAKE_INPUT(""), '\n', "");
}

static void a_last_line_needs_no_newline(void **state)
{
    (void)state;
    struct fake_input input = FAKE_INPUT("a\nbc");
    expect_lines_in_chunks(input, '\n', "1:a;2:bc;");
}

static void empty_lines_are_lines(void **state)
{
    (void)state;
    struct fake_input input = FAKE_INPUT("\na\n\n\n");
    expect_lines_in_chunks(input, '\n', "1:;2:a;3:;4:;");
}

static void bytes_pass_unchanged(void **state)
{
    (void)state;
    struct fake_input input = FAKE_INPUT("it's \"\\$*\xff\xc3 \t\r\n");
    expect_lines_in_chunks(input, '\n', "1:it's \"\\$*\xff\xc3 \t\r;");
}

static void any_byte_may_be_the_delimiter(void **state)
{
    (void)state;
    struct fake_input input = FAKE_INPUT("a_b\nc_");
    expect_lines_in_chunks(input, '_', "1:a;2:b\nc;");
    struct fake_input nul = FAKE_INPUT("a\0b\nc\0");
    expect_lines_in_chunks(nul, '\0', "1:a;2:b\nc;");
}

static void a_nul_is_an_error_that_names_its_line(void **state)
{
    (void)state;
    struct fake_input input = FAKE_INPUT("a\nb\0c\nd\n");
    expect_lines_in_chunks(input, '\n',
                           "1:a;error: standard input: line 2 holds a NUL "
                           "byte; -0 is for rows that end in NUL");
    struct fake_input last = FAKE_INPUT("a\n\0");
    expect_lines_in_chunks(last, '\n',
                           "1:a;error: standard input: line 2 holds a NUL "
                           "byte; -0 is for rows that end in NUL");
}

static void a_read_error_is_told(void **state)
{
    (void)state;
    struct fake_input input = FAKE_INPUT("a\nb");
    input.error = EIO;
    expect_lines(input, '\n',
                 "1:a;error: cannot read standard input: Input/output error");
}

/* len bytes of x with text behind them. */
static struct fake_input long_input(char *data, size_t len, const char *text)
{
    memset(data, 'x', len);
    memcpy(data + len, text, strlen(text));
    return (struct fake_input){data, len + strlen(text), 60000, 0, 0};
}

static void a_line_may_be_as_long_as_a_row(void **state)
{
    (void)state;
    char *data = xmalloc(ROW_MAX_BYTES + 10);
    char *expected = xmalloc(ROW_MAX_BYTES + 10);
    struct fake_input input = long_input(data, ROW_MAX_BYTES, "\nb\n");

    memcpy(expected, "1:", 2);
    memset(expected + 2, 'x', ROW_MAX_BYTES);
    memcpy(expected + 2 + ROW_MAX_BYTES, ";2:b;", 6);
    expect_lines(input, '\n', expected);
    free(expected);
    free(data);
}

static void a_longer_line_is_passed_over(void **state)
{
    (void)state;
    char *data = xmalloc(5 * ROW_MAX_BYTES);

    expect_lines(long_input(data, ROW_MAX_BYTES + 1, "\nb\n"), '\n', "1!;2:b;");
    expect_lines(long_input(data, 4 * ROW_MAX_BYTES, "\nb"), '\n', "1!;2:b;");
    expect_lines(long_input(data, 4 * ROW_MAX_BYTES, ""), '\n', "1!;");
    free(data);
}

static void a_nul_in_a_longer_line_is_found(void **state)
{
    (void)state;
    char *data = xmalloc(5 * ROW_MAX_BYTES);
    struct fake_input input = long_input(data, 4 * ROW_MAX_BYTES, "\nb");

    data[3 * ROW_MAX_BYTES] = '\0';
    expect_lines(input, '\n',
                 "error: standard input: line 1 holds a NUL byte; -0 is for "
                 "rows that end in NUL");
    free(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_bytes_are_no_line),
        cmocka_unit_test(a_last_line_needs_no_newline),
        cmocka_unit_test(empty_lines_are_lines),
        cmocka_unit_test(bytes_pass_unchanged),
        cmocka_unit_test(any_byte_may_be_the_delimiter),
        cmocka_unit_test(a_nul_is_an_error_that_names_its_line),
        cmocka_unit_test(a_read_error_is_told),
        cmocka_unit_test(a_line_may_be_as_long_as_a_row),
        cmocka_unit_test(a_longer_line_is_passed_over),
        cmocka_unit_test(a_nul_in_a_longer_line_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

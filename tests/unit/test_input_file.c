/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdlib.h>

#include "fake_input.h"
#include "job/input_file.h"

static void a_file_is_read_whole_and_named(void **state)
{
    (void)state;
    char path[] = "/tmp/test_input_file.XXXXXX";
    const struct row_reader_hooks none = {0};
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "a\0b", 3), 3);
    assert_int_equal(close(fd), 0);

    struct input_file *file = input_file_open(path, &none, false, NULL);
    assert_non_null(file);
    assert_string_equal(input_file_name(file), path);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(input_file_fill(file, NULL), 3);
    assert_int_equal(input_file_fill(file, NULL), 0);
    assert_memory_equal(input_file_held(file)->data, "a\0b", 3);
    input_file_close(file);
}

static void what_cannot_be_read_is_told(void **state)
{
    (void)state;
    const struct row_reader_hooks none = {0};
    struct err err = {0};

    assert_null(input_file_open("/nonexistent/f", &none, false, &err));
    assert_string_equal(
        err.text, "cannot open /nonexistent/f: No such file or directory");
    assert_null(input_file_open("/", &none, false, &err));
    assert_int_equal(err.code, EISDIR);
}

static void a_file_is_closed_and_standard_input_is_not(void **state)
{
    (void)state;
    const struct row_reader_hooks none = {0};
    int lowest = dup(STDIN_FILENO);
    assert_int_equal(close(lowest), 0);

    struct input_file *file = input_file_open("/dev/null", &none, false, NULL);
    assert_int_equal(fcntl(lowest, F_GETFD), FD_CLOEXEC);
    input_file_close(file);
    assert_int_equal(fcntl(lowest, F_GETFD), -1);
    input_file_close(input_file_open("-", &none, false, NULL));
    assert_int_not_equal(fcntl(STDIN_FILENO, F_GETFD), -1);
    input_file_close(NULL);
}

static void nothing_is_read_behind_the_end(void **state)
{
    (void)state;
    struct fake_input input = FAKE_INPUT("");
    struct row_reader_hooks hooks = fake_input_hooks(&input);
    struct input_file *file = input_file_open("-", &hooks, true, NULL);

    assert_int_equal(input_file_fill(file, NULL), 0);
    assert_int_equal(input_file_fill(file, NULL), 0);
    assert_int_equal(input.reads, 1);
    input_file_close(file);
}

/* Everything there is to read, as fill tells and gives it. */
static void expect_held(struct fake_input input, bool skips_bom,
                        const char *expected)
{
    for (input.chunk = 1; input.chunk <= input.len; input.chunk++) {
        struct fake_input copy = input;
        struct row_reader_hooks hooks = fake_input_hooks(&copy);
        struct input_file *file = input_file_open("-", &hooks, skips_bom, NULL);
        ssize_t total = 0;
        ssize_t added;

        while ((added = input_file_fill(file, NULL)) > 0) {
            total += added;
        }
        assert_int_equal(added, 0);
        assert_int_equal(total, strlen(expected));
        assert_string_equal(buf_text(input_file_held(file)), expected);
        input_file_close(file);
    }
}

static void a_byte_order_mark_is_skipped_on_demand(void **state)
{
    (void)state;
    struct fake_input marked = FAKE_INPUT("\xef\xbb\xbf"
                                          "abc");
    struct fake_input half = FAKE_INPUT("\xef\xbb"
                                        "abc");
    struct fake_input alone = FAKE_INPUT("\xef\xbb\xbf");

    expect_held(marked, true, "abc");
    expect_held(marked, false,
                "\xef\xbb\xbf"
                "abc");
    expect_held(half, true,
                "\xef\xbb"
                "abc");
    expect_held(alone, true, "");
}

static void a_failed_read_keeps_its_errno(void **state)
{
    (void)state;
    struct fake_input input = FAKE_INPUT("");
    struct row_reader_hooks hooks = fake_input_hooks(&input);
    struct err err = {0};

    input.error = ECANCELED;
    struct input_file *file = input_file_open("-", &hooks, false, NULL);
    assert_int_equal(input_file_fill(file, &err), -1);
    assert_int_equal(err.code, ECANCELED);
    input_file_close(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_read_whole_and_named),
        cmocka_unit_test(what_cannot_be_read_is_told),
        cmocka_unit_test(a_file_is_closed_and_standard_input_is_not),
        cmocka_unit_test(nothing_is_read_behind_the_end),
        cmocka_unit_test(a_byte_order_mark_is_skipped_on_demand),
        cmocka_unit_test(a_failed_read_keeps_its_errno),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fd.h"
#include "base/stream.h"

/* A stream into a file of memory. */
struct filed {
    struct stream stream;
    int fd;
};

static int set_up(void **state)
{
    struct filed *filed = calloc(1, sizeof *filed);
    filed->fd = memfd_create("stream", MFD_CLOEXEC);
    assert_true(filed->fd >= 0);
    stream_init(&filed->stream, filed->fd, "the file");
    *state = filed;
    return 0;
}

static int tear_down(void **state)
{
    struct filed *filed = *state;
    stream_release(&filed->stream);
    (void)close(filed->fd);
    free(filed);
    return 0;
}

static size_t written(const struct filed *filed)
{
    return (size_t)lseek(filed->fd, 0, SEEK_END);
}

static void expect_written(const struct filed *filed, const char *text)
{
    char data[256] = "";
    assert_int_equal(pread(filed->fd, data, sizeof data - 1, 0), strlen(text));
    assert_string_equal(data, text);
}

static void few_bytes_are_held_until_they_are_flushed(void **state)
{
    struct filed *filed = *state;
    struct err err = {0};
    stream_put(&filed->stream, "abc", 3);
    stream_put_text(&filed->stream, "de");
    stream_put_char(&filed->stream, 'f');
    assert_int_equal(written(filed), 0);
    assert_int_equal(stream_flush(&filed->stream, &err), 0);
    expect_written(filed, "abcdef");
    stream_put_char(&filed->stream, 'g');
    stream_push(&filed->stream);
    expect_written(filed, "abcdefg");
    assert_int_equal(stream_flush(&filed->stream, &err), 0);
    assert_int_equal(written(filed), 7);
}

/* Pieces of all sizes around the buffer's, each with bytes of its own. */
static void order_is_kept_however_large_the_pieces_are(void **state)
{
    struct filed *filed = *state;
    static const size_t sizes[] = {1,     65535, 1,     65536, 1,      70000,
                                   30000, 35536, 35537, 0,     200000, 3};
    struct err err = {0};
    size_t total = 0;
    char *data = malloc(200000);

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        memset(data, (int)i + 1, sizes[i]);
        stream_put(&filed->stream, data, sizes[i]);
        total += sizes[i];
        assert_true(total - written(filed) <= 65536);
    }
    assert_int_equal(stream_flush(&filed->stream, &err), 0);
    assert_int_equal(written(filed), total);
    off_t offset = 0;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        assert_int_equal(pread(filed->fd, data, sizes[i], offset), sizes[i]);
        for (size_t k = 0; k < sizes[i]; k++) {
            assert_int_equal(data[k], i + 1);
        }
        offset += (off_t)sizes[i];
    }
    free(data);
}

static void first_error_sticks(void **state)
{
    (void)state;
    struct stream stream;
    struct err err = {0};
    int full_fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
    stream_init(&stream, full_fd, "the disk");
    stream_put_text(&stream, "lost");
    stream_push(&stream);
    stream_put_text(&stream, "more");
    assert_int_equal(stream_flush(&stream, &err), -1);
    assert_int_equal(err.code, ENOSPC);
    assert_string_equal(err.text,
                        "cannot write to the disk: No space left on device");
    /* even if there were room by now */
    int fd = memfd_create("room", MFD_CLOEXEC);
    assert_int_equal(dup2(fd, full_fd), full_fd);
    stream_put_text(&stream, "late");
    assert_int_equal(stream_flush(&stream, &err), -1);
    assert_int_equal(lseek(fd, 0, SEEK_END), 0);
    stream_release(&stream);
    (void)close(full_fd);
    (void)close(fd);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(few_bytes_are_held_until_they_are_flushed),
        TEST(order_is_kept_however_large_the_pieces_are),
        cmocka_unit_test(first_error_sticks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

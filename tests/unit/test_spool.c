/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>

#include "base/err.h"
#include "base/spool.h"
#include "pseudo_random.h"
#include "scratch.h"

static char scratch[64];

static char data[SPOOL_SEGMENT_BYTES];
static char back[SPOOL_SEGMENT_BYTES];

/* Write all of it, in as many extents as it takes; at most `room`. */
static size_t write_all(struct spool *spool, const char *from, size_t len,
                        struct extent *extents, size_t room)
{
    struct err err = {0};
    size_t count = 0;
    while (len) {
        assert_true(count < room);
        assert_int_equal(spool_write(spool, from, len, &extents[count], &err),
                         0);
        assert_in_range(extents[count].len, 1, len);
        from += extents[count].len;
        len -= extents[count].len;
        count++;
    }
    return count;
}

static void expect_held(struct spool *spool, struct extent extent,
                        const char *expected)
{
    struct err err = {0};
    memset(back, 0x55, extent.len);
    assert_int_equal(spool_read(spool, extent, 0, back, extent.len, &err), 0);
    assert_memory_equal(back, expected, extent.len);
}

static void what_is_written_can_be_read(void **state)
{
    (void)state;
    struct spool *spool = spool_new(scratch);
    struct extent extent;
    struct err err = {0};
    assert_int_equal(spool_held_bytes(spool), 0);
    assert_int_equal(spool_write(spool, "abcdef", 6, &extent, &err), 0);
    assert_int_equal(extent.len, 6);
    assert_int_equal(spool_held_bytes(spool), 6);
    expect_held(spool, extent, "abcdef");
    assert_int_equal(spool_read(spool, extent, 2, back, 3, &err), 0);
    assert_memory_equal(back, "cde", 3);
    assert_int_equal(spool_read(spool, extent, 6, back, 0, &err), 0);
    spool_release(spool, extent);
    assert_int_equal(spool_held_bytes(spool), 0);
    spool_free(spool);
    spool_free(NULL);
}

static void file_has_no_name(void **state)
{
    (void)state;
    struct spool *spool = spool_new(scratch);
    struct extent extent;
    struct err err = {0};
    assert_int_equal(spool_write(spool, "a", 1, &extent, &err), 0);
    DIR *folder = opendir(scratch);
    size_t names = 0;
    while (readdir(folder)) {
        names++;
    }
    (void)closedir(folder);
    assert_int_equal(names, 2); /* . and .. */
    spool_free(spool);
}

static void extent_never_spans_two_segments(void **state)
{
    (void)state;
    struct spool *spool = spool_new(scratch);
    struct extent extents[4];
    memset(data, 'x', sizeof data);
    size_t count = write_all(spool, data, sizeof data - 10, extents, 4);
    assert_int_equal(count, 1);
    count = write_all(spool, "0123456789abcdef", 16, extents + 1, 3);
    assert_int_equal(count, 2);
    expect_held(spool, extents[1], "0123456789");
    expect_held(spool, extents[2], "abcdef");
    assert_int_equal(extents[2].offset, SPOOL_SEGMENT_BYTES);
    spool_free(spool);
}

static void released_segments_are_used_again(void **state)
{
    (void)state;
    struct spool *spool = spool_new(scratch);
    struct extent held[3];
    struct extent extents[2];
    for (int i = 0; i < 3; i++) {
        assert_int_equal(write_all(spool, data, sizeof data, &held[i], 1), 1);
    }
    for (int i = 0; i < 50; i++) {
        spool_release(spool, held[i % 2]);
        assert_int_equal(write_all(spool, data, sizeof data, extents, 2), 1);
        assert_true(extents[0].offset < 3 * (uint64_t)SPOOL_SEGMENT_BYTES);
        held[i % 2] = extents[0];
    }
    assert_int_equal(spool_held_bytes(spool), sizeof data * 3);
    spool_free(spool);
}

static void last_segment_is_used_again_from_its_start(void **state)
{
    (void)state;
    struct spool *spool = spool_new(scratch);
    struct extent extent;
    for (int i = 0; i < 10; i++) {
        assert_int_equal(write_all(spool, data, 300000, &extent, 1), 1);
        assert_int_equal(extent.offset, 0);
        spool_release(spool, extent);
    }
    spool_free(spool);
}

/* Many extents of any length, written and released in any order. */
static void extents_do_not_touch_each_other(void **state)
{
    (void)state;
    enum { PLACES = 64, ROUNDS = 4000 };
    struct spool *spool = spool_new(scratch);
    struct pseudo_random random = {3};
    struct extent held[PLACES] = {0};
    uint64_t total = 0;

    for (int round = 0; round < ROUNDS; round++) {
        size_t place = pseudo_random_below(&random, PLACES);
        struct err err = {0};
        if (held[place].len) {
            memset(data, (int)place + 1, held[place].len);
            expect_held(spool, held[place], data);
            spool_release(spool, held[place]);
            total -= held[place].len;
            held[place].len = 0;
        } else {
            size_t len = 1 + pseudo_random_below(&random, 100000);
            memset(data, (int)place + 1, len);
            assert_int_equal(spool_write(spool, data, len, &held[place], &err),
                             0);
            total += held[place].len;
        }
        assert_int_equal(spool_held_bytes(spool), total);
    }
    spool_free(spool);
}

static void folder_that_is_not_there_is_an_error(void **state)
{
    (void)state;
    struct spool *spool = spool_new("/no/such");
    struct extent extent = {7, 7};
    struct err err = {0};
    assert_int_equal(spool_write(spool, "a", 1, &extent, &err), -1);
    assert_string_equal(err.text,
                        "cannot make a spool file in /no/such (set TMPDIR to a "
                        "folder with room): No such file or directory");
    assert_int_equal(extent.offset, 7);
    spool_free(spool);
}

static void folder_is_that_of_the_environment(void **state)
{
    (void)state;
    struct extent extent;
    struct err err = {0};
    assert_int_equal(setenv("TMPDIR", "/no/such/either", 1), 0);
    struct spool *spool = spool_new(NULL);
    assert_int_equal(spool_write(spool, "a", 1, &extent, &err), -1);
    assert_non_null(strstr(err.text, "/no/such/either"));
    spool_free(spool);
    assert_int_equal(setenv("TMPDIR", "", 1), 0);
    spool = spool_new(NULL);
    assert_int_equal(spool_write(spool, "a", 1, &extent, &err), 0);
    spool_free(spool);
    assert_int_equal(unsetenv("TMPDIR"), 0);
}

/* A limit on the size of files stands for a disk that is full. */
static void lack_of_room_holds_nothing_and_passes(void **state)
{
    (void)state;
    struct spool *spool = spool_new(scratch);
    struct rlimit before;
    struct extent extent;
    struct err err = {0};

    memset(data, 'y', sizeof data);
    assert_int_equal(write_all(spool, "0123", 4, &extent, 1), 1);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    struct rlimit small = {1000, before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    struct extent other = {9, 9};
    int failed = spool_write(spool, data, 5000, &other, &err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(failed, -1);
    assert_int_equal(err.code, EFBIG);
    assert_int_equal(other.offset, 9);
    assert_int_equal(spool_held_bytes(spool), 4);

    assert_int_equal(spool_write(spool, data, 5000, &other, &err), 0);
    expect_held(spool, other, data);
    expect_held(spool, extent, "0123");
    spool_free(spool);
}

struct user {
    struct spool *spool;
    char byte;
};

static void *use(void *ctx)
{
    const struct user *user = ctx;
    char mine[5000];
    char seen[sizeof mine];
    memset(mine, user->byte, sizeof mine);
    for (int i = 0; i < 500; i++) {
        struct extent extent;
        if (spool_write(user->spool, mine, sizeof mine, &extent, NULL) ||
            spool_read(user->spool, extent, 0, seen, extent.len, NULL) ||
            memcmp(seen, mine, extent.len) != 0) {
            return ctx;
        }
        spool_release(user->spool, extent);
    }
    return NULL;
}

static void two_threads_may_use_it(void **state)
{
    (void)state;
    struct spool *spool = spool_new(scratch);
    struct user users[2] = {{spool, 'a'}, {spool, 'b'}};
    pthread_t threads[2];
    for (int i = 0; i < 2; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, use, &users[i]), 0);
    }
    for (int i = 0; i < 2; i++) {
        void *failed;
        assert_int_equal(pthread_join(threads[i], &failed), 0);
        assert_null(failed);
    }
    assert_int_equal(spool_held_bytes(spool), 0);
    spool_free(spool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_can_be_read),
        cmocka_unit_test(file_has_no_name),
        cmocka_unit_test(extent_never_spans_two_segments),
        cmocka_unit_test(released_segments_are_used_again),
        cmocka_unit_test(last_segment_is_used_again_from_its_start),
        cmocka_unit_test(extents_do_not_touch_each_other),
        cmocka_unit_test(folder_that_is_not_there_is_an_error),
        cmocka_unit_test(folder_is_that_of_the_environment),
        cmocka_unit_test(lack_of_room_holds_nothing_and_passes),
        cmocka_unit_test(two_threads_may_use_it),
    };
    (void)signal(SIGXFSZ, SIG_IGN);
    scratch_make(scratch);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    scratch_remove(scratch);
    return failed;
}

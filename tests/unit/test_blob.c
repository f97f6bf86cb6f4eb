/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/blob.h"
#include "base/err.h"
#include "base/spool.h"

static char pattern(uint64_t offset)
{
    return (char)(offset * 31 + (offset >> 8));
}

static void fill(struct blob *blob, uint64_t from, size_t len)
{
    char *data = malloc(len);
    for (size_t i = 0; i < len; i++) {
        data[i] = pattern(from + i);
    }
    struct err err;
    assert_int_equal(blob_append(blob, data, len, &err), 0);
    free(data);
}

static void expect_pattern(const struct blob *blob)
{
    char data[4096];
    uint64_t offset = 0;
    size_t len;
    struct err err;

    do {
        assert_int_equal(blob_read(blob, offset, data, sizeof data, &len, &err),
                         0);
        for (size_t i = 0; i < len; i++) {
            assert_int_equal(data[i], pattern(offset + i));
        }
        offset += len;
    } while (len);
    assert_int_equal(offset, blob_len(blob));
}

static void few_bytes_never_touch_the_spool(void **state)
{
    (void)state;
    struct spool *spool = spool_new("/nonexistent");
    struct blob *blob = blob_new(spool);

    fill(blob, 0, 10);
    fill(blob, 10, BLOB_MEMORY_BYTES - 10);
    expect_pattern(blob);
    blob_free(blob);
    spool_free(spool);
}

static void many_bytes_come_back_whole_and_use_little_memory(void **state)
{
    (void)state;
    struct spool *spool = spool_new(NULL);
    struct blob *blob = blob_new(spool);

    for (uint64_t at = 0; at < 5000000; at += 9999) {
        fill(blob, at, 9999);
    }
    fill(blob, blob_len(blob), 3 * SPOOL_SEGMENT_BYTES);
    expect_pattern(blob);
    assert_true(blob_memory(blob) < 4 * BLOB_MEMORY_BYTES);
    blob_free(blob);
    assert_int_equal(spool_held_bytes(spool), 0);
    spool_free(spool);
}

static void
a_spool_without_room_names_its_folder_and_loses_nothing(void **state)
{
    (void)state;
    struct spool *spool = spool_new("/nonexistent");
    struct blob *blob = blob_new(spool);
    char data[BLOB_MEMORY_BYTES + 1] = {0};
    struct err err = {0};

    fill(blob, 0, 5);
    assert_int_equal(blob_append(blob, data, sizeof data, &err), -1);
    assert_non_null(strstr(err.text, "/nonexistent"));
    assert_int_equal(blob_len(blob), 5 + sizeof data);
    blob_free(blob);
    spool_free(spool);
}

static void few_bytes_may_be_moved_to_the_spool(void **state)
{
    (void)state;
    struct spool *spool = spool_new(NULL);
    struct blob *blob = blob_new(spool);
    struct err err;

    assert_int_equal(blob_spill(blob, &err), 0); /* none at all */
    fill(blob, 0, 1000);
    assert_int_equal(blob_spill(blob, &err), 0);
    assert_int_equal(spool_held_bytes(spool), 1000);
    assert_true(blob_memory(blob) < 100);
    assert_int_equal(blob_spill(blob, &err), 0); /* they are there */
    fill(blob, 1000, 500);
    expect_pattern(blob);
    assert_int_equal(blob_spill(blob, &err), 0);
    expect_pattern(blob);
    blob_free(blob);
    assert_int_equal(spool_held_bytes(spool), 0);
    spool_free(spool);
}

static void where_the_spool_has_no_room_they_stay(void **state)
{
    (void)state;
    struct spool *spool = spool_new("/nonexistent");
    struct blob *blob = blob_new(spool);
    struct err err = {0};

    fill(blob, 0, 1000);
    assert_int_equal(blob_spill(blob, &err), -1);
    assert_int_not_equal(err.code, 0);
    assert_int_equal(blob_spill(blob, NULL), -1);
    expect_pattern(blob);
    blob_free(blob);
    spool_free(spool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(few_bytes_never_touch_the_spool),
        cmocka_unit_test(many_bytes_come_back_whole_and_use_little_memory),
        cmocka_unit_test(
            a_spool_without_room_names_its_folder_and_loses_nothing),
        cmocka_unit_test(few_bytes_may_be_moved_to_the_spool),
        cmocka_unit_test(where_the_spool_has_no_room_they_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/blob.h"
#include "base/blob_walk.h"
#include "base/err.h"
#include "base/spool.h"

struct fixture {
    struct spool *spool;
    struct blob *blob;
};

static void setup(struct fixture *fixture, size_t len)
{
    struct err err;
    fixture->spool = spool_new(NULL);
    fixture->blob = blob_new(fixture->spool);
    for (size_t i = 0; i < len; i++) {
        char byte = (char)(i * 7 + i / 251);
        assert_int_equal(blob_append(fixture->blob, &byte, 1, &err), 0);
    }
}

static void teardown(struct fixture *fixture)
{
    blob_free(fixture->blob);
    spool_free(fixture->spool);
}

static void no_blob_and_an_empty_range_have_no_piece(void **state)
{
    (void)state;
    struct fixture fixture;
    struct blob_walk walk;
    struct err err;

    setup(&fixture, 10);
    blob_walk_init(&walk, NULL, 0, 5);
    assert_int_equal(blob_walk_next(&walk, &err), 0);
    blob_walk_init(&walk, fixture.blob, 3, 3);
    assert_int_equal(blob_walk_next(&walk, &err), 0);
    blob_walk_init(&walk, fixture.blob, 12, 15);
    assert_int_equal(blob_walk_next(&walk, &err), 0);
    teardown(&fixture);
}

static void a_range_is_cut_at_the_end_of_the_blob(void **state)
{
    (void)state;
    struct fixture fixture;
    struct blob_walk walk;
    struct err err;

    setup(&fixture, 10);
    blob_walk_init(&walk, fixture.blob, 8, 100);
    assert_int_equal(blob_walk_next(&walk, &err), 1);
    assert_int_equal(walk.piece.len, 2);
    assert_int_equal(walk.piece.data[1], (char)(9 * 7));
    assert_int_equal(blob_walk_next(&walk, &err), 0);
    teardown(&fixture);
}

static void pieces_are_full_though_the_spool_holds_shorter_ones(void **state)
{
    (void)state;
    struct fixture fixture;
    struct blob_walk walk;
    struct err err;
    size_t seen = 0;
    const size_t len = 2 * BLOB_WALK_BYTES + 100;

    setup(&fixture, len);
    blob_walk_init(&walk, fixture.blob, 0, len);
    while (blob_walk_next(&walk, &err) > 0) {
        assert_true(walk.piece.len == BLOB_WALK_BYTES || walk.piece.len == 100);
        for (size_t i = 0; i < walk.piece.len; i++, seen++) {
            assert_int_equal(walk.piece.data[i], (char)(seen * 7 + seen / 251));
        }
    }
    assert_int_equal(seen, len);
    teardown(&fixture);
}

static void bytes_kept_come_again_except_at_the_end(void **state)
{
    (void)state;
    struct fixture fixture;
    struct blob_walk walk;
    struct err err;

    setup(&fixture, BLOB_WALK_BYTES + 5);
    blob_walk_init(&walk, fixture.blob, 0, UINT64_MAX);
    assert_int_equal(blob_walk_next(&walk, &err), 1);
    assert_true(blob_walk_keep(&walk, 2));
    assert_int_equal(walk.piece.len, BLOB_WALK_BYTES - 2);
    assert_int_equal(blob_walk_next(&walk, &err), 1);
    assert_int_equal(walk.piece.len, 7);
    assert_false(blob_walk_keep(&walk, 2));
    assert_int_equal(walk.piece.len, 7);
    teardown(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_blob_and_an_empty_range_have_no_piece),
        cmocka_unit_test(a_range_is_cut_at_the_end_of_the_blob),
        cmocka_unit_test(pieces_are_full_though_the_spool_holds_shorter_ones),
        cmocka_unit_test(bytes_kept_come_again_except_at_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

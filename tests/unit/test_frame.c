/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/err.h"
#include "pseudo_random.h"
#include "wire/frame.h"

enum { ROUNDS = 200, MOST_ITEMS = 5, MOST_BYTES = 400 };

static char noise[4096];

/* ---- frames of any values ---- */

static uint64_t any_u64(struct pseudo_random *random)
{
    static const uint64_t edges[] = {
        0,     1,     127,        128, 255,        256,
        65535, 65536, UINT32_MAX, 1,   UINT64_MAX, (uint64_t)1 << 63};
    size_t choice = pseudo_random_below(random, 24);
    return choice < sizeof edges / sizeof *edges ? edges[choice]
                                                 : pseudo_random_next(random);
}

static int64_t any_i64(struct pseudo_random *random)
{
    static const int64_t edges[] = {0,         -1,        -32,      -33,
                                    -129,      INT8_MIN,  127,      INT16_MIN,
                                    INT32_MIN, INT64_MIN, INT64_MAX};
    size_t choice = pseudo_random_below(random, 22);
    return choice < sizeof edges / sizeof *edges
               ? edges[choice]
               : (int64_t)pseudo_random_next(random);
}

static struct bytes any_bytes(struct pseudo_random *random)
{
    size_t len = pseudo_random_below(random, MOST_BYTES);
    return (struct bytes){
        noise + pseudo_random_below(random, sizeof noise - len), len};
}

static void fill_field(struct pseudo_random *random, enum frame_kind kind,
                       void *place, struct bytes items[MOST_ITEMS])
{
    switch (kind) {
    case FRAME_KIND_U64:
        *(uint64_t *)place = any_u64(random);
        break;
    case FRAME_KIND_I64:
        *(int64_t *)place = any_i64(random);
        break;
    case FRAME_KIND_BIN:
        *(struct bytes *)place = any_bytes(random);
        break;
    case FRAME_KIND_BINS: {
        size_t count = pseudo_random_below(random, MOST_ITEMS + 1);
        for (size_t i = 0; i < count; i++) {
            items[i] = any_bytes(random);
        }
        *(struct frame_bins *)place = (struct frame_bins){items, count};
        break;
    }
    case FRAME_KIND_ID:
        *(struct frame_id *)place = (struct frame_id){
            any_u64(random), any_u64(random), any_u64(random), any_u64(random)};
        break;
    }
}

static void expect_same_bins(const struct frame_bins *a,
                             const struct frame_bins *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        assert_true(bytes_equal(a->items[i], b->items[i]));
    }
}

static void expect_same_field(enum frame_kind kind, const void *a,
                              const void *b)
{
    switch (kind) {
    case FRAME_KIND_U64:
        assert_true(*(const uint64_t *)a == *(const uint64_t *)b);
        break;
    case FRAME_KIND_I64:
        assert_true(*(const int64_t *)a == *(const int64_t *)b);
        break;
    case FRAME_KIND_BIN:
        assert_true(
            bytes_equal(*(const struct bytes *)a, *(const struct bytes *)b));
        break;
    case FRAME_KIND_BINS:
        expect_same_bins(a, b);
        break;
    case FRAME_KIND_ID:
        assert_memory_equal(a, b, sizeof(struct frame_id));
        break;
    }
}

/* The one frame in buf; its header must tell its length. */
static struct bytes body_of(const struct buf *buf)
{
    assert_true(frame_length(buf_bytes(buf)) == (int64_t)buf->len);
    return (struct bytes){buf->data + FRAME_HEADER_BYTES,
                          buf->len - FRAME_HEADER_BYTES};
}

static void send_there_and_back(struct frame_decoder *decoder,
                                struct pseudo_random *random,
                                enum frame_type type)
{
    AUTO_BUF struct buf buf = {0};
    struct bytes items[16][MOST_ITEMS];
    struct frame sent = {.type = type};
    struct frame got;
    struct err err = {0};
    const struct frame_field *fields = frame_fields(type);

    for (size_t i = 0; fields[i].name; i++) {
        fill_field(random, fields[i].kind, (char *)&sent + fields[i].offset,
                   items[i]);
    }
    frame_encode(&sent, &buf);
    assert_int_equal(frame_decode(decoder, body_of(&buf), &got, &err), 1);
    assert_int_equal(got.type, type);
    for (size_t i = 0; fields[i].name; i++) {
        expect_same_field(fields[i].kind, (char *)&sent + fields[i].offset,
                          (char *)&got + fields[i].offset);
    }
}

static void every_frame_goes_there_and_back(void **state)
{
    (void)state;
    struct frame_decoder *decoder = frame_decoder_new();
    struct pseudo_random random = {42};
    unsigned types = 0;

    for (size_t i = 0; i < sizeof noise; i++) {
        noise[i] = (char)pseudo_random_next(&random);
    }
    for (int type = 1; type < FRAME_TYPE_COUNT; type++) {
        if (frame_name(type)) {
            types++;
            for (int round = 0; round < ROUNDS; round++) {
                send_there_and_back(decoder, &random, type);
            }
        }
    }
    assert_in_range(types, 16, FRAME_TYPE_COUNT);
    frame_decoder_free(decoder);
}

static void frames_have_names(void **state)
{
    (void)state;
    assert_string_equal(frame_name(FRAME_HELLO), "HELLO");
    assert_string_equal(frame_name(FRAME_END), "END");
    assert_null(frame_name(0));
    assert_null(frame_name(FRAME_TYPE_COUNT));
}

static void frames_are_put_behind_each_other(void **state)
{
    (void)state;
    AUTO_BUF struct buf buf = {0};
    frame_encode(&(struct frame){.type = FRAME_RECALL}, &buf);
    size_t first = buf.len;
    frame_encode(&(struct frame){.type = FRAME_PAUSE, .pause = {.on = 1}},
                 &buf);
    assert_memory_equal(buf.data, "\0\0\0\x02\x91\x0c\0\0\0\x03\x92\x0f\x01",
                        13);
    assert_int_equal(buf.len, 13);
    assert_int_equal(frame_length(buf_bytes(&buf)), first);
}

/* ---- lengths ---- */

static int64_t length_of(const char *header, size_t len)
{
    return frame_length((struct bytes){header, len});
}

static void length_is_known_when_the_header_is_there(void **state)
{
    (void)state;
    assert_int_equal(frame_length((struct bytes){NULL, 0}), 0);
    assert_int_equal(length_of("\0\0\0", 3), 0);
    assert_int_equal(length_of("\0\0\0\0", 4), 4);
    assert_int_equal(length_of("\0\0\x01\x02", 4), 4 + 258);
    assert_int_equal(length_of("\0\x80\0\0", 4), 4 + FRAME_MAX_BYTES);
}

static void length_over_the_limit_is_refused(void **state)
{
    (void)state;
    assert_int_equal(length_of("\0\x80\0\x01", 4), -1);
    assert_int_equal(length_of("\x01\0\0\0", 4), -1);
    assert_int_equal(length_of("\xff\xff\xff\xff", 4), -1);
    assert_int_equal(length_of("GET ", 4), -1);
}

static void largest_frame_goes_there_and_back(void **state)
{
    (void)state;
    AUTO_BUF struct buf buf = {0};
    struct frame_decoder *decoder = frame_decoder_new();
    struct frame got;
    struct err err = {0};
    size_t len = FRAME_MAX_BYTES - 7; /* array, number, bin with 4 of length */
    char *data = calloc(1, len);
    struct frame frame = {.type = FRAME_REFUSE, .refuse = {{data, len}}};

    frame_encode(&frame, &buf);
    assert_int_equal(buf.len, FRAME_MAX_BYTES + FRAME_HEADER_BYTES);
    assert_int_equal(frame_decode(decoder, body_of(&buf), &got, &err), 1);
    assert_true(bytes_equal(got.refuse.reason, frame.refuse.reason));
    free(data);
    frame_decoder_free(decoder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_frame_goes_there_and_back),
        cmocka_unit_test(frames_have_names),
        cmocka_unit_test(frames_are_put_behind_each_other),
        cmocka_unit_test(length_is_known_when_the_header_is_there),
        cmocka_unit_test(length_over_the_limit_is_refused),
        cmocka_unit_test(largest_frame_goes_there_and_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

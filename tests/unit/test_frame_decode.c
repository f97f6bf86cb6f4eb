/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <msgpack.h>
#include <stdlib.h>

#include "base/err.h"
#include "wire/frame.h"

/* ---- frames that others made ---- */

static int write_to_buf(void *buf, const char *data, size_t len)
{
    buf_add(buf, data, len);
    return 0;
}

static size_t elements_of(const struct frame_field *field)
{
    return field->kind == FRAME_KIND_ID ? 4 : 1;
}

static void pack_right(msgpack_packer *packer, enum frame_kind kind)
{
    switch (kind) {
    case FRAME_KIND_ID:
        msgpack_pack_uint64(packer, 7);
        msgpack_pack_uint64(packer, 7);
        msgpack_pack_uint64(packer, 7);
        __attribute__((fallthrough));
    case FRAME_KIND_U64:
        msgpack_pack_uint64(packer, 7);
        break;
    case FRAME_KIND_I64:
        msgpack_pack_int64(packer, -7);
        break;
    case FRAME_KIND_BIN:
        msgpack_pack_bin(packer, 1);
        msgpack_pack_bin_body(packer, "7", 1);
        break;
    case FRAME_KIND_BINS:
        msgpack_pack_array(packer, 1);
        msgpack_pack_bin(packer, 1);
        msgpack_pack_bin_body(packer, "7", 1);
        break;
    }
}

/* Values of no kind that is asked for, but for those masked out. */
static const struct wrong {
    const char *data;
    size_t len;
    unsigned right_for; /* 1 << kind */
} wrongs[] = {
    {"\xc0", 1, 0},
    {"\xc3", 1, 0},
    {"\xca\0\0\0\0", 5, 0},
    {"\x80", 1, 0},
    {"\xa1x", 2, 0},
    {"\xd4\x01x", 3, 0},
    {"\x01", 1, 1 << FRAME_KIND_U64 | 1 << FRAME_KIND_I64 | 1 << FRAME_KIND_ID},
    {"\xff", 1, 1 << FRAME_KIND_I64},
    {"\xcf\x80\0\0\0\0\0\0\0", 9, 1 << FRAME_KIND_U64 | 1 << FRAME_KIND_ID},
    {"\xc4\x01x", 3, 1 << FRAME_KIND_BIN},
    {"\x90", 1, 1 << FRAME_KIND_BINS},
    {"\x91\xa1x", 3, 0},
    {"\x92\xc4\x01x\x91\xc4\0", 7, 0},
};

/* The first `count` fields of a type as they should be, then one that is
 * not (may be NULL). */
static void make_body(struct buf *buf, enum frame_type type, size_t count,
                      const struct wrong *wrong)
{
    const struct frame_field *fields = frame_fields(type);
    msgpack_packer packer;
    size_t elements = 1 + !!wrong;

    buf_clear(buf);
    for (size_t i = 0; i < count; i++) {
        elements += elements_of(&fields[i]);
    }
    bool is_id = wrong && fields[count].kind == FRAME_KIND_ID;
    msgpack_packer_init(&packer, buf, write_to_buf);
    msgpack_pack_array(&packer, elements + (is_id ? 3 : 0));
    msgpack_pack_uint64(&packer, type);
    for (size_t i = 0; i < count; i++) {
        pack_right(&packer, fields[i].kind);
    }
    for (int i = 0; is_id && i < 3; i++) {
        msgpack_pack_uint64(&packer, 7);
    }
    if (wrong) {
        buf_add(buf, wrong->data, wrong->len);
    }
}

static void expect_default(const struct frame *frame,
                           const struct frame_field *field)
{
    static const char zeros[sizeof(struct frame_id)];
    static const size_t sizes[] = {
        [FRAME_KIND_U64] = sizeof(uint64_t),
        [FRAME_KIND_I64] = sizeof(int64_t),
        [FRAME_KIND_BIN] = sizeof(struct bytes),
        [FRAME_KIND_BINS] = sizeof(struct frame_bins),
        [FRAME_KIND_ID] = sizeof(struct frame_id),
    };
    assert_memory_equal((const char *)frame + field->offset, zeros,
                        sizes[field->kind]);
}

static size_t field_count(enum frame_type type)
{
    size_t count = 0;
    while (frame_fields(type)[count].name) {
        count++;
    }
    return count;
}

static void fields_an_older_peer_does_not_send_are_empty(void **state)
{
    (void)state;
    AUTO_BUF struct buf buf = {0};
    struct frame_decoder *decoder = frame_decoder_new();
    struct err err = {0};

    for (int type = 1; type < FRAME_TYPE_COUNT; type++) {
        for (size_t sent = 0; sent <= field_count(type); sent++) {
            struct frame got;
            make_body(&buf, type, sent, NULL);
            memset(&got, 0xff, sizeof got);
            assert_int_equal(frame_decode(decoder, buf_bytes(&buf), &got, &err),
                             1);
            for (size_t i = sent; i < field_count(type); i++) {
                expect_default(&got, &frame_fields(type)[i]);
            }
        }
    }
    frame_decoder_free(decoder);
}

static void fields_a_newer_peer_sends_are_ignored(void **state)
{
    (void)state;
    struct frame_decoder *decoder = frame_decoder_new();
    struct err err = {0};
    struct frame got;
    struct bytes body = {"\x95\x0f\x01\x81\xa1k\xa1v\xc0\xcb\0\0\0\0\0\0\0\0",
                         18};

    assert_int_equal(frame_decode(decoder, body, &got, &err), 1);
    assert_int_equal(got.type, FRAME_PAUSE);
    assert_int_equal(got.pause.on, 1);
    frame_decoder_free(decoder);
}

static void fields_of_another_kind_are_refused(void **state)
{
    (void)state;
    AUTO_BUF struct buf buf = {0};
    struct frame_decoder *decoder = frame_decoder_new();
    size_t refused = 0;

    for (int type = 1; type < FRAME_TYPE_COUNT; type++) {
        for (size_t i = 0; i < field_count(type); i++) {
            const struct frame_field *field = &frame_fields(type)[i];
            for (size_t j = 0; j < sizeof wrongs / sizeof *wrongs; j++) {
                struct frame got;
                struct err err = {0};
                bool right = wrongs[j].right_for >> field->kind & 1;
                make_body(&buf, type, i, &wrongs[j]);
                assert_int_equal(
                    frame_decode(decoder, buf_bytes(&buf), &got, &err),
                    right ? 1 : -1);
                assert_true(right || strstr(err.text, field->name));
                refused += !right;
            }
        }
    }
    assert_true(refused > 500);
    frame_decoder_free(decoder);
}

static void expect_refused(struct frame_decoder *decoder, const char *data,
                           size_t len, const char *why)
{
    struct frame frame;
    struct err err = {0};
    assert_int_equal(
        frame_decode(decoder, (struct bytes){data, len}, &frame, &err), -1);
    assert_string_equal(err.text, why);
}

static void half_an_id_is_refused(void **state)
{
    (void)state;
    struct frame_decoder *decoder = frame_decoder_new();
    expect_refused(decoder, "\x94\x0d\x01\x02\x03", 5,
                   "frame RETURNED has a bad field id");
    frame_decoder_free(decoder);
}

static void bytes_that_are_no_frame_are_refused(void **state)
{
    (void)state;
    struct frame_decoder *decoder = frame_decoder_new();
    expect_refused(decoder, "", 0, "bytes that are no frame");
    expect_refused(decoder, "\xc1", 1, "bytes that are no frame");
    expect_refused(decoder, "\x91\x0c\x00", 3, "bytes that are no frame");
    expect_refused(decoder, "\x0c", 1, "a frame without a number");
    expect_refused(decoder, "\x90", 1, "a frame without a number");
    expect_refused(decoder, "\x80", 1, "a frame without a number");
    expect_refused(decoder, "\x91\xff", 2, "a frame without a number");
    expect_refused(decoder, "\x91\xc4\x01\x0c", 4, "a frame without a number");
    frame_decoder_free(decoder);
}

static void frames_not_known_are_refused_or_skipped_by_number(void **state)
{
    (void)state;
    struct frame_decoder *decoder = frame_decoder_new();
    struct frame frame;
    struct err err = {0};

    expect_refused(decoder, "\x91\x00", 2, "frame 0 is not known here");
    expect_refused(decoder, "\x91\x7f", 2, "frame 127 is not known here");
    assert_int_equal(
        frame_decode(decoder, (struct bytes){"\x91\xcc\x80", 3}, &frame, &err),
        0);
    assert_int_equal(
        frame_decode(
            decoder,
            (struct bytes){"\x92\xcf\xff\xff\xff\xff\xff\xff\xff\xff\xa1x", 12},
            &frame, &err),
        0);
    frame_decoder_free(decoder);
}

static void frames_cut_at_any_byte_are_refused(void **state)
{
    (void)state;
    AUTO_BUF struct buf buf = {0};
    struct frame_decoder *decoder = frame_decoder_new();

    for (int type = 1; type < FRAME_TYPE_COUNT; type++) {
        make_body(&buf, type, field_count(type), NULL);
        for (size_t len = 0; len < buf.len; len++) {
            /* A block of its own, so that reading behind it shows. */
            char *cut = malloc(len ? len : 1);
            memcpy(cut, buf.data, len);
            expect_refused(decoder, cut, len, "bytes that are no frame");
            free(cut);
        }
    }
    frame_decoder_free(decoder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_an_older_peer_does_not_send_are_empty),
        cmocka_unit_test(fields_a_newer_peer_sends_are_ignored),
        cmocka_unit_test(fields_of_another_kind_are_refused),
        cmocka_unit_test(half_an_id_is_refused),
        cmocka_unit_test(bytes_that_are_no_frame_are_refused),
        cmocka_unit_test(frames_not_known_are_refused_or_skipped_by_number),
        cmocka_unit_test(frames_cut_at_any_byte_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

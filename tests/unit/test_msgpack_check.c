/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <msgpack.h>
#include <stdlib.h>

#include "base/buf.h"
#include "pseudo_random.h"
#include "wire/msgpack_check.h"

enum { ROUNDS = 3000 };

/* In a block of its own, so that reading behind it shows. */
static bool check(const char *data, size_t len)
{
    char *copy = malloc(len ? len : 1);
    memcpy(copy, data, len);
    bool good = msgpack_check((struct bytes){copy, len});
    free(copy);
    return good;
}

#define GOOD(text) assert_true(check(text, sizeof(text) - 1))
#define BAD(text) assert_false(check(text, sizeof(text) - 1))

static void one_whole_value_is_good(void **state)
{
    (void)state;
    GOOD("\xc0");
    GOOD("\x00");
    GOOD("\x7f");
    GOOD("\xe0");
    GOOD("\xcb\0\0\0\0\0\0\0\0");
    GOOD("\xa3"
         "abc");
    GOOD("\xc4\x00");
    GOOD("\xc5\x00\x02"
         "ab");
    GOOD("\xdb\0\0\0\x01x");
    GOOD("\x90");
    GOOD("\x93\x01\xa1x\xc4\x01x");
    GOOD("\xdc\x00\x02\x01\x02");
    GOOD("\xdd\0\0\0\x01\x01");
    GOOD("\x82\x01\x02\x03\x90");
    GOOD("\xde\x00\x01\x01\x02");
    GOOD("\xdf\0\0\0\0");
    GOOD("\xc7\x00\x05");
    GOOD("\xc7\x02\x05xy");
    GOOD("\xd4\x01x");
    GOOD("\xd8\x01"
         "0123456789abcdef");
}

static void nothing_and_more_than_one_value_are_bad(void **state)
{
    (void)state;
    assert_false(msgpack_check((struct bytes){NULL, 0}));
    BAD("");
    BAD("\x01\x01");
    BAD("\x90\x90");
    BAD("\x92\x01\x02\x03");
    BAD("\xc4\x01xy");
}

static void byte_that_is_never_used_is_bad(void **state)
{
    (void)state;
    BAD("\xc1");
    BAD("\x92\x01\xc1");
}

static void claims_of_gigabytes_are_bad(void **state)
{
    (void)state;
    BAD("\xc6\xff\xff\xff\xff");
    BAD("\xc9\xff\xff\xff\xff\x01");
    BAD("\xdb\xff\xff\xff\xff");
    BAD("\xdd\xff\xff\xff\xff");
    BAD("\xdd\xff\xff\xff\xff\x01\x01\x01");
    BAD("\xdf\xff\xff\xff\xff");
    BAD("\xdf\x80\x00\x00\x00\x01"); /* twice that is 0 in 32 bits */
    BAD("\xdf\x80\x00\x00\x01\x01\x01");
    BAD("\xdc\xff\xff\x01");
    BAD("\xde\xff\xff\x01");
}

static void claims_that_only_fit_one_by_one_are_bad(void **state)
{
    (void)state;
    BAD("\x92\x91\x01");         /* both elements, one of them nested */
    BAD("\x93\x93\x93\x01\x01"); /* nested claims that share the rest */
    BAD("\x81\x01");
}

static void fill_nested(char *data, size_t depth)
{
    memset(data, '\x91', depth - 1);
    data[depth - 1] = '\x01';
}

static void nesting_is_limited(void **state)
{
    (void)state;
    char data[4096];
    fill_nested(data, MSGPACK_MAX_DEPTH);
    assert_true(check(data, MSGPACK_MAX_DEPTH));
    fill_nested(data, MSGPACK_MAX_DEPTH + 1);
    assert_false(check(data, MSGPACK_MAX_DEPTH + 1));
    fill_nested(data, sizeof data);
    assert_false(check(data, sizeof data));
}

static void depth_counts_levels_and_not_values(void **state)
{
    (void)state;
    char data[3 + 1000 * 2] = "\xdc\x03\xe8";
    for (size_t i = 0; i < 1000; i++) {
        memcpy(data + 3 + i * 2, "\x91\x01", 2);
    }
    assert_true(check(data, sizeof data));
}

/* ---- as msgpack-c sees it ---- */

/* 1 = one whole value, 0 = cut, -1 = something else. For bytes that claim no
 * more than they hold only. */
static int unpack(const char *data, size_t len)
{
    msgpack_unpacked result;
    size_t offset = 0;
    msgpack_unpacked_init(&result);
    msgpack_unpack_return status =
        msgpack_unpack_next(&result, data, len, &offset);
    msgpack_unpacked_destroy(&result);
    if (status == MSGPACK_UNPACK_CONTINUE) {
        return 0;
    }
    return status == MSGPACK_UNPACK_SUCCESS && offset == len ? 1 : -1;
}

/* Behind it as many zeros as it takes, each of them a value: the check must
 * then find the same length as msgpack-c. */
static void first_byte_means_what_it_does_to_msgpack(void **state)
{
    (void)state;
    for (int first = 0; first < 256; first++) {
        char data[64] = {(char)first};
        size_t good = 0;
        for (size_t len = 1; len <= sizeof data; len++) {
            bool is_good = check(data, len);
            assert_int_equal(is_good, unpack(data, len) == 1);
            good += is_good;
        }
        assert_int_equal(good, first != 0xc1);
    }
}

static int write_to_buf(void *buf, const char *data, size_t len)
{
    buf_add(buf, data, len);
    return 0;
}

static void pack_scalar(struct pseudo_random *random, msgpack_packer *packer)
{
    static const char zeros[300];
    size_t len = pseudo_random_below(random, sizeof zeros);
    uint64_t number =
        pseudo_random_next(random) >> pseudo_random_below(random, 64);

    switch (pseudo_random_below(random, 8)) {
    case 0:
        msgpack_pack_nil(packer);
        break;
    case 1:
        msgpack_pack_true(packer);
        break;
    case 2:
        msgpack_pack_double(packer, (double)number);
        break;
    case 3:
        msgpack_pack_int64(packer, -(int64_t)(number >> 1));
        break;
    case 4:
        msgpack_pack_str(packer, len);
        msgpack_pack_str_body(packer, zeros, len);
        break;
    case 5:
        msgpack_pack_bin(packer, len);
        msgpack_pack_bin_body(packer, zeros, len);
        break;
    case 6:
        msgpack_pack_ext(packer, len, 3);
        msgpack_pack_ext_body(packer, zeros, len);
        break;
    default:
        msgpack_pack_uint64(packer, number);
    }
}

/* Depth is bounded by the caller, not by the random numbers. */
static void pack_any(struct pseudo_random *random, msgpack_packer *packer,
                     unsigned depth)
{
    size_t choice = pseudo_random_below(random, 3);
    size_t count = pseudo_random_below(random, 20);
    if (!depth || !choice) {
        pack_scalar(random, packer);
        return;
    }
    if (choice == 1) {
        msgpack_pack_array(packer, count);
    } else {
        msgpack_pack_map(packer, count);
        count *= 2;
    }
    for (size_t i = 0; i < count; i++) {
        pack_any(random, packer, depth - 1);
    }
}

static void what_msgpack_packs_is_good(void **state)
{
    (void)state;
    struct pseudo_random random = {7};
    for (int round = 0; round < ROUNDS; round++) {
        AUTO_BUF struct buf buf = {0};
        msgpack_packer packer;
        msgpack_packer_init(&packer, &buf, write_to_buf);
        pack_any(&random, &packer, 3);
        assert_true(check(buf.data, buf.len));
        assert_int_equal(unpack(buf.data, buf.len), 1);
        size_t cut = pseudo_random_below(&random, buf.len);
        assert_false(check(buf.data, cut));
    }
}

static void what_is_cut_at_any_byte_is_bad(void **state)
{
    (void)state;
    static const char data[] = "\x96\xc4\x03"
                               "abc\xcd\x01\x02\x82\x01\xa1x\x02\xd6\x01"
                               "abcd\xdc\x00\x01\xca\0\0\0\0\x93\x91\xc0"
                               "\xd3\0\0\0\0\0\0\0\x01\xc2\xc7\x01\x02x";
    GOOD(data);
    for (size_t len = 0; len < sizeof data - 1; len++) {
        assert_false(check(data, len));
    }
}

/* Whatever passes is one value to msgpack-c, too. */
static void what_is_good_msgpack_can_unpack(void **state)
{
    (void)state;
    struct pseudo_random random = {11};
    size_t good = 0;
    for (int round = 0; round < ROUNDS * 10; round++) {
        char data[24];
        size_t len = 1 + pseudo_random_below(&random, sizeof data);
        for (size_t i = 0; i < len; i++) {
            /* containers often, so that they nest */
            data[i] = (char)(pseudo_random_below(&random, 3)
                                 ? pseudo_random_next(&random)
                                 : 0x80 + pseudo_random_below(&random, 0x14));
        }
        if (check(data, len)) {
            assert_int_equal(unpack(data, len), 1);
            good++;
        }
    }
    assert_true(good > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_whole_value_is_good),
        cmocka_unit_test(nothing_and_more_than_one_value_are_bad),
        cmocka_unit_test(byte_that_is_never_used_is_bad),
        cmocka_unit_test(claims_of_gigabytes_are_bad),
        cmocka_unit_test(claims_that_only_fit_one_by_one_are_bad),
        cmocka_unit_test(nesting_is_limited),
        cmocka_unit_test(depth_counts_levels_and_not_values),
        cmocka_unit_test(first_byte_means_what_it_does_to_msgpack),
        cmocka_unit_test(what_msgpack_packs_is_good),
        cmocka_unit_test(what_is_cut_at_any_byte_is_bad),
        cmocka_unit_test(what_is_good_msgpack_can_unpack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

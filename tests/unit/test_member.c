/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/blob_walk.h"
#include "caught.h"
#include "made_result.h"
#include "out/member.h"

static void expect_member(struct value value, const char *expected)
{
    struct caught caught;
    struct err err;
    caught_init(&caught);
    assert_int_equal(member_put(bytes_of("k"), &value, &caught.stream, &err),
                     0);
    assert_string_equal(caught_text(&caught), expected);
    caught_release(&caught);
}

static struct value value_of(enum value_kind kind, const char *text)
{
    return (struct value){.kind = kind, .text = bytes_of(text)};
}

static void each_kind_of_value_has_its_form(void **state)
{
    (void)state;
    expect_member((struct value){.kind = VALUE_NONE}, "\"k\":null");
    expect_member((struct value){.kind = VALUE_BLOB}, "\"k\":\"\"");
    expect_member(value_of(VALUE_NUMBER, "0.012"), "\"k\":0.012");
    expect_member(value_of(VALUE_TEXT, "11"), "\"k\":\"11\"");
    expect_member(value_of(VALUE_TEXT, ""), "\"k\":\"\"");
    expect_member(value_of(VALUE_TEXT, "a\"\n\xc3\xa4"),
                  "\"k\":\"a\\\"\\n\xc3\xa4\"");
}

static void json_keeps_its_bytes_in_one_line(void **state)
{
    (void)state;
    expect_member(value_of(VALUE_JSON, "{\"a\": 0.30,\r\n \"b\":[1e5]}"),
                  "\"k\":{\"a\": 0.30,   \"b\":[1e5]}");
}

static void what_is_not_utf8_is_base64(void **state)
{
    (void)state;
    expect_member(value_of(VALUE_TEXT, "\xff\xfe"), "\"k_base64\":\"//4=\"");
    expect_member(value_of(VALUE_JSON, "\"\xff\""), "\"k_base64\":\"Iv8i\"");
}

static void a_key_is_quoted(void **state)
{
    (void)state;
    struct caught caught;
    struct err err;
    struct value value = {.kind = VALUE_NONE};
    caught_init(&caught);
    assert_int_equal(member_put(bytes_of("a\"b"), &value, &caught.stream, &err),
                     0);
    assert_string_equal(caught_text(&caught), "\"a\\\"b\":null");
    caught_release(&caught);
}

/* A blob in which characters lie across the ends of pieces. */
static void a_character_between_two_pieces_stays_whole(void **state)
{
    (void)state;
    for (size_t before = BLOB_WALK_BYTES - 4; before <= BLOB_WALK_BYTES;
         before++) {
        struct caught caught;
        struct err err;
        struct spool *spool = spool_new(NULL);
        struct blob *blob = NULL;
        caught_init(&caught);
        made_fill(&blob, spool, 'x', before);
        made_append(&blob, spool, "\xf0\x9f\x98\x80!\n", 6);
        struct value value = {.kind = VALUE_BLOB, .blob = blob};
        assert_int_equal(
            member_put(bytes_of("k"), &value, &caught.stream, &err), 0);
        const char *out = caught_text(&caught);
        assert_int_equal(strspn(out + 5, "x"), before);
        assert_string_equal(out + 5 + before, "\xf0\x9f\x98\x80!\\n\"");
        blob_free(blob);
        spool_free(spool);
        caught_release(&caught);
    }
}

static void a_blob_with_one_bad_byte_is_base64_as_a_whole(void **state)
{
    (void)state;
    struct caught caught;
    struct err err;
    struct spool *spool = spool_new(NULL);
    struct blob *blob = NULL;

    caught_init(&caught);
    for (int i = 0; i < 100000; i++) {
        made_append(&blob, spool, "foo", 3);
    }
    made_append(&blob, spool, "\xe2\x82", 2);
    struct value value = {.kind = VALUE_BLOB, .blob = blob};
    assert_int_equal(member_put(bytes_of("k"), &value, &caught.stream, &err),
                     0);
    const char *out = caught_text(&caught);
    assert_int_equal(strncmp(out, "\"k_base64\":\"Zm9vZm9v", 20), 0);
    for (int i = 0; i < 100000; i++) {
        assert_memory_equal(out + 12 + 4 * i, "Zm9v", 4);
    }
    assert_string_equal(out + 12 + 400000, "4oI=\"");
    blob_free(blob);
    spool_free(spool);
    caught_release(&caught);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_of_value_has_its_form),
        cmocka_unit_test(json_keeps_its_bytes_in_one_line),
        cmocka_unit_test(what_is_not_utf8_is_base64),
        cmocka_unit_test(a_key_is_quoted),
        cmocka_unit_test(a_character_between_two_pieces_stays_whole),
        cmocka_unit_test(a_blob_with_one_bad_byte_is_base64_as_a_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

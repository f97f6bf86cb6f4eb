/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"

static void expect_base64(const char *bytes, const char *text)
{
    AUTO_BUF struct buf out = {0};
    text_base64(bytes_of(bytes), &out);
    assert_string_equal(buf_text(&out), text);
}

static void expect_printable(struct bytes bytes, const char *text)
{
    AUTO_BUF struct buf out = {0};
    text_printable(bytes, &out);
    assert_string_equal(buf_text(&out), text);
}

static void base64_is_that_of_the_rfc(void **state)
{
    (void)state;
    expect_base64("", "");
    expect_base64("f", "Zg==");
    expect_base64("fo", "Zm8=");
    expect_base64("foo", "Zm9v");
    expect_base64("foob", "Zm9vYg==");
    expect_base64("\xff\xfe\xfb\xff", "//77/w==");
}

static void base64_goes_on_behind_a_multiple_of_three(void **state)
{
    (void)state;
    AUTO_BUF struct buf out = {0};
    text_base64(bytes_of("foo"), &out);
    text_base64(bytes_of("ba"), &out);
    assert_string_equal(buf_text(&out), "Zm9vYmE=");
}

static void characters_stay_as_they_are(void **state)
{
    (void)state;
    expect_printable(bytes_of("a \\ 'b' \xc3\xa4 \xe2\x82\xac"),
                     "a \\ 'b' \xc3\xa4 \xe2\x82\xac");
}

static void bytes_that_could_harm_a_terminal_are_escaped(void **state)
{
    (void)state;
    expect_printable(bytes_of("a\nb\tc\rd"), "a\\nb\\tc\\rd");
    expect_printable(bytes_of("\x1b[2J\x7f"), "\\x1B[2J\\x7F");
    expect_printable(bytes_of("\xc2\x9b"
                              "2J"),
                     "\\xC2\\x9B2J");
    expect_printable((struct bytes){"a\0b", 3}, "a\\x00b");
}

static void bytes_that_are_no_character_are_escaped(void **state)
{
    (void)state;
    expect_printable(bytes_of("\xff-\xe2\x82"), "\\xFF-\\xE2\\x82");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(base64_is_that_of_the_rfc),
        cmocka_unit_test(base64_goes_on_behind_a_multiple_of_three),
        cmocka_unit_test(characters_stay_as_they_are),
        cmocka_unit_test(bytes_that_could_harm_a_terminal_are_escaped),
        cmocka_unit_test(bytes_that_are_no_character_are_escaped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

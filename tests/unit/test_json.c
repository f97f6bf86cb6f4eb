/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/err.h"
#include "base/json.h"

static void expect_good(const char *text)
{
    struct err err = {0};
    if (json_check(bytes_of(text), &err)) {
        fail_msg("%s: %s", text, err.text);
    }
}

static void expect_bad(const char *text, const char *why)
{
    struct err err = {0};
    if (!json_check(bytes_of(text), &err)) {
        fail_msg("%s passed", text);
    }
    assert_string_equal(err.text, why);
}

static void expect_found(const char *text, const char *path, const char *found)
{
    struct bytes value = {0};
    assert_true(json_find(bytes_of(text), bytes_of(path), &value));
    assert_int_equal(value.len, strlen(found));
    assert_memory_equal(value.data, found, value.len);
}

static void expect_nothing(const char *text, const char *path)
{
    struct bytes value;
    assert_false(json_find(bytes_of(text), bytes_of(path), &value));
}

static void expect_plain(const char *value, const char *plain)
{
    AUTO_BUF struct buf out = {0};
    json_plain(bytes_of(value), &out);
    assert_string_equal(buf_text(&out), plain);
}

static void every_kind_of_value_passes(void **state)
{
    (void)state;
    expect_good("null");
    expect_good(" true ");
    expect_good("\t\r\nfalse\n");
    expect_good("\"\"");
    expect_good("\"a \\\" \\\\ \\/ \\b\\f\\n\\r\\t \\u00e9 \xff\x80\"");
    expect_good("-0");
    expect_good("0.30");
    expect_good("123456789012345678901234567890E+10");
    expect_good("1e-6");
    expect_good("[]");
    expect_good("{}");
    expect_good("[ 1 , [ ] , { } ]");
    expect_good("{\"a\" : {\"b\":[1,{\"c\":null}]}, \"\":2}");
}

static void what_is_wrong_is_told_with_its_byte(void **state)
{
    (void)state;
    expect_bad("", "byte 1: a value is missing");
    expect_bad("  ", "byte 3: a value is missing");
    expect_bad("nul", "byte 1: a value is missing");
    expect_bad("1 2", "byte 3: more text after the value");
    expect_bad("[1,]", "byte 4: a value is missing");
    expect_bad("[1 2]", "byte 4: a comma or ] is missing");
    expect_bad("[1}", "byte 3: a comma or ] is missing");
    expect_bad("[", "byte 2: a value is missing");
    expect_bad("{\"a\":1", "byte 7: a comma or } is missing");
    expect_bad("{\"a\":1,}", "byte 8: a name in quotes is missing");
    expect_bad("{a:1}", "byte 2: a name in quotes is missing");
    expect_bad("{\"a\" 1}", "byte 6: a colon is missing");
    expect_bad("]", "byte 1: a value is missing");
    expect_bad("'a'", "byte 1: a value is missing");
}

static void bad_numbers_and_strings_are_refused(void **state)
{
    (void)state;
    expect_bad("01", "byte 2: a number does not start with 0");
    expect_bad("-", "byte 2: a digit is missing");
    expect_bad("1.", "byte 3: a digit is missing");
    expect_bad(".5", "byte 1: a value is missing");
    expect_bad("+1", "byte 1: a value is missing");
    expect_bad("1e", "byte 3: a digit is missing");
    expect_bad("1e+", "byte 4: a digit is missing");
    expect_bad("0x10", "byte 2: more text after the value");
    expect_bad("\"a", "byte 3: a string does not end");
    expect_bad("\"a\\", "byte 4: an unknown escape in a string");
    expect_bad("\"\\q\"", "byte 3: an unknown escape in a string");
    expect_bad("\"\\u12\"", "byte 3: \\u wants four hexadecimal digits");
    expect_bad("\"\\u12", "byte 3: \\u wants four hexadecimal digits");
    expect_bad("\"a\nb\"", "byte 3: a control character in a string");
}

static void a_nul_is_no_end(void **state)
{
    (void)state;
    struct err err = {0};
    assert_int_equal(json_check((struct bytes){"1\0", 2}, &err), -1);
    assert_string_equal(err.text, "byte 2: more text after the value");
    assert_int_equal(json_check((struct bytes){"\"\\\0\"", 4}, &err), -1);
    assert_int_equal(json_check((struct bytes){0}, &err), -1);
}

static void nesting_has_a_limit(void **state)
{
    (void)state;
    char text[2 * JSON_MAX_DEPTH + 3] = {0};

    memset(text, '[', JSON_MAX_DEPTH);
    memset(text + JSON_MAX_DEPTH, ']', JSON_MAX_DEPTH);
    expect_good(text);
    memset(text, '[', JSON_MAX_DEPTH + 1);
    memset(text + JSON_MAX_DEPTH + 1, ']', JSON_MAX_DEPTH + 1);
    expect_bad(text, "byte 65: nested too deeply");
}

static void members_come_as_they_stand(void **state)
{
    (void)state;
    struct json_walk walk = json_members(
        bytes_of(" { \"a\" : 0.30 , \"\\u0062\":[1, 2],\"c\":{\"d\":\"}\"}} "));

    assert_true(json_next(&walk));
    assert_true(bytes_equal(walk.key, bytes_of("\"a\"")));
    assert_true(bytes_equal(walk.value, bytes_of("0.30")));
    assert_true(json_next(&walk));
    assert_true(bytes_equal(walk.key, bytes_of("\"\\u0062\"")));
    assert_true(bytes_equal(walk.value, bytes_of("[1, 2]")));
    assert_true(json_next(&walk));
    assert_true(bytes_equal(walk.value, bytes_of("{\"d\":\"}\"}")));
    assert_false(json_next(&walk));
    assert_false(json_next(&walk));
}

static void what_is_no_object_has_no_members(void **state)
{
    (void)state;
    const char *texts[] = {"", "{}", "{ }", "[\"a\"]", "\"a\"", "null"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct json_walk walk = json_members(bytes_of(texts[i]));
        assert_false(json_next(&walk));
    }
}

static void a_path_leads_to_its_value(void **state)
{
    (void)state;
    const char *text =
        " {\"params\": {\"p\": 0.30, \"q\": [ 7, {\"x\": null}]},"
        "\"\": 5, \"a\": {\"\": 6}, \"caf\\u00e9\": 8} ";
    expect_found(text, "params.p", "0.30");
    expect_found(text, "params.q.0", "7");
    expect_found(text, "params.q.1.x", "null");
    expect_found(text, "params.q.1", "{\"x\": null}");
    expect_found(text, "a.", "6");
    expect_found(text, "caf\xc3\xa9", "8");
    expect_found(" 12 ", "", "12");
    expect_found("[1,2]", "", "[1,2]");
    expect_found("{\"a\":1,\"a\":2}", "a", "2");
}

static void a_path_to_nowhere_finds_nothing(void **state)
{
    (void)state;
    expect_nothing("{\"a\":[1]}", "b");
    expect_nothing("{\"a\":[1]}", "a.1");
    expect_nothing("{\"a\":[1]}", "a.00");
    expect_nothing("{\"a\":[1]}", "a.x");
    expect_nothing("{\"a\":[1]}", "a.-1");
    expect_nothing("{\"a\":[1]}", "a.99999999999999999999999");
    expect_nothing("{\"a\":[1]}", "a.0.0");
    expect_nothing("{\"a\":1}", "a.");
    expect_nothing("[]", "0");
    expect_nothing("[]", "0.");
    expect_nothing("", "");
    expect_nothing("", "a");
    expect_nothing("{\"a\"", "a");
}

static void a_plain_value_has_neither_quotes_nor_escapes(void **state)
{
    (void)state;
    expect_plain("0.30", "0.30");
    expect_plain("{\"a\": 1}", "{\"a\": 1}");
    expect_plain("\"\"", "");
    expect_plain("\"it's\"", "it's");
    expect_plain("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t");
    expect_plain("\"A\\u00e9\\u20ACz\"", "A\xc3\xa9\xe2\x82\xacz");
    expect_plain("\"\\ud83d\\ude00\"", "\xf0\x9f\x98\x80");
    expect_plain("\"\xff\"", "\xff");
}

static void half_a_surrogate_pair_is_replaced(void **state)
{
    (void)state;
    expect_plain("\"\\ud83d\"", "\xef\xbf\xbd");
    expect_plain("\"\\ud83dx\"", "\xef\xbf\xbdx");
    expect_plain("\"\\ud83d\\u0041\"", "\xef\xbf\xbd"
                                       "A");
    expect_plain("\"\\ude00\"", "\xef\xbf\xbd");
}

static void an_escaped_nul_is_a_byte(void **state)
{
    (void)state;
    AUTO_BUF struct buf out = {0};
    json_plain(bytes_of("\"a\\u0000b\""), &out);
    assert_int_equal(out.len, 3);
    assert_memory_equal(out.data, "a\0b", 3);
}

static void quoting_comes_back_plain(void **state)
{
    (void)state;
    AUTO_BUF struct buf quoted = {0};
    AUTO_BUF struct buf plain = {0};
    struct bytes text = {"a\"\\/\b\f\n\r\t\x01\0\x7f\xc3\xa9", 14};

    json_quote(text, &quoted);
    assert_string_equal(
        buf_text(&quoted),
        "\"a\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u0000\x7f\xc3\xa9\"");
    assert_int_equal(json_check(buf_bytes(&quoted), NULL), 0);
    json_plain(buf_bytes(&quoted), &plain);
    assert_true(bytes_equal(buf_bytes(&plain), text));
}

static void utf8_is_told_from_other_bytes(void **state)
{
    (void)state;
    const char *good[] = {"",
                          "abc",
                          "\xc3\xa9",
                          "\xe2\x82\xac",
                          "\xf0\x9f\x98\x80",
                          "\xf4\x8f\xbf\xbf",
                          "\xed\x9f\xbf",
                          "\xee\x80\x80"};
    const char *bad[] = {"\x80",
                         "\xc3",
                         "\xc3(",
                         "\xc0\xaf",
                         "\xe0\x80\xaf",
                         "\xe2\x82",
                         "\xe2\x82(",
                         "\xed\xa0\x80",
                         "\xf0\x80\x80\x80",
                         "\xf4\x90\x80\x80",
                         "\xff"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_true(json_is_utf8(bytes_of(good[i])));
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(json_is_utf8(bytes_of(bad[i])));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_value_passes),
        cmocka_unit_test(what_is_wrong_is_told_with_its_byte),
        cmocka_unit_test(bad_numbers_and_strings_are_refused),
        cmocka_unit_test(a_nul_is_no_end),
        cmocka_unit_test(nesting_has_a_limit),
        cmocka_unit_test(members_come_as_they_stand),
        cmocka_unit_test(what_is_no_object_has_no_members),
        cmocka_unit_test(a_path_leads_to_its_value),
        cmocka_unit_test(a_path_to_nowhere_finds_nothing),
        cmocka_unit_test(a_plain_value_has_neither_quotes_nor_escapes),
        cmocka_unit_test(half_a_surrogate_pair_is_replaced),
        cmocka_unit_test(an_escaped_nul_is_a_byte),
        cmocka_unit_test(quoting_comes_back_plain),
        cmocka_unit_test(utf8_is_told_from_other_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

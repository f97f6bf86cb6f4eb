/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/quote.h"

static void expect(struct bytes word, const char *quoted)
{
    AUTO_BUF struct buf out = {0};
    quote_shell(word, &out);
    assert_string_equal(buf_text(&out), quoted);
}

static void plain_words_stay_as_they_are(void **state)
{
    (void)state;
    expect(bytes_of("echo"), "echo");
    expect(bytes_of("./a-b_c.d+E/9"), "./a-b_c.d+E/9");
}

static void an_empty_word_is_a_pair_of_quotes(void **state)
{
    (void)state;
    expect(bytes_of(""), "''");
    expect((struct bytes){NULL, 0}, "''");
}

static void what_a_shell_might_read_stands_between_quotes(void **state)
{
    (void)state;
    expect(bytes_of("a b"), "'a b'");
    expect(bytes_of("~x"), "'~x'");
    expect(bytes_of("a=b"), "'a=b'");
    expect(bytes_of("$(x)`y`\\"), "'$(x)`y`\\'");
    expect(bytes_of("a\nb"), "'a\nb'");
    expect(bytes_of("\xff"), "'\xff'");
}

static void single_quotes_stand_between_double_quotes(void **state)
{
    (void)state;
    expect(bytes_of("it's"), "'it'\"'\"'s'");
    expect(bytes_of("'"), "\"'\"");
    expect(bytes_of("''a"), "\"''\"'a'");
    expect(bytes_of("a'b c'"), "'a'\"'\"'b c'\"'\"");
}

static void a_nul_is_quoted_like_any_other_byte(void **state)
{
    (void)state;
    AUTO_BUF struct buf out = {0};
    quote_shell((struct bytes){"a\0b", 3}, &out);
    assert_int_equal(out.len, 5);
    assert_memory_equal(out.data, "'a\0b'", 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_words_stay_as_they_are),
        cmocka_unit_test(an_empty_word_is_a_pair_of_quotes),
        cmocka_unit_test(what_a_shell_might_read_stands_between_quotes),
        cmocka_unit_test(single_quotes_stand_between_double_quotes),
        cmocka_unit_test(a_nul_is_quoted_like_any_other_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

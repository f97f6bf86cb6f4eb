/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "caught.h"
#include "made_result.h"
#include "out/cell.h"

static struct value text(const char *text)
{
    return (struct value){.kind = VALUE_TEXT, .text = bytes_of(text)};
}

static struct value json(const char *text)
{
    return (struct value){.kind = VALUE_JSON, .text = bytes_of(text)};
}

static void expect_tsv(struct value value, const char *expected)
{
    struct caught caught;
    struct err err;
    caught_init(&caught);
    assert_int_equal(cell_put_tsv(&value, &caught.stream, &err), 0);
    assert_string_equal(caught_text(&caught), expected);
    caught_release(&caught);
}

static void expect_csv(struct value value, bool is_alone, const char *expected)
{
    struct caught caught;
    struct err err;
    caught_init(&caught);
    assert_int_equal(cell_put_csv(&value, is_alone, &caught.stream, &err), 0);
    assert_string_equal(caught_text(&caught), expected);
    caught_release(&caught);
}

static void what_is_missing_is_empty(void **state)
{
    (void)state;
    expect_tsv((struct value){.kind = VALUE_NONE}, "");
    expect_tsv((struct value){.kind = VALUE_BLOB}, "");
    expect_tsv(json("null"), "");
    expect_csv((struct value){.kind = VALUE_NONE}, false, "");
    expect_csv((struct value){.kind = VALUE_BLOB}, false, "");
}

static void tsv_escapes_what_would_break_the_line(void **state)
{
    (void)state;
    expect_tsv(text("plain \"x\", \xff"), "plain \"x\", \xff");
    expect_tsv(text("\ta\nb\rc\\d"), "\\ta\\nb\\rc\\\\d");
    expect_tsv(text("\\n"), "\\\\n");
}

static void csv_quotes_what_would_break_the_line(void **state)
{
    (void)state;
    expect_csv(text("plain \tx\\"), false, "plain \tx\\");
    expect_csv(text("a,b"), false, "\"a,b\"");
    expect_csv(text("say \"x\""), false, "\"say \"\"x\"\"\"");
    expect_csv(text("a\nb"), false, "\"a\nb\"");
    expect_csv(text("a\rb"), false, "\"a\rb\"");
}

static void an_empty_cell_alone_in_its_csv_line_is_quoted(void **state)
{
    (void)state;
    expect_csv(text(""), true, "\"\"");
    expect_csv(json("null"), true, "\"\"");
    expect_csv(json("\"\""), true, "\"\"");
    expect_csv((struct value){.kind = VALUE_NONE}, true, "\"\"");
    expect_csv((struct value){.kind = VALUE_BLOB}, true, "\"\"");
    expect_csv(text("a"), true, "a");
    expect_csv(json("0"), true, "0");
}

static void a_json_string_is_what_it_stands_for(void **state)
{
    (void)state;
    expect_tsv(json("\"a\\tb\\u00e4\""), "a\\tb\xc3\xa4");
    expect_tsv(json("0.30"), "0.30");
    expect_csv(json("{\"a\":[1,2]}"), false, "\"{\"\"a\"\":[1,2]}\"");
}

static void a_blob_loses_one_newline(void **state)
{
    (void)state;
    struct spool *spool = spool_new(NULL);
    struct value value = {.kind = VALUE_BLOB};
    struct blob *blob = NULL;
    made_append(&blob, spool, "\n", 1);
    value.blob = blob;
    expect_tsv(value, "");
    expect_csv(value, true, "\"\"");
    made_append(&blob, spool, "a\n\n", 3);
    expect_tsv(value, "\\na\\n");
    expect_csv(value, false, "\"\na\n\"");
    made_append(&blob, spool, "b", 1);
    expect_tsv(value, "\\na\\n\\nb");
    blob_free(blob);
    spool_free(spool);
}

static void expect_quoted(struct value value, const char *expected)
{
    struct caught caught;
    struct err err;
    caught_init(&caught);
    assert_int_equal(cell_put_quoted(&value, &caught.stream, &err), 0);
    assert_string_equal(caught_text(&caught), expected);
    caught_release(&caught);
}

static void a_quoted_cell_keeps_tab_and_last_newline(void **state)
{
    (void)state;
    struct spool *spool = spool_new(NULL);
    struct blob *blob = NULL;
    expect_quoted((struct value){.kind = VALUE_NONE}, "");
    expect_quoted((struct value){.kind = VALUE_BLOB}, "");
    expect_quoted(text("a b"), "a b");
    expect_quoted(text("a\tb"), "\"a\tb\"");
    expect_quoted(text("a\"b"), "\"a\"\"b\"");
    made_append(&blob, spool, "3\n", 2);
    expect_quoted((struct value){.kind = VALUE_BLOB, .blob = blob}, "\"3\n\"");
    blob_free(blob);
    spool_free(spool);
}

static void a_nul_is_a_byte_like_any_other(void **state)
{
    (void)state;
    struct caught caught;
    struct err err;
    struct value value = {.kind = VALUE_TEXT, .text = {"a\0,\0b", 5}};
    caught_init(&caught);
    assert_int_equal(cell_put_tsv(&value, &caught.stream, &err), 0);
    (void)caught_text(&caught);
    assert_int_equal(caught.bytes.len, 5);
    assert_memory_equal(caught.bytes.data, "a\0,\0b", 5);
    assert_int_equal(cell_put_csv(&value, false, &caught.stream, &err), 0);
    (void)caught_text(&caught);
    assert_int_equal(caught.bytes.len, 7);
    assert_memory_equal(caught.bytes.data, "\"a\0,\0b\"", 7);
    caught_release(&caught);
}

static void megabytes_are_written_whole(void **state)
{
    (void)state;
    struct caught caught;
    struct err err;
    struct spool *spool = spool_new(NULL);
    struct blob *blob = NULL;
    const size_t len = 1000000;

    caught_init(&caught);
    made_fill(&blob, spool, '"', len);
    made_append(&blob, spool, "\n", 1);
    struct value value = {.kind = VALUE_BLOB, .blob = blob};
    assert_int_equal(cell_put_csv(&value, false, &caught.stream, &err), 0);
    const char *out = caught_text(&caught);
    assert_int_equal(caught.bytes.len, 2 * len + 2);
    assert_int_equal(strspn(out, "\""), 2 * len + 2);
    assert_int_equal(cell_put_tsv(&value, &caught.stream, &err), 0);
    out = caught_text(&caught);
    assert_int_equal(strspn(out, "\""), len);
    assert_int_equal(caught.bytes.len, len);
    caught_release(&caught);
    blob_free(blob);
    spool_free(spool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_missing_is_empty),
        cmocka_unit_test(tsv_escapes_what_would_break_the_line),
        cmocka_unit_test(csv_quotes_what_would_break_the_line),
        cmocka_unit_test(an_empty_cell_alone_in_its_csv_line_is_quoted),
        cmocka_unit_test(a_json_string_is_what_it_stands_for),
        cmocka_unit_test(a_blob_loses_one_newline),
        cmocka_unit_test(a_quoted_cell_keeps_tab_and_last_newline),
        cmocka_unit_test(a_nul_is_a_byte_like_any_other),
        cmocka_unit_test(megabytes_are_written_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

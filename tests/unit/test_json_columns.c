/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/err.h"
#include "job/field_list.h"
#include "job/json_columns.h"
#include "job/row.h"

static struct json_columns *columns_of(const char *object)
{
    struct err err = {0};
    struct json_columns *columns = json_columns_new(bytes_of(object), &err);
    if (!columns) {
        fail_msg("%s", err.text);
    }
    return columns;
}

static void expect_fields(struct json_columns *columns, const char *object,
                          const char *expected)
{
    AUTO_BUF struct buf out = {0};
    AUTO_FIELD_LIST struct field_list fields = {0};
    struct err err = {0};

    if (json_columns_arrange(columns, bytes_of(object), &fields, &err) < 0) {
        assert_int_equal(fields.count, 0);
        buf_printf(&out, "!%s", err.text);
    }
    for (size_t i = 0; i < fields.count; i++) {
        buf_add_text(&out, i ? "|" : "");
        buf_add_bytes(&out, fields.items[i]);
    }
    assert_string_equal(buf_text(&out), expected);
}

static void expect_refused(const char *object, const char *why)
{
    struct err err = {0};
    assert_null(json_columns_new(bytes_of(object), &err));
    assert_string_equal(err.text, why);
}

static void the_first_object_names_the_columns(void **state)
{
    (void)state;
    struct json_columns *columns =
        columns_of(" {\"q\": 1, \"p\": {}, \"caf\\u00e9\": 0, \"q\": 2} ");
    const struct row *names = json_columns_names(columns);

    assert_int_equal(names->field_count, 3);
    assert_string_equal(names->fields[0].data, "q");
    assert_string_equal(names->fields[1].data, "p");
    assert_string_equal(names->fields[2].data, "caf\xc3\xa9");
    json_columns_free(columns);
}

static void later_objects_are_arranged_by_name(void **state)
{
    (void)state;
    struct json_columns *columns = columns_of("{\"p\":0,\"q\":0}");

    expect_fields(columns, "{\"p\":0.30,\"q\":\"a\\tb\"}", "0.30|a\tb");
    expect_fields(columns, "{\"q\":[1, 2],\"p\":null}", "null|[1, 2]");
    expect_fields(columns, "{\"x\":9,\"\\u0071\":2,\"y\":8,\"p\":\"\"}", "|2");
    expect_fields(columns, "{\"p\":1,\"q\":2,\"p\":3}", "3|2");
    json_columns_free(columns);
}

static void an_object_without_keys_has_no_columns(void **state)
{
    (void)state;
    struct json_columns *columns = columns_of("{}");

    assert_int_equal(json_columns_names(columns)->field_count, 0);
    expect_fields(columns, "{\"a\":1}", "");
    json_columns_free(columns);
}

static void what_cannot_be_arranged_is_told(void **state)
{
    (void)state;
    struct json_columns *columns = columns_of("{\"p\":0,\"q\":0}");

    expect_fields(columns, "{\"p\":1}", "!has no field \"q\"");
    expect_fields(columns, "{\"p\":1,\"q\":\"a\\u0000\"}",
                  "!has a NUL in its field \"q\"");
    expect_fields(columns, "{\"p\":1,",
                  "!is no JSON object: byte 8: a name in quotes is missing");
    expect_fields(columns, "[1,2]", "!is JSON, but no object");
    expect_fields(columns, "", "!is empty, not a JSON object");
    json_columns_free(columns);
}

static void a_first_line_that_is_no_object_is_refused(void **state)
{
    (void)state;
    expect_refused("p q", "is no JSON object: byte 1: a value is missing");
    expect_refused("7", "is JSON, but no object");
    expect_refused(" ", "is empty, not a JSON object");
}

static void blanks_around_are_trimmed(void **state)
{
    (void)state;
    assert_true(
        bytes_equal(json_columns_trim(bytes_of(" \t{ }\r")), bytes_of("{ }")));
    assert_int_equal(json_columns_trim(bytes_of(" \n")).len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_object_names_the_columns),
        cmocka_unit_test(later_objects_are_arranged_by_name),
        cmocka_unit_test(an_object_without_keys_has_no_columns),
        cmocka_unit_test(what_cannot_be_arranged_is_told),
        cmocka_unit_test(a_first_line_that_is_no_object_is_refused),
        cmocka_unit_test(blanks_around_are_trimmed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

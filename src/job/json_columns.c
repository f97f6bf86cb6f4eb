/* SPDX-License-Identifier: MIT */
#include "job/json_columns.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "base/xalloc.h"
#include "job/field_list.h"
#include "job/row.h"

struct json_columns {
    struct row *names;
    struct buf values; /* of the last object */
    struct buf key;    /* one, unescaped */
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

struct bytes json_columns_trim(struct bytes text)
{
    while (text.len && is_blank(text.data[0])) {
        text.data++;
        text.len--;
    }
    while (text.len && is_blank(text.data[text.len - 1])) {
        text.len--;
    }
    return text;
}

static int check_object(struct bytes text, struct err *err)
{
    if (!json_columns_trim(text).len) {
        return err_set(err, EINVAL, "is empty, not a JSON object");
    }
    if (json_check(text, err) < 0) {
        return err_wrap(err, "is no JSON object");
    }
    if (json_columns_trim(text).data[0] != '{') {
        return err_set(err, EINVAL, "is JSON, but no object");
    }
    return 0;
}

/* A key without quotes and escapes; scratch may be needed to hold it. */
static struct bytes plain_key(struct bytes key, struct buf *scratch)
{
    if (!memchr(key.data, '\\', key.len)) {
        return (struct bytes){key.data + 1, key.len - 2};
    }
    buf_clear(scratch);
    json_plain(key, scratch);
    return buf_bytes(scratch);
}

/* Where the name stands; the search begins at hint, as objects tend to have
 * one order. SIZE_MAX if there is none. */
static size_t find_name(const struct bytes *names, size_t count,
                        struct bytes name, size_t hint)
{
    for (size_t i = 0; i < count; i++) {
        size_t at = (hint + i) % count;
        if (bytes_equal(names[at], name)) {
            return at;
        }
    }
    return SIZE_MAX;
}

struct json_columns *json_columns_new(struct bytes object, struct err *err)
{
    if (check_object(object, err) < 0) {
        return NULL;
    }
    AUTO_FIELD_LIST struct field_list names = {0};
    AUTO_BUF struct buf plain = {0};
    struct json_walk walk = json_members(object);
    /* Unescaping only shortens, so the names stay where they are put. */
    (void)buf_reserve(&plain, object.len);
    while (json_next(&walk)) {
        size_t start = plain.len;
        json_plain(walk.key, &plain);
        struct bytes name = {plain.data + start, plain.len - start};
        if (find_name(names.items, names.count, name, 0) == SIZE_MAX) {
            field_list_add(&names, name);
        }
    }
    struct json_columns *columns = NEW(struct json_columns);
    columns->names =
        row_new(0, (struct bytes){0}, names.items, names.count, NULL);
    return columns;
}

void json_columns_free(struct json_columns *columns)
{
    if (columns) {
        row_free(columns->names);
        buf_release(&columns->values);
        buf_release(&columns->key);
        free(columns);
    }
}

const struct row *json_columns_names(const struct json_columns *columns)
{
    return columns->names;
}

/* Put the value of each member in the place of its name in fields. */
static void place_members(struct json_columns *columns, struct bytes object,
                          struct bytes *fields)
{
    const struct row *names = columns->names;
    struct buf *values = &columns->values;
    struct json_walk walk = json_members(object);
    size_t hint = 0;

    buf_clear(values);
    (void)buf_reserve(values, object.len); /* see json_columns_new */
    while (json_next(&walk)) {
        size_t at = find_name(names->fields, names->field_count,
                              plain_key(walk.key, &columns->key), hint);
        if (at != SIZE_MAX) {
            size_t start = values->len;
            json_plain(walk.value, values);
            fields[at] =
                (struct bytes){values->data + start, values->len - start};
            hint = at + 1;
        }
    }
}

static int check_fields(const struct row *names, const struct bytes *fields,
                        struct err *err)
{
    for (size_t i = 0; i < names->field_count; i++) {
        if (!fields[i].data) {
            return err_set(err, EINVAL, "has no field \"%.200s\"",
                           names->fields[i].data);
        }
        if (memchr(fields[i].data, 0, fields[i].len)) {
            return err_set(err, EINVAL, "has a NUL in its field \"%.200s\"",
                           names->fields[i].data);
        }
    }
    return 0;
}

int json_columns_arrange(struct json_columns *columns, struct bytes object,
                         struct field_list *fields, struct err *err)
{
    size_t start = fields->count;

    if (check_object(object, err) < 0) {
        return -1;
    }
    for (size_t i = 0; i < columns->names->field_count; i++) {
        field_list_add(fields, (struct bytes){0});
    }
    place_members(columns, object, fields->items + start);
    if (check_fields(columns->names, fields->items + start, err) < 0) {
        fields->count = start;
        return -1;
    }
    return 0;
}

/* SPDX-License-Identifier: MIT */
#include "out/column_list.h"

#include <errno.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/json.h"
#include "base/text.h"
#include "base/xalloc.h"
#include "out/label.h"

enum { NUMBER_DIGITS = 9, LISTED_NAMES_BYTES = 200 };

void column_list_release(struct column_list *list)
{
    free(list->columns);
    *list = (struct column_list){0};
}

static void add(struct column_list *list, struct column column)
{
    list->columns = xrealloc_array(list->columns, xadd(list->count, 1),
                                   sizeof *list->columns);
    list->columns[list->count++] = column;
}

void column_list_add(struct column_list *list, enum column_kind kind,
                     const char *name)
{
    add(list, (struct column){.kind = kind, .name = bytes_of(name)});
}

static bool starts_with(struct bytes text, const char *prefix)
{
    size_t len = strlen(prefix);
    return text.len >= len && !memcmp(text.data, prefix, len);
}

/* A decimal number other than 0, and nothing else. */
static bool parse_number(struct bytes text, long *number)
{
    bool is_negative = text.len && text.data[0] == '-';
    size_t at = is_negative;
    long value = 0;

    if (text.len == at || text.len - at > NUMBER_DIGITS) {
        return false;
    }
    for (; at < text.len; at++) {
        if (text.data[at] < '0' || text.data[at] > '9') {
            return false;
        }
        value = value * 10 + (text.data[at] - '0');
    }
    *number = is_negative ? -value : value;
    return value != 0;
}

static bool parse_out(struct bytes text, long *number)
{
    static const char prefix[] = "out[";
    const size_t len = sizeof prefix - 1;

    if (!starts_with(text, prefix) || text.data[text.len - 1] != ']') {
        return false;
    }
    return parse_number((struct bytes){text.data + len, text.len - len - 1},
                        number);
}

static bool parse_result(struct bytes text, struct bytes *path)
{
    static const char prefix[] = "result.";
    const size_t len = sizeof prefix - 1;

    if (!starts_with(text, prefix) || text.len == len) {
        return false;
    }
    *path = (struct bytes){text.data + len, text.len - len};
    return json_is_utf8(*path);
}

static bool parse_field(struct bytes text, const struct label_list *labels,
                        size_t field_count, long *number)
{
    size_t found = label_find(labels, text);
    if (found) {
        *number = (long)found;
        return true;
    }
    return parse_number(text, number) && *number > 0 &&
           (!field_count || (size_t)*number <= field_count);
}

/* Cut, so that what else there is has room in the message, too. */
static void add_field_names(const struct label_list *labels, struct buf *out)
{
    size_t begin = out->len;
    for (size_t i = 1; i <= labels->count; i++) {
        AUTO_BUF struct buf name = {0};
        label_add(labels, i, &name);
        if (out->len - begin + name.len > LISTED_NAMES_BYTES) {
            buf_add_text(out, "..., ");
            return;
        }
        text_printable(buf_bytes(&name), out);
        buf_add_text(out, ", ");
    }
    if (!labels->count) {
        buf_add_text(out, "1, 2, ..., ");
    }
}

static int refuse(struct bytes text, const struct label_list *labels,
                  struct err *err)
{
    AUTO_BUF struct buf message = {0};

    buf_add_text(&message, "there is no column '");
    text_printable(text, &message);
    buf_add_text(&message, "'; there are ");
    add_field_names(labels, &message);
    column_add_names(&message);
    buf_add_text(&message, ", out[N], result.PATH");
    return err_set(err, EINVAL, "%s", buf_text(&message));
}

static int parse_column(struct bytes text, const struct label_list *labels,
                        size_t field_count, struct column *column,
                        struct err *err)
{
    *column = (struct column){.name = text};
    if (column_find(text, &column->kind)) {
        return 0;
    }
    if (parse_field(text, labels, field_count, &column->number)) {
        column->kind = COLUMN_FIELD;
    } else if (parse_out(text, &column->number)) {
        column->kind = COLUMN_OUT;
    } else if (parse_result(text, &column->path)) {
        column->kind = COLUMN_RESULT;
    } else {
        return refuse(text, labels, err);
    }
    return 0;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static struct bytes trim(struct bytes text)
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

int column_list_parse(struct column_list *list, const char *text,
                      const struct label_list *labels, size_t field_count,
                      struct err *err)
{
    struct column_list parsed = {0};

    for (const char *at = text; at;) {
        const char *comma = strchr(at, ',');
        size_t len = comma ? (size_t)(comma - at) : strlen(at);
        struct column column;
        if (parse_column(trim((struct bytes){at, len}), labels, field_count,
                         &column, err)) {
            column_list_release(&parsed);
            return -1;
        }
        add(&parsed, column);
        at = comma ? comma + 1 : NULL;
    }
    *list = parsed;
    return 0;
}

/* SPDX-License-Identifier: MIT */
#include "job/row.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

static char *put(char *place, struct bytes bytes)
{
    if (bytes.len) {
        memcpy(place, bytes.data, bytes.len);
    }
    return place + bytes.len;
}

static char *put_joined(char *place, const struct bytes *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i) {
            *place++ = ' ';
        }
        place = put(place, fields[i]);
    }
    return place;
}

static size_t joined_len(const struct bytes *fields, size_t count)
{
    size_t len = count ? count - 1 : 0;
    for (size_t i = 0; i < count; i++) {
        len = xadd(len, fields[i].len);
    }
    return len;
}

struct row *row_new(uint64_t line, struct bytes text,
                    const struct bytes *fields, size_t field_count,
                    const char *fault)
{
    size_t text_len = text.data ? text.len : joined_len(fields, field_count);
    bool is_text_field =
        text.data && field_count == 1 && bytes_equal(text, fields[0]);
    size_t fault_len = fault ? strlen(fault) + 1 : 0;
    size_t size =
        xadd(sizeof(struct row), xmul(field_count, sizeof(struct bytes)));
    size_t bytes_at = size;
    size = xadd(size, xadd(xadd(text_len, 1), fault_len));
    for (size_t i = 0; i < field_count && !is_text_field; i++) {
        size = xadd(size, xadd(fields[i].len, 1));
    }

    struct row *row = xmalloc(size);
    *row = (struct row){.line = line, .field_count = field_count};
    char *place = (char *)row + bytes_at;
    row->text = (struct bytes){place, text_len};
    place =
        text.data ? put(place, text) : put_joined(place, fields, field_count);
    *place++ = '\0';
    for (size_t i = 0; i < field_count; i++) {
        if (is_text_field) {
            row->fields[i] = row->text;
            continue;
        }
        row->fields[i] = (struct bytes){place, fields[i].len};
        place = put(place, fields[i]);
        *place++ = '\0';
    }
    if (fault) {
        memcpy(place, fault, fault_len);
        row->fault = place;
    }
    return row;
}

void row_free(struct row *row)
{
    free(row);
}

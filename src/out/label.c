/* SPDX-License-Identifier: MIT */
#include "out/label.h"

#include <stdlib.h>

#include "base/json.h"
#include "base/xalloc.h"
#include "out/column.h"

void label_list_init(struct label_list *list, const struct bytes *names,
                     size_t count, bool utf8_only)
{
    enum column_kind kind;

    *list = (struct label_list){0};
    if (!names || !count) {
        return;
    }
    list->names = NEW_ARRAY(struct bytes, count);
    for (; list->count < count; list->count++) {
        struct bytes name = names[list->count];
        bool is_taken = column_find(name, &kind) || label_find(list, name);
        bool is_writable = !utf8_only || json_is_utf8(name);
        if (!is_taken && is_writable) {
            list->names[list->count] = name;
        }
    }
}

void label_list_release(struct label_list *list)
{
    free(list->names);
    *list = (struct label_list){0};
}

void label_add(const struct label_list *list, size_t number, struct buf *out)
{
    if (number <= list->count && list->names[number - 1].len) {
        buf_add_bytes(out, list->names[number - 1]);
    } else {
        buf_printf(out, "%zu", number);
    }
}

size_t label_find(const struct label_list *list, struct bytes name)
{
    for (size_t i = 0; name.len && i < list->count; i++) {
        if (bytes_equal(list->names[i], name)) {
            return i + 1;
        }
    }
    return 0;
}

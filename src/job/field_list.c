/* SPDX-License-Identifier: MIT */
#include "job/field_list.h"

#include <stdlib.h>

#include "base/xalloc.h"

void field_list_release(struct field_list *list)
{
    free(list->items);
    *list = (struct field_list){0};
}

void field_list_clear(struct field_list *list)
{
    list->count = 0;
}

void field_list_add(struct field_list *list, struct bytes field)
{
    if (list->count == list->room) {
        list->room = list->room ? xmul(list->room, 2) : 8;
        list->items =
            xrealloc_array(list->items, list->room, sizeof list->items[0]);
    }
    list->items[list->count++] = field;
}

/* SPDX-License-Identifier: MIT */
/* field_list.h - the fields of a row while it is put together
 *
 * Zero-initialised is empty. The bytes belong to somebody else.
 */

#ifndef POOLRUN_FIELD_LIST_H
#define POOLRUN_FIELD_LIST_H

#include <stddef.h>

#include "base/bytes.h"

struct field_list {
    struct bytes *items;
    size_t count;
    size_t room;
};

#define AUTO_FIELD_LIST __attribute__((cleanup(field_list_release)))

void field_list_release(struct field_list *list);
void field_list_clear(struct field_list *list); /* empty, the room is kept */
void field_list_add(struct field_list *list, struct bytes field);

#endif

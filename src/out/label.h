/* SPDX-License-Identifier: MIT */
/* label.h - what a field of a row is called in a table
 *
 * Its name; but its number (from 1) where it has none, where the name is that
 * of a record column (out/column.h) or of an earlier field, or where it cannot
 * be written: so no two columns of a record have the same name.
 */

#ifndef POOLRUN_LABEL_H
#define POOLRUN_LABEL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/bytes.h"

struct label_list {
    struct bytes *names; /* an empty one: the number stands for it */
    size_t count;
};

/* The names (may be NULL) are lent until the release. With utf8_only a name
 * that is not UTF-8 cannot be written. */
void label_list_init(struct label_list *list, const struct bytes *names,
                     size_t count, bool utf8_only);
void label_list_release(struct label_list *list);

/* Add the label of the field of this number, also of one without a name. */
void label_add(const struct label_list *list, size_t number, struct buf *out);

/* The number of the field with this name, 0 if there is none. */
size_t label_find(const struct label_list *list, struct bytes name);

#endif

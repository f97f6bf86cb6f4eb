/* SPDX-License-Identifier: MIT */
/* column_list.h - the columns of a table, as --columns names them
 *
 *     p,q,seconds,result.loss,out[-1]
 *
 * Between the commas stands, and the first that fits counts: the name of a
 * record column (out/column.h), the name of a field, the number of a field,
 * out[N] (the N-th field of stdout's last line, from the end if N is
 * negative), result.PATH (into the JSON on stdout, as json_find). A field
 * whose name another column has is reached by its number. Blanks around a name
 * are no part of it.
 */

#ifndef POOLRUN_COLUMN_LIST_H
#define POOLRUN_COLUMN_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "out/column.h"

struct err;
struct label_list;

struct column_list {
    struct column *columns;
    size_t count;
};

void column_list_release(struct column_list *list);

/* The text is lent until the release, since the columns are named by it.
 * Without names any number of a field is taken, unless field_count (0 = not
 * known) says how many there are. */
int column_list_parse(struct column_list *list, const char *text,
                      const struct label_list *labels, size_t field_count,
                      struct err *err) __attribute__((warn_unused_result));

/* Add a column that needs no number and no path. */
void column_list_add(struct column_list *list, enum column_kind kind,
                     const char *name);

#endif

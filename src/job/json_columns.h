/* SPDX-License-Identifier: MIT */
/* json_columns.h - JSON objects as rows with named columns
 *
 * The keys of the first object name the columns, in its order; later objects
 * are arranged by these names, and what else they hold is left out.
 */

#ifndef POOLRUN_JSON_COLUMNS_H
#define POOLRUN_JSON_COLUMNS_H

#include "base/bytes.h"

struct err;
struct field_list;
struct json_columns;
struct row;

/* Learn the names from the first object. NULL if it is none; err then goes on
 * from "line 1 ". */
struct json_columns *json_columns_new(struct bytes object, struct err *err)
    __attribute__((warn_unused_result));
void json_columns_free(struct json_columns *columns);

/* The names as the fields of a row, lent for the life of columns. */
const struct row *json_columns_names(const struct json_columns *columns);

/* Append the values of the object, one for each name, lent until the next
 * call. -1 if it is no object or lacks one; err goes on from "line 3 ". */
int json_columns_arrange(struct json_columns *columns, struct bytes object,
                         struct field_list *fields, struct err *err)
    __attribute__((warn_unused_result));

/* Without the blanks JSON allows around a value. */
struct bytes json_columns_trim(struct bytes text);

#endif

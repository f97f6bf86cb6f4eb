/* SPDX-License-Identifier: MIT */
/* value.h - one value of a record, on its way into a table */

#ifndef POOLRUN_VALUE_H
#define POOLRUN_VALUE_H

#include "base/bytes.h"

struct blob;

enum value_kind {
    VALUE_NONE,   /* missing */
    VALUE_NUMBER, /* text */
    VALUE_TEXT,   /* text: any bytes */
    VALUE_JSON,   /* text: one JSON value */
    VALUE_BLOB,   /* blob: any bytes, perhaps very many; NULL = none */
};

/* All is lent. */
struct value {
    enum value_kind kind;
    struct bytes text;
    const struct blob *blob;
};

#endif

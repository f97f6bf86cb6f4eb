/* SPDX-License-Identifier: MIT */
/* json.h - find things in JSON text without changing a byte of it
 *
 * Values are handed out as the slice of the text they stand in, so that 0.30
 * stays 0.30 and an integer of 30 digits keeps them all. Strings may hold any
 * bytes from 0x80 up: rows and output are bytes. RFC 8259 otherwise; nesting
 * is limited to JSON_MAX_DEPTH, nothing recurses.
 */

#ifndef POOLRUN_JSON_H
#define POOLRUN_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/bytes.h"

struct err;

enum { JSON_MAX_DEPTH = 64 };

/* One JSON value with nothing but blanks around it? err says at which byte
 * (from 1) and why not. */
int json_check(struct bytes text, struct err *err)
    __attribute__((warn_unused_result));

/* Walk the members of an object that json_check has passed:
 *     struct json_walk walk = json_members(text);
 *     while (json_next(&walk)) { use walk.key and walk.value }
 * A text that is no object has no members. */
struct json_walk {
    struct bytes rest;
    struct bytes key;   /* as it stands in the text, with its quotes */
    struct bytes value; /* as it stands in the text */
};
struct json_walk json_members(struct bytes object);
bool json_next(struct json_walk *walk);

/* The value at a path of names and array indices joined by dots, as in
 * "params.p" or "points.0.x"; "" is the whole. The last of equal names wins.
 * False where there is nothing. */
bool json_find(struct bytes text, struct bytes path, struct bytes *value);

/* The value as a plain field: a string without its quotes and escapes,
 * anything else as it stands. A \u escape of half a surrogate pair becomes
 * U+FFFD. */
void json_plain(struct bytes value, struct buf *out);

/* Text as a JSON string with its quotes; it must be UTF-8. */
void json_quote(struct bytes text, struct buf *out);

bool json_is_utf8(struct bytes text);

#endif

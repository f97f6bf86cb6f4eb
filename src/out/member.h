/* SPDX-License-Identifier: MIT */
/* member.h - a value as a member of a JSON object: "key":value
 *
 * A missing value is null; a text and a blob are strings. JSON is copied as it
 * stands, but for newlines between its tokens, which become blanks so that a
 * record stays one line. What is not UTF-8 has the key KEY_base64 and is a
 * string of base64 (for JSON: of its text).
 */

#ifndef POOLRUN_MEMBER_H
#define POOLRUN_MEMBER_H

#include "out/value.h"

struct err;
struct stream;

/* The key is UTF-8. -1: the blob cannot be read. */
int member_put(struct bytes key, const struct value *value,
               struct stream *stream, struct err *err)
    __attribute__((warn_unused_result));

#endif

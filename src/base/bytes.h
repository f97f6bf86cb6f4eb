/* SPDX-License-Identifier: MIT */
/* bytes.h - a run of bytes that belongs to somebody else
 *
 * Not NUL-terminated. Who lends it, and until when, stands where it is used.
 */

#ifndef POOLRUN_BYTES_H
#define POOLRUN_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct bytes {
    const char *data;
    size_t len;
};

static inline struct bytes bytes_of(const char *text)
{
    return (struct bytes){text, strlen(text)};
}

static inline bool bytes_equal(struct bytes a, struct bytes b)
{
    return a.len == b.len && (a.len == 0 || !memcmp(a.data, b.data, a.len));
}

#endif

/* SPDX-License-Identifier: MIT */
#include "wire/msgpack_check.h"

#include <stdint.h>

/* What the first byte of a value says about it. */
struct shape {
    uint8_t size_bytes; /* bytes of the length or count that follow */
    uint8_t fixed;      /* payload bytes, or elements, if size_bytes is 0 */
    uint8_t extra;      /* payload bytes beside the length: ext types */
    uint8_t per_count;  /* 0: the length is bytes; 1 array; 2 map */
    bool bad;
};

/* From 0xc0 on. https://github.com/msgpack/msgpack/blob/master/spec.md */
static const struct shape shapes[32] = {
    [0x00] = {0},               /* nil */
    [0x01] = {.bad = true},     /* never used */
    [0x02] = {0},               /* false */
    [0x03] = {0},               /* true */
    [0x04] = {.size_bytes = 1}, /* bin */
    [0x05] = {.size_bytes = 2},
    [0x06] = {.size_bytes = 4},
    [0x07] = {.size_bytes = 1, .extra = 1}, /* ext */
    [0x08] = {.size_bytes = 2, .extra = 1},
    [0x09] = {.size_bytes = 4, .extra = 1},
    [0x0a] = {.fixed = 4}, /* float */
    [0x0b] = {.fixed = 8},
    [0x0c] = {.fixed = 1}, /* unsigned */
    [0x0d] = {.fixed = 2},
    [0x0e] = {.fixed = 4},
    [0x0f] = {.fixed = 8},
    [0x10] = {.fixed = 1}, /* signed */
    [0x11] = {.fixed = 2},
    [0x12] = {.fixed = 4},
    [0x13] = {.fixed = 8},
    [0x14] = {.fixed = 2}, /* fixext */
    [0x15] = {.fixed = 3},
    [0x16] = {.fixed = 5},
    [0x17] = {.fixed = 9},
    [0x18] = {.fixed = 17},
    [0x19] = {.size_bytes = 1}, /* str */
    [0x1a] = {.size_bytes = 2},
    [0x1b] = {.size_bytes = 4},
    [0x1c] = {.size_bytes = 2, .per_count = 1}, /* array */
    [0x1d] = {.size_bytes = 4, .per_count = 1},
    [0x1e] = {.size_bytes = 2, .per_count = 2}, /* map */
    [0x1f] = {.size_bytes = 4, .per_count = 2},
};

static struct shape shape_of(uint8_t first)
{
    if (first <= 0x7f || first >= 0xe0) {
        return (struct shape){0}; /* a small number */
    }
    if (first <= 0x8f) {
        return (struct shape){.fixed = first & 0x0f, .per_count = 2};
    }
    if (first <= 0x9f) {
        return (struct shape){.fixed = first & 0x0f, .per_count = 1};
    }
    if (first <= 0xbf) {
        return (struct shape){.fixed = first & 0x1f}; /* a short str */
    }
    return shapes[first - 0xc0];
}

/* Eat one value's header (and payload, if it is bytes) from the front. Returns
 * how many values nest in it, or -1. */
static int64_t eat_one(const uint8_t **next, const uint8_t *end)
{
    struct shape shape = shape_of(*(*next)++);
    size_t left = (size_t)(end - *next);
    if (shape.bad || shape.size_bytes > left) {
        return -1;
    }
    uint64_t size = shape.fixed;
    for (unsigned i = 0; i < shape.size_bytes; i++) {
        size = size << 8 | *(*next)++;
    }
    left -= shape.size_bytes;
    if (shape.per_count) {
        size *= shape.per_count;
        return size <= left ? (int64_t)size : -1; /* a byte each at least */
    }
    size += shape.extra;
    if (size > left) {
        return -1;
    }
    *next += size;
    return 0;
}

bool msgpack_check(struct bytes bytes)
{
    if (!bytes.len) {
        return false; /* and its data may be NULL */
    }
    const uint8_t *next = (const uint8_t *)bytes.data;
    const uint8_t *end = next + bytes.len;
    uint64_t open[MSGPACK_MAX_DEPTH]; /* values still to come, by level */
    unsigned depth = 0;

    size_t values = 0;

    open[0] = 1;
    for (;;) {
        while (!open[depth]) {
            if (!depth) {
                return next == end;
            }
            depth--;
        }
        if (next == end || ++values > MSGPACK_MAX_VALUES) {
            return false;
        }
        open[depth]--;
        int64_t nested = eat_one(&next, end);
        if (nested < 0 || (nested > 0 && depth + 1 == MSGPACK_MAX_DEPTH)) {
            return false;
        }
        if (nested > 0) {
            open[++depth] = (uint64_t)nested;
        }
    }
}

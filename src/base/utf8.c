/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"

static bool is_continuation(unsigned char byte)
{
    return (byte & 0xc0) == 0x80;
}

/* How many bytes the first one promises; 0 if no character begins so. */
static size_t promised_len(unsigned char first)
{
    if (first < 0x80) {
        return 1;
    }
    if (first < 0xc2 || first > 0xf4) {
        return 0;
    }
    return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/* After some first bytes not every continuation is allowed. */
static bool second_is_allowed(unsigned char first, unsigned char second)
{
    switch (first) {
    case 0xe0:
        return second >= 0xa0;
    case 0xed:
        return second < 0xa0;
    case 0xf0:
        return second >= 0x90;
    case 0xf4:
        return second < 0x90;
    default:
        return true;
    }
}

/* Could the bytes be the first of a character? */
static bool begins_well(const unsigned char *data, size_t len)
{
    for (size_t i = 1; i < len; i++) {
        if (!is_continuation(data[i])) {
            return false;
        }
    }
    return len < 2 || second_is_allowed(data[0], data[1]);
}

size_t utf8_len(struct bytes text)
{
    const unsigned char *data = (const unsigned char *)text.data;
    size_t len = promised_len(data[0]);
    return len <= text.len && begins_well(data, len) ? len : 0;
}

size_t utf8_unfinished(struct bytes text)
{
    const unsigned char *end = (const unsigned char *)text.data + text.len;
    for (size_t len = 1; len < UTF8_MAX && len <= text.len; len++) {
        if (!is_continuation(end[-(ptrdiff_t)len])) {
            bool goes_on = promised_len(end[-(ptrdiff_t)len]) > len;
            return goes_on && begins_well(end - len, len) ? len : 0;
        }
    }
    return 0;
}

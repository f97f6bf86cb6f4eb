/* SPDX-License-Identifier: MIT */
/* The strings of base/json.h; json.c finds them. */
#include "base/json.h"

#include <stdint.h>
#include <string.h>

static int hex_value(char c)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    const char *digit = c ? strchr(digits, c) : NULL;
    return digit ? (int)((digit - digits) % 16) : -1;
}

static void add_utf8(struct buf *out, uint32_t code)
{
    if (code < 0x80) {
        buf_add_char(out, (char)code);
    } else if (code < 0x800) {
        buf_add_char(out, (char)(0xc0 | code >> 6));
        buf_add_char(out, (char)(0x80 | (code & 0x3f)));
    } else {
        if (code < 0x10000) {
            buf_add_char(out, (char)(0xe0 | code >> 12));
        } else {
            buf_add_char(out, (char)(0xf0 | code >> 18));
            buf_add_char(out, (char)(0x80 | (code >> 12 & 0x3f)));
        }
        buf_add_char(out, (char)(0x80 | (code >> 6 & 0x3f)));
        buf_add_char(out, (char)(0x80 | (code & 0x3f)));
    }
}

/* The number behind a \u at `at`, or -1 where there is none. */
static int32_t unicode_escape(const char *at, const char *end)
{
    int32_t code = 0;

    if (end - at < 6 || at[0] != '\\' || at[1] != 'u') {
        return -1;
    }
    for (int i = 2; i < 6; i++) {
        int digit = hex_value(at[i]);
        if (digit < 0) {
            return -1;
        }
        code = code * 16 + digit;
    }
    return code;
}

/* Add what the escape at `at` stands for; the place behind it. */
static const char *unescape(const char *at, const char *end, struct buf *out)
{
    static const char from[] = "bfnrt";
    static const char to[] = "\b\f\n\r\t";
    int32_t code = unicode_escape(at, end);

    if (code < 0) {
        const char *known = end - at > 1 && at[1] ? strchr(from, at[1]) : NULL;
        if (end - at > 1) {
            buf_add_char(out, known ? to[known - from] : at[1]);
        }
        return end - at > 1 ? at + 2 : end;
    }
    at += 6;
    if (code >= 0xd800 && code < 0xdc00) {
        int32_t low = unicode_escape(at, end);
        if (low >= 0xdc00 && low < 0xe000) {
            code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
            at += 6;
        }
    }
    bool is_half = code >= 0xd800 && code < 0xe000;
    add_utf8(out, is_half ? 0xfffd : (uint32_t)code);
    return at;
}

void json_plain(struct bytes value, struct buf *out)
{
    if (value.len < 2 || value.data[0] != '"') {
        buf_add_bytes(out, value);
        return;
    }
    const char *at = value.data + 1;
    const char *end = value.data + value.len - 1;
    while (at < end) {
        const char *escape = memchr(at, '\\', (size_t)(end - at));
        const char *stop = escape ? escape : end;
        buf_add(out, at, (size_t)(stop - at));
        at = escape ? unescape(escape, end, out) : end;
    }
}

static void add_quoted(struct buf *out, unsigned char c)
{
    static const char from[] = "\b\f\n\r\t\"\\";
    static const char to[] = "bfnrt\"\\";
    const char *known = c ? strchr(from, c) : NULL;

    if (known) {
        buf_add_char(out, '\\');
        buf_add_char(out, to[known - from]);
    } else if (c < 0x20) {
        buf_printf(out, "\\u%04x", c);
    } else {
        buf_add_char(out, (char)c);
    }
}

void json_quote(struct bytes text, struct buf *out)
{
    buf_add_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        add_quoted(out, (unsigned char)text.data[i]);
    }
    buf_add_char(out, '"');
}

/* The length of the UTF-8 sequence at `at`, or 0 where there is none. */
static size_t sequence_len(const unsigned char *at, size_t left)
{
    static const struct {
        unsigned char first, last;     /* the first byte */
        unsigned char lowest, highest; /* the second */
        unsigned char len;
    } forms[] = {
        {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
        {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3},
        {0xee, 0xef, 0x80, 0xbf, 3}, {0xf0, 0xf0, 0x90, 0xbf, 4},
        {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4},
    };

    if (at[0] < 0x80) {
        return 1;
    }
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (at[0] < forms[i].first || at[0] > forms[i].last) {
            continue;
        }
        if (left < forms[i].len || at[1] < forms[i].lowest ||
            at[1] > forms[i].highest) {
            return 0;
        }
        for (size_t k = 2; k < forms[i].len; k++) {
            if ((at[k] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return forms[i].len;
    }
    return 0;
}

bool json_is_utf8(struct bytes text)
{
    const unsigned char *at = (const unsigned char *)text.data;
    size_t left = text.len;

    while (left) {
        size_t len = sequence_len(at, left);
        if (!len) {
            return false;
        }
        at += len;
        left -= len;
    }
    return true;
}

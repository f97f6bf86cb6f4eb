/* SPDX-License-Identifier: MIT */
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/utf8.h"
#include "base/xalloc.h"

static void encode_three(const unsigned char *in, size_t count, char *out)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz0123456789+/";
    uint32_t group = (uint32_t)in[0] << 16;
    group |= count > 1 ? (uint32_t)in[1] << 8 : 0;
    group |= count > 2 ? in[2] : 0;
    out[0] = digits[group >> 18];
    out[1] = digits[group >> 12 & 63];
    out[2] = '=';
    out[3] = '=';
    if (count > 1) {
        out[2] = digits[group >> 6 & 63];
    }
    if (count > 2) {
        out[3] = digits[group & 63];
    }
}

void text_base64(struct bytes bytes, struct buf *out)
{
    const unsigned char *data = (const unsigned char *)bytes.data;
    size_t groups = bytes.len / 3 + (bytes.len % 3 != 0);
    char *place = buf_reserve(out, xmul(groups, 4));
    for (size_t at = 0; at < bytes.len; at += 3) {
        size_t rest = bytes.len - at;
        encode_three(data + at, rest < 3 ? rest : 3, place);
        place += 4;
    }
    buf_grow(out, groups * 4);
}

static bool is_control(const char *data, size_t len)
{
    unsigned char first = (unsigned char)data[0];
    if (len == 1) {
        return first < 0x20 || first == 0x7f;
    }
    return first == 0xc2 && (unsigned char)data[1] < 0xa0;
}

static void add_escaped(const char *data, size_t len, struct buf *out)
{
    for (size_t i = 0; i < len; i++) {
        switch (data[i]) {
        case '\n':
            buf_add_text(out, "\\n");
            break;
        case '\t':
            buf_add_text(out, "\\t");
            break;
        case '\r':
            buf_add_text(out, "\\r");
            break;
        default:
            buf_printf(out, "\\x%02X", (unsigned char)data[i]);
        }
    }
}

void text_printable(struct bytes bytes, struct buf *out)
{
    while (bytes.len) {
        size_t len = utf8_len(bytes);
        if (len && !is_control(bytes.data, len)) {
            buf_add(out, bytes.data, len);
        } else {
            len = len ? len : 1;
            add_escaped(bytes.data, len, out);
        }
        bytes.data += len;
        bytes.len -= len;
    }
}

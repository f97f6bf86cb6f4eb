/* SPDX-License-Identifier: MIT */
#include "base/buf.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

void buf_release(struct buf *buf)
{
    free(buf->data ? buf->data - buf->start : NULL);
    *buf = (struct buf){0};
}

void buf_clear(struct buf *buf)
{
    if (buf->data) {
        buf->data -= buf->start;
    }
    buf->start = 0;
    buf->len = 0;
}

static void move_to_start(struct buf *buf)
{
    if (buf->start) {
        memmove(buf->data - buf->start, buf->data, buf->len);
        buf->data -= buf->start;
        buf->start = 0;
    }
}

char *buf_reserve(struct buf *buf, size_t len)
{
    size_t needed = xadd(buf->len, len);
    if (needed > buf->room - buf->start || !buf->data) {
        move_to_start(buf);
        if (needed > buf->room || !buf->data) {
            size_t room = buf->room ? xmul(buf->room, 2) : 64;
            room = room < needed ? needed : room;
            buf->data = xrealloc_array(buf->data, room, 1);
            buf->room = room;
        }
    }
    return buf->data + buf->len;
}

void buf_grow(struct buf *buf, size_t len)
{
    assert(len <= buf->room - buf->start - buf->len);
    buf->len += len;
}

void buf_add(struct buf *buf, const void *data, size_t len)
{
    if (len) {
        memcpy(buf_reserve(buf, len), data, len);
        buf->len += len;
    }
}

void buf_add_bytes(struct buf *buf, struct bytes bytes)
{
    buf_add(buf, bytes.data, bytes.len);
}

void buf_add_text(struct buf *buf, const char *text)
{
    buf_add(buf, text, strlen(text));
}

void buf_add_char(struct buf *buf, char c)
{
    *buf_reserve(buf, 1) = c;
    buf->len++;
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    assert(len >= 0);
    char *place = buf_reserve(buf, xadd((size_t)len, 1));
    va_start(args, format);
    (void)vsnprintf(place, (size_t)len + 1, format, args);
    va_end(args);
    buf->len += (size_t)len;
}

void buf_eat(struct buf *buf, size_t len)
{
    assert(len <= buf->len);
    buf->len -= len;
    if (!buf->len) {
        buf_clear(buf);
    } else {
        buf->data += len;
        buf->start += len;
    }
}

const char *buf_text(struct buf *buf)
{
    *buf_reserve(buf, 1) = '\0';
    return buf->data;
}

struct bytes buf_bytes(const struct buf *buf)
{
    return (struct bytes){buf->data, buf->len};
}

char *buf_take_text(struct buf *buf)
{
    move_to_start(buf);
    (void)buf_text(buf);
    char *text = buf->data;
    *buf = (struct buf){0};
    return text;
}

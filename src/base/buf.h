/* SPDX-License-Identifier: MIT */
/* buf.h - bytes that grow at the end and are eaten from the front
 *
 * Holds [data, data + len). Zero-initialised is empty and owns nothing.
 */

#ifndef POOLRUN_BUF_H
#define POOLRUN_BUF_H

#include <stddef.h>

#include "base/bytes.h"

struct buf {
    char
        *data; /* the first byte that is held; NULL while there never was one */
    size_t len;
    size_t start; /* bytes eaten before data */
    size_t room;  /* bytes of the block, from its start */
};

#define AUTO_BUF __attribute__((cleanup(buf_release)))

void buf_release(struct buf *buf); /* empty again, and owning nothing */
void buf_clear(struct buf *buf);   /* empty, the block is kept */

/* Room for len more bytes; the caller writes them at the place returned and
 * then calls buf_grow with as many as it wrote. */
char *buf_reserve(struct buf *buf, size_t len);
void buf_grow(struct buf *buf, size_t len);

void buf_add(struct buf *buf, const void *data, size_t len);
void buf_add_bytes(struct buf *buf, struct bytes bytes);
void buf_add_text(struct buf *buf, const char *text);
void buf_add_char(struct buf *buf, char c);
void buf_printf(struct buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Drop the first len bytes. */
void buf_eat(struct buf *buf, size_t len);

/* What is held, as a string; the NUL is not counted in len. Lent until the
 * next call. */
const char *buf_text(struct buf *buf);

/* What is held, lent until the next call. */
struct bytes buf_bytes(const struct buf *buf);

/* What is held as a heap string the caller owns; buf is empty afterwards. */
char *buf_take_text(struct buf *buf);

#endif

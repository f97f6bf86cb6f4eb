/* SPDX-License-Identifier: MIT */
/* xalloc.h - memory that is always there
 *
 * Out of memory, or a size that overflows, ends the process with a message
 * and status 255: no caller could do better.
 */

#ifndef POOLRUN_XALLOC_H
#define POOLRUN_XALLOC_H

#include <stddef.h>

#define NEW(type) ((type *)xcalloc(1, sizeof(type)))
#define NEW_ARRAY(type, count) ((type *)xcalloc((count), sizeof(type)))

void *xcalloc(size_t count, size_t size) __attribute__((returns_nonnull));
void *xmalloc(size_t size) __attribute__((returns_nonnull));
void *xrealloc_array(void *old, size_t count, size_t size)
    __attribute__((returns_nonnull));
char *xstrdup(const char *text) __attribute__((returns_nonnull));

/* A copy of len bytes and a NUL behind them. */
char *xmemdup0(const void *data, size_t len) __attribute__((returns_nonnull));
char *xasprintf(const char *format, ...)
    __attribute__((format(printf, 1, 2), returns_nonnull));

/* Say that there is no memory, and end the process. */
void xalloc_fail(void) __attribute__((noreturn));

/* a + b and a * b, or the end of the process. */
size_t xadd(size_t a, size_t b);
size_t xmul(size_t a, size_t b);

#endif

/* SPDX-License-Identifier: MIT */
#include "base/xalloc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The one place outside main.c that exits: there is no memory left to return
 * an error with. */
void xalloc_fail(void)
{
    static const char text[] = "poolrun: out of memory\n";
    ssize_t written = write(STDERR_FILENO, text, sizeof text - 1);
    (void)written; /* there is nobody else to tell */
    _exit(255);
}

size_t xadd(size_t a, size_t b)
{
    size_t sum;
    if (__builtin_add_overflow(a, b, &sum)) {
        xalloc_fail();
    }
    return sum;
}

size_t xmul(size_t a, size_t b)
{
    size_t product;
    if (__builtin_mul_overflow(a, b, &product)) {
        xalloc_fail();
    }
    return product;
}

void *xcalloc(size_t count, size_t size)
{
    void *block = calloc(count ? count : 1, size ? size : 1);
    if (!block) {
        xalloc_fail();
    }
    return block;
}

void *xmalloc(size_t size)
{
    void *block = malloc(size ? size : 1);
    if (!block) {
        xalloc_fail();
    }
    return block;
}

void *xrealloc_array(void *old, size_t count, size_t size)
{
    size_t total = xmul(count, size);
    void *block = realloc(old, total ? total : 1);
    if (!block) {
        xalloc_fail();
    }
    return block;
}

char *xmemdup0(const void *data, size_t len)
{
    char *copy = xmalloc(xadd(len, 1));
    if (len) {
        memcpy(copy, data, len);
    }
    copy[len] = '\0';
    return copy;
}

char *xstrdup(const char *text)
{
    return xmemdup0(text, strlen(text));
}

char *xasprintf(const char *format, ...)
{
    char *text = NULL;
    va_list args;

    va_start(args, format);
    if (vasprintf(&text, format, args) < 0) {
        xalloc_fail();
    }
    va_end(args);
    return text;
}

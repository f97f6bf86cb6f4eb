/* SPDX-License-Identifier: MIT */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

__attribute__((format(printf, 2, 0))) static void
set_text(struct err *err, const char *format, va_list args)
{
    if (vsnprintf(err->text, sizeof err->text, format, args) < 0) {
        err->text[0] = '\0';
    }
}

static void append(struct err *err, const char *separator, const char *text)
{
    size_t used = strlen(err->text);
    (void)snprintf(err->text + used, sizeof err->text - used, "%s%s", separator,
                   text);
}

int err_set(struct err *err, int code, const char *format, ...)
{
    if (err) {
        va_list args;
        va_start(args, format);
        err->code = code;
        set_text(err, format, args);
        va_end(args);
    }
    return -1;
}

int err_set_errno(struct err *err, int code, const char *format, ...)
{
    if (err) {
        va_list args;
        va_start(args, format);
        err->code = code;
        set_text(err, format, args);
        va_end(args);
        append(err, ": ", strerror(code));
    }
    return -1;
}

int err_wrap(struct err *err, const char *format, ...)
{
    if (err) {
        char inner[sizeof err->text];
        memcpy(inner, err->text, sizeof inner);
        va_list args;
        va_start(args, format);
        set_text(err, format, args);
        va_end(args);
        append(err, ": ", inner);
    }
    return -1;
}

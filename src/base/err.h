/* SPDX-License-Identifier: MIT */
/* err.h - why something that stops the caller could not be done
 *
 * A fallible function takes `struct err *err` last and returns -1; the text is
 * made once, where it failed, and callers put the place in front of it.
 */

#ifndef POOLRUN_ERR_H
#define POOLRUN_ERR_H

enum { ERR_TEXT_SIZE = 512 };

struct err {
    int code;                 /* an errno value; 0 = no error */
    char text[ERR_TEXT_SIZE]; /* one sentence without a newline */
};

/* Fill err (may be NULL) and return -1. A text that is too long is cut. */
int err_set(struct err *err, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* As err_set, with ": " and strerror(code) behind the text. */
int err_set_errno(struct err *err, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Put "place: " in front of the text and return -1. */
int err_wrap(struct err *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif

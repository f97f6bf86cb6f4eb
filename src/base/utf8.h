/* SPDX-License-Identifier: MIT */
/* utf8.h - where the characters are in bytes that may be UTF-8 */

#ifndef POOLRUN_UTF8_H
#define POOLRUN_UTF8_H

#include <stddef.h>

#include "base/bytes.h"

/* The longest character has this many bytes. */
enum { UTF8_MAX = 4 };

/* How many bytes the character at the beginning of text (not empty) has; 0 if
 * no character begins there: a stray or missing byte, a form longer than
 * needed, half a surrogate pair, a number over U+10FFFF. */
size_t utf8_len(struct bytes text);

/* How many bytes at the end of text begin a character that goes on behind it:
 * 0 to 3. A reader of pieces keeps them for the next piece. */
size_t utf8_unfinished(struct bytes text);

#endif

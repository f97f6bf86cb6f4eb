/* SPDX-License-Identifier: MIT */
/* text.h - any bytes written as text that does no harm */

#ifndef POOLRUN_TEXT_H
#define POOLRUN_TEXT_H

#include "base/buf.h"
#include "base/bytes.h"

/* As base64 with padding (RFC 4648). Pieces of a multiple of three bytes may
 * follow each other. */
void text_base64(struct bytes bytes, struct buf *out);

/* For a terminal or a log, in one line: characters stay; newline, TAB and CR
 * become \n, \t and \r; every other control character (also those from U+0080
 * to U+009F) and each byte that is no UTF-8 becomes \xNN. */
void text_printable(struct bytes bytes, struct buf *out);

#endif

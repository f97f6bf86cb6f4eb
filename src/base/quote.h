/* SPDX-License-Identifier: MIT */
/* quote.h - a word as it has to be typed so that a POSIX shell reads it back
 *
 * Letters, digits and - _ . + / stay bare; anything else stands between single
 * quotes, and a single quote between double quotes: it's is 'it'"'"'s'. Bytes
 * that are no text and newlines pass unchanged. An empty word is ''.
 */

#ifndef POOLRUN_QUOTE_H
#define POOLRUN_QUOTE_H

#include "base/buf.h"
#include "base/bytes.h"

void quote_shell(struct bytes word, struct buf *out);

#endif

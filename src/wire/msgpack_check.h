/* SPDX-License-Identifier: MIT */
/* msgpack_check.h - is this exactly one msgpack value that is safe to unpack?
 *
 * msgpack-c reserves memory by what a header claims: five bytes can ask for
 * gigabytes. So every length and count is held against the bytes that are
 * there before it sees them.
 */

#ifndef POOLRUN_MSGPACK_CHECK_H
#define POOLRUN_MSGPACK_CHECK_H

#include <stdbool.h>

#include "base/bytes.h"

/* A value takes one byte on the wire and 24 unpacked: so many are 24 MiB. */
enum { MSGPACK_MAX_DEPTH = 16, MSGPACK_MAX_VALUES = 1 << 20 };

/* True if bytes is one value, whole, nested no deeper than MSGPACK_MAX_DEPTH,
 * that claims no more elements or bytes than there are. Reads each byte once,
 * without recursion. */
bool msgpack_check(struct bytes bytes);

#endif

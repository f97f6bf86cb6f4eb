/* SPDX-License-Identifier: MIT */
/* results_path.h - the folder a row's results go to, as GNU parallel names it
 *
 *     <field's number or name>/<value>/.../
 *
 * Named fields come in the order of their names (numbers first), as there. In
 * names and values \ / TAB and NUL are written \\ \_ \t and \0. Two rules of
 * our own keep each row in a folder of its own, below where it belongs: what
 * would be empty, "." or ".." gets a \ in front, and what would be longer than
 * a file name may be is cut and ends in \~ and a hash. A row without fields is
 * 1/\0noarg/.
 */

#ifndef POOLRUN_RESULTS_PATH_H
#define POOLRUN_RESULTS_PATH_H

#include <stddef.h>

#include "base/buf.h"
#include "base/bytes.h"

struct row;

/* Add the folder to out. Names may be NULL, and the row, too. */
void results_path(const struct bytes *names, size_t name_count,
                  const struct row *row, struct buf *out);

#endif

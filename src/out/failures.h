/* SPDX-License-Identifier: MIT */
/* failures.h - the failed jobs, told at the end in one line each
 *
 *     poolrun: job 7 failed: exit 3: ./think 1 2 (pool local, attempt 1, 0.42
 * s)
 *
 * The first FAILURES_TOLD to be added are kept as text, the others counted, so
 * that memory stays the same however many fail. Bytes that could harm a
 * terminal are escaped (base/text.h). A command of more than
 * FAILURES_COMMAND_BYTES loses its middle, since what tells jobs apart mostly
 * stands at the end: "[...]" stands in its place.
 */

#ifndef POOLRUN_FAILURES_H
#define POOLRUN_FAILURES_H

#include <stdint.h>

#include "base/buf.h"
#include "base/bytes.h"

struct failures;
struct result;

enum { FAILURES_TOLD = 10, FAILURES_COMMAND_BYTES = 160 };

struct failures *failures_new(void);
void failures_free(struct failures *failures);

/* A result that is a success is not added. The command is empty where none
 * could be made. */
void failures_add(struct failures *failures, const struct result *result,
                  struct bytes command);

uint64_t failures_count(const struct failures *failures);

/* The lines and, if there were more, how many more. Nothing without any. */
void failures_print(const struct failures *failures, struct buf *out);

#endif

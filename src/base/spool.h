/* SPDX-License-Identifier: MIT */
/* spool.h - bytes that are too many for memory, in one unlinked file
 *
 * The file is made in a folder at the first write and has no name from then
 * on, so that nothing of it outlives the process. It is a log of segments:
 * each write goes to the end of the newest one, and a segment whose bytes are
 * all released is used again (its disk blocks are given back at once). However
 * much is held, the spool has one descriptor.
 *
 * Safe to call from several threads.
 */

#ifndef POOLRUN_SPOOL_H
#define POOLRUN_SPOOL_H

#include <stddef.h>
#include <stdint.h>

struct err;
struct spool;

/* Where some bytes lie. An extent never spans two segments. */
struct extent {
    uint64_t offset;
    uint32_t len;
};

enum { SPOOL_SEGMENT_BYTES = 1 << 20 };

/* folder NULL: $TMPDIR, else /tmp. */
struct spool *spool_new(const char *folder);
void spool_free(struct spool *spool);

/* Write up to len (> 0) bytes; *extent tells how many and where. On -1 (no
 * room left, mostly) nothing is held. */
int spool_write(struct spool *spool, const void *data, size_t len,
                struct extent *extent, struct err *err)
    __attribute__((warn_unused_result));

/* Read len bytes from offset `from` within the extent. */
int spool_read(struct spool *spool, struct extent extent, uint32_t from,
               void *data, uint32_t len, struct err *err)
    __attribute__((warn_unused_result));

void spool_release(struct spool *spool, struct extent extent);

uint64_t spool_held_bytes(struct spool *spool);

#endif

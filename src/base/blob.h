/* SPDX-License-Identifier: MIT */
/* blob.h - one stream of bytes, in memory while they are few, else in a spool
 *
 * Grows at its end only. It is used by one thread at a time; handing the
 * pointer over hands over the blob.
 */

#ifndef POOLRUN_BLOB_H
#define POOLRUN_BLOB_H

#include <stddef.h>
#include <stdint.h>

struct blob;
struct err;
struct spool;

/* More bytes than this go to the spool. */
enum { BLOB_MEMORY_BYTES = 16384 };

/* The spool is lent until the blob is freed. */
struct blob *blob_new(struct spool *spool);
void blob_free(struct blob *blob);

/* Append all of data; nothing is ever lost. -1: the spool had no room, so more
 * than should be is in memory now; a later call tries the spool again. */
int blob_append(struct blob *blob, const void *data, size_t len,
                struct err *err) __attribute__((warn_unused_result));

/* Move what is in memory to the spool. -1: that had no room, and all is as
 * before. */
int blob_spill(struct blob *blob, struct err *err)
    __attribute__((warn_unused_result));

/* 0 for NULL. */
uint64_t blob_len(const struct blob *blob);

/* How many bytes of memory it takes for what it holds. */
size_t blob_memory(const struct blob *blob);

/* Read the bytes from offset on: up to room of them; *len tells how many, 0
 * at the end. */
int blob_read(const struct blob *blob, uint64_t offset, void *data, size_t room,
              size_t *len, struct err *err) __attribute__((warn_unused_result));

#endif

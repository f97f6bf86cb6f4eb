/* SPDX-License-Identifier: MIT */
/* blob_walk.h - a blob from one place to another, piece by piece
 *
 *     struct blob_walk walk;
 *     blob_walk_init(&walk, blob, 0, blob_len(blob));
 *     while ((more = blob_walk_next(&walk, err)) > 0) { use walk.piece }
 *
 * Every piece but the last has BLOB_WALK_BYTES, unless blob_walk_keep gave
 * some back.
 */

#ifndef POOLRUN_BLOB_WALK_H
#define POOLRUN_BLOB_WALK_H

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

struct blob;
struct err;

/* A multiple of three, so that pieces can be written as base64. */
enum { BLOB_WALK_BYTES = 3 * 16384 };

struct blob_walk {
    const struct blob *blob;
    uint64_t offset; /* behind the piece */
    uint64_t end;
    struct bytes piece; /* lent until the next call */
    char data[BLOB_WALK_BYTES];
};

/* The blob (may be NULL: no bytes) is lent for the walk and does not change.
 * An end behind that of the blob is that of the blob. */
void blob_walk_init(struct blob_walk *walk, const struct blob *blob,
                    uint64_t begin, uint64_t end);

/* 1: walk->piece is the next one, not empty. 0: that was all. -1: err. */
int blob_walk_next(struct blob_walk *walk, struct err *err)
    __attribute__((warn_unused_result));

/* Leave the last len bytes of the piece to the next one. At the end of the
 * walk there is no next one: then nothing is left and it is false. */
bool blob_walk_keep(struct blob_walk *walk, size_t len);

#endif

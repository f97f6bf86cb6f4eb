/* SPDX-License-Identifier: MIT */
#include "base/blob_walk.h"

#include <assert.h>

#include "base/blob.h"

void blob_walk_init(struct blob_walk *walk, const struct blob *blob,
                    uint64_t begin, uint64_t end)
{
    uint64_t len = blob_len(blob);
    walk->blob = blob;
    walk->offset = begin;
    walk->end = end < len ? end : len;
    walk->piece = (struct bytes){walk->data, 0};
}

int blob_walk_next(struct blob_walk *walk, struct err *err)
{
    size_t held = 0;
    while (walk->offset < walk->end && held < BLOB_WALK_BYTES) {
        uint64_t rest = walk->end - walk->offset;
        size_t room = BLOB_WALK_BYTES - held;
        size_t len = 0;
        room = rest < room ? (size_t)rest : room;
        if (blob_read(walk->blob, walk->offset, walk->data + held, room, &len,
                      err)) {
            return -1;
        }
        assert(len > 0 && len <= room);
        held += len;
        walk->offset += len;
    }
    walk->piece.len = held;
    return held > 0;
}

bool blob_walk_keep(struct blob_walk *walk, size_t len)
{
    assert(len < walk->piece.len);
    if (walk->offset == walk->end) {
        return false;
    }
    walk->offset -= len;
    walk->piece.len -= len;
    return true;
}

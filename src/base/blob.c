/* SPDX-License-Identifier: MIT */
#include "base/blob.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/spool.h"
#include "base/xalloc.h"

struct piece {
    uint64_t begin; /* where in the blob */
    struct extent extent;
};

/* The bytes in the spool come first, those in memory follow them. */
struct blob {
    struct spool *spool;
    char *memory;
    size_t memory_len;
    size_t memory_room;
    struct piece *pieces;
    size_t piece_count;
    size_t piece_room;
    uint64_t spooled;
};

struct blob *blob_new(struct spool *spool)
{
    struct blob *blob = NEW(struct blob);
    blob->spool = spool;
    return blob;
}

static void release_pieces(struct blob *blob, size_t from)
{
    for (size_t i = from; i < blob->piece_count; i++) {
        spool_release(blob->spool, blob->pieces[i].extent);
    }
    blob->piece_count = from;
}

void blob_free(struct blob *blob)
{
    if (blob) {
        release_pieces(blob, 0);
        free(blob->pieces);
        free(blob->memory);
        free(blob);
    }
}

uint64_t blob_len(const struct blob *blob)
{
    return blob ? blob->spooled + blob->memory_len : 0;
}

size_t blob_memory(const struct blob *blob)
{
    return blob ? blob->memory_room + blob->piece_room * sizeof *blob->pieces
                : 0;
}

static void add_piece(struct blob *blob, uint64_t begin, struct extent extent)
{
    if (blob->piece_count == blob->piece_room) {
        blob->piece_room = blob->piece_room ? xmul(blob->piece_room, 2) : 1;
        blob->pieces = xrealloc_array(blob->pieces, blob->piece_room,
                                      sizeof *blob->pieces);
    }
    blob->pieces[blob->piece_count++] = (struct piece){begin, extent};
}

static int write_to_spool(struct blob *blob, const char *data, size_t len,
                          struct err *err)
{
    size_t before = blob->piece_count;
    uint64_t end = blob->spooled;
    while (len) {
        struct extent extent;
        if (spool_write(blob->spool, data, len, &extent, err)) {
            release_pieces(blob, before);
            return -1;
        }
        add_piece(blob, end, extent);
        end += extent.len;
        data += extent.len;
        len -= extent.len;
    }
    blob->spooled = end;
    return 0;
}

int blob_spill(struct blob *blob, struct err *err)
{
    if (write_to_spool(blob, blob->memory, blob->memory_len, err)) {
        return -1;
    }
    free(blob->memory);
    blob->memory = NULL;
    blob->memory_len = 0;
    blob->memory_room = 0;
    return 0;
}

static void add_to_memory(struct blob *blob, const void *data, size_t len)
{
    size_t needed = xadd(blob->memory_len, len);
    if (needed > blob->memory_room) {
        size_t room = xmul(blob->memory_room, 2);
        room = room < needed ? needed : room;
        blob->memory = xrealloc_array(blob->memory, room, 1);
        blob->memory_room = room;
    }
    memcpy(blob->memory + blob->memory_len, data, len);
    blob->memory_len = needed;
}

static bool fits_in_memory(const struct blob *blob, size_t len)
{
    return blob->memory_len <= BLOB_MEMORY_BYTES &&
           len <= BLOB_MEMORY_BYTES - blob->memory_len;
}

int blob_append(struct blob *blob, const void *data, size_t len,
                struct err *err)
{
    if (!len) {
        return 0;
    }
    if (!fits_in_memory(blob, len)) {
        if (blob_spill(blob, err)) {
            add_to_memory(blob, data, len);
            return -1;
        }
        if (len > BLOB_MEMORY_BYTES) {
            if (!write_to_spool(blob, data, len, err)) {
                return 0;
            }
            add_to_memory(blob, data, len);
            return -1;
        }
    }
    add_to_memory(blob, data, len);
    return 0;
}

static const struct piece *find(const struct blob *blob, uint64_t offset)
{
    size_t low = 0;
    size_t high = blob->piece_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (blob->pieces[middle].begin <= offset) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return &blob->pieces[low];
}

static int read_spooled(const struct blob *blob, uint64_t offset, char *data,
                        size_t room, size_t *len, struct err *err)
{
    const struct piece *piece = find(blob, offset);
    uint32_t from = (uint32_t)(offset - piece->begin);
    uint32_t count = piece->extent.len - from;
    count = count < room ? count : (uint32_t)room;
    if (spool_read(blob->spool, piece->extent, from, data, count, err)) {
        return -1;
    }
    *len = count;
    return 0;
}

int blob_read(const struct blob *blob, uint64_t offset, void *data, size_t room,
              size_t *len, struct err *err)
{
    if (blob && offset < blob->spooled && room) {
        return read_spooled(blob, offset, data, room, len, err);
    }
    *len = 0;
    if (blob && offset < blob_len(blob)) {
        size_t from = (size_t)(offset - blob->spooled);
        size_t rest = blob->memory_len - from;
        *len = rest < room ? rest : room;
        memcpy(data, blob->memory + from, *len);
    }
    return 0;
}

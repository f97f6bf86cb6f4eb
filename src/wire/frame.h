/* SPDX-License-Identifier: MIT */
/* frame.h - what is said on a channel, as structs
 *
 * frames.def is the list. On the wire a frame is its length (4 bytes, big
 * endian) and one msgpack array: its number, then its fields in order. What a
 * peer sends is validated before anything is allocated for it.
 */

#ifndef POOLRUN_FRAME_H
#define POOLRUN_FRAME_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/bytes.h"

struct err;

enum {
    FRAME_VERSION_MIN = 1,
    FRAME_VERSION_MAX = 1,
    FRAME_HEADER_BYTES = 4,
    FRAME_MAX_BYTES = 8 << 20,
    FRAME_FIRST_OPTIONAL = 128,
};

enum frame_stream { FRAME_STDOUT = 1, FRAME_STDERR = 2 };

struct frame_id {
    uint64_t run;
    uint64_t epoch;
    uint64_t job;
    uint64_t attempt;
};

struct frame_bins {
    const struct bytes *items;
    size_t count;
};

typedef uint64_t frame_kind_U64;
typedef int64_t frame_kind_I64;
typedef struct bytes frame_kind_BIN;
typedef struct frame_bins frame_kind_BINS;
typedef struct frame_id frame_kind_ID;

#define FRAME(NAME, name, number) FRAME_##NAME = (number),
#define FIELD(type, KIND, name)
#define END(name)
enum frame_type {
#include "wire/frames.def"
    FRAME_TYPE_COUNT
};
#undef FRAME
#undef FIELD
#undef END

#define FRAME(NAME, name, number) struct frame_##name {
#define FIELD(type, KIND, name) frame_kind_##KIND name;
#define END(name)                                                              \
    }                                                                          \
    ;
#include "wire/frames.def"
#undef FRAME
#undef FIELD
#undef END

#define FRAME(NAME, name, number) struct frame_##name name;
#define FIELD(type, KIND, name)
#define END(name)
struct frame {
    enum frame_type type;
    union {
#include "wire/frames.def"
    };
};
#undef FRAME
#undef FIELD
#undef END

/* Append the frame, with its length in front. Its bytes are copied. */
void frame_encode(const struct frame *frame, struct buf *out);

struct frame_decoder; /* the memory decoded lists live in */
struct frame_decoder *frame_decoder_new(void);
void frame_decoder_free(struct frame_decoder *decoder);

/* How long the frame at the front of bytes is, header included; 0 = its header
 * is not all there. -1: longer than any frame may be. */
int64_t frame_length(struct bytes bytes);

/* Decode one frame (body without the length). What it holds is lent from body
 * and the decoder until the next call. 1; 0 for an optional frame that is not
 * known; -1 with a sentence for anything that is no frame of ours. */
int frame_decode(struct frame_decoder *decoder, struct bytes body,
                 struct frame *frame, struct err *err)
    __attribute__((warn_unused_result));

const char *frame_name(enum frame_type type);

/* The fields of a type, for the table in the protocol's document and for the
 * test that sends every frame there and back; ends with name NULL. */
enum frame_kind {
    FRAME_KIND_U64,
    FRAME_KIND_I64,
    FRAME_KIND_BIN,
    FRAME_KIND_BINS,
    FRAME_KIND_ID,
};
struct frame_field {
    const char *name;
    enum frame_kind kind;
    size_t offset; /* within struct frame */
};
const struct frame_field *frame_fields(enum frame_type type);

#endif

/* SPDX-License-Identifier: MIT */
#include "wire/frame.h"

#include <assert.h>
#include <errno.h>
#include <msgpack.h>
#include <string.h>

#include "base/err.h"
#include "base/xalloc.h"
#include "wire/msgpack_check.h"

enum { ZONE_CHUNK_BYTES = 2048 };

#define FRAME(NAME, name, number)                                              \
    static const struct frame_field fields_of_##name[] = {
#define FIELD(type, KIND, name)                                                \
    {#name, FRAME_KIND_##KIND, offsetof(struct frame, type.name)},
#define END(name)                                                              \
    {                                                                          \
        NULL, FRAME_KIND_U64, 0                                                \
    }                                                                          \
    }                                                                          \
    ;
#include "wire/frames.def"
#undef FRAME
#undef FIELD
#undef END

static const struct {
    const char *name;
    const struct frame_field *fields;
} types[] = {
#define FRAME(NAME, name, number) [number] = {#NAME, fields_of_##name},
#define FIELD(type, KIND, name)
#define END(name)
#include "wire/frames.def"
#undef FRAME
#undef FIELD
#undef END
};

const char *frame_name(enum frame_type type)
{
    return (size_t)type < sizeof types / sizeof *types ? types[type].name
                                                       : NULL;
}

const struct frame_field *frame_fields(enum frame_type type)
{
    return types[type].fields;
}

/* ---- encoding ---- */

static int write_to_buf(void *buf, const char *data, size_t len)
{
    buf_add(buf, data, len);
    return 0;
}

static void pack_bytes(msgpack_packer *packer, struct bytes bytes)
{
    (void)msgpack_pack_bin(packer, bytes.len); /* write_to_buf never fails */
    (void)msgpack_pack_bin_body(packer, bytes.data, bytes.len);
}

static void pack_field(msgpack_packer *packer, enum frame_kind kind,
                       const void *value)
{
    switch (kind) {
    case FRAME_KIND_U64:
        (void)msgpack_pack_uint64(packer, *(const uint64_t *)value);
        break;
    case FRAME_KIND_I64:
        (void)msgpack_pack_int64(packer, *(const int64_t *)value);
        break;
    case FRAME_KIND_BIN:
        pack_bytes(packer, *(const struct bytes *)value);
        break;
    case FRAME_KIND_BINS: {
        const struct frame_bins *bins = value;
        (void)msgpack_pack_array(packer, bins->count);
        for (size_t i = 0; i < bins->count; i++) {
            pack_bytes(packer, bins->items[i]);
        }
        break;
    }
    case FRAME_KIND_ID: {
        const struct frame_id *id = value;
        (void)msgpack_pack_uint64(packer, id->run);
        (void)msgpack_pack_uint64(packer, id->epoch);
        (void)msgpack_pack_uint64(packer, id->job);
        (void)msgpack_pack_uint64(packer, id->attempt);
        break;
    }
    }
}

static size_t elements_of(const struct frame_field *field)
{
    return field->kind == FRAME_KIND_ID ? 4 : 1;
}

void frame_encode(const struct frame *frame, struct buf *out)
{
    const struct frame_field *fields = types[frame->type].fields;
    size_t begin = out->len;
    size_t elements = 1;
    msgpack_packer packer;

    buf_add(out, "\0\0\0\0", FRAME_HEADER_BYTES);
    msgpack_packer_init(&packer, out, write_to_buf);
    for (const struct frame_field *field = fields; field->name; field++) {
        elements += elements_of(field);
    }
    (void)msgpack_pack_array(&packer, elements);
    (void)msgpack_pack_uint64(&packer, frame->type);
    for (const struct frame_field *field = fields; field->name; field++) {
        pack_field(&packer, field->kind, (const char *)frame + field->offset);
    }

    size_t len = out->len - begin - FRAME_HEADER_BYTES;
    assert(len <= FRAME_MAX_BYTES);
    unsigned char *header = (unsigned char *)out->data + begin;
    header[0] = (unsigned char)(len >> 24);
    header[1] = (unsigned char)(len >> 16);
    header[2] = (unsigned char)(len >> 8);
    header[3] = (unsigned char)len;
}

/* ---- decoding ---- */

struct frame_decoder {
    msgpack_zone zone;
};

struct frame_decoder *frame_decoder_new(void)
{
    struct frame_decoder *decoder = NEW(struct frame_decoder);
    bool ready = msgpack_zone_init(&decoder->zone, ZONE_CHUNK_BYTES);
    assert(ready);
    (void)ready; /* fails for lack of memory only */
    return decoder;
}

void frame_decoder_free(struct frame_decoder *decoder)
{
    if (decoder) {
        msgpack_zone_destroy(&decoder->zone);
        free(decoder);
    }
}

int64_t frame_length(struct bytes bytes)
{
    const unsigned char *header = (const unsigned char *)bytes.data;
    if (bytes.len < FRAME_HEADER_BYTES) {
        return 0;
    }
    uint32_t len = (uint32_t)header[0] << 24 | (uint32_t)header[1] << 16 |
                   (uint32_t)header[2] << 8 | header[3];
    return len > FRAME_MAX_BYTES ? -1 : (int64_t)len + FRAME_HEADER_BYTES;
}

static bool get_u64(const msgpack_object *object, uint64_t *value)
{
    if (object->type != MSGPACK_OBJECT_POSITIVE_INTEGER) {
        return false;
    }
    *value = object->via.u64;
    return true;
}

static bool get_i64(const msgpack_object *object, int64_t *value)
{
    if (object->type == MSGPACK_OBJECT_NEGATIVE_INTEGER) {
        *value = object->via.i64;
        return true;
    }
    if (object->type == MSGPACK_OBJECT_POSITIVE_INTEGER &&
        object->via.u64 <= INT64_MAX) {
        *value = (int64_t)object->via.u64;
        return true;
    }
    return false;
}

static bool get_bytes(const msgpack_object *object, struct bytes *value)
{
    if (object->type != MSGPACK_OBJECT_BIN) {
        return false;
    }
    *value = (struct bytes){object->via.bin.ptr, object->via.bin.size};
    return true;
}

static bool get_bins(struct frame_decoder *decoder,
                     const msgpack_object *object, struct frame_bins *value)
{
    if (object->type != MSGPACK_OBJECT_ARRAY) {
        return false;
    }
    size_t count = object->via.array.size;
    struct bytes *items =
        count ? msgpack_zone_malloc(&decoder->zone, xmul(count, sizeof *items))
              : NULL;
    if (count && !items) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!get_bytes(&object->via.array.ptr[i], &items[i])) {
            return false;
        }
    }
    *value = (struct frame_bins){items, count};
    return true;
}

static bool get_field(struct frame_decoder *decoder,
                      const struct frame_field *field,
                      const msgpack_object *object, struct frame *frame)
{
    void *place = (char *)frame + field->offset;
    switch (field->kind) {
    case FRAME_KIND_U64:
        return get_u64(object, place);
    case FRAME_KIND_I64:
        return get_i64(object, place);
    case FRAME_KIND_BIN:
        return get_bytes(object, place);
    case FRAME_KIND_BINS:
        return get_bins(decoder, object, place);
    case FRAME_KIND_ID: {
        struct frame_id *id = place;
        return get_u64(&object[0], &id->run) &&
               get_u64(&object[1], &id->epoch) &&
               get_u64(&object[2], &id->job) &&
               get_u64(&object[3], &id->attempt);
    }
    }
    return false;
}

static int get_fields(struct frame_decoder *decoder,
                      const msgpack_object_array *array, struct frame *frame,
                      struct err *err)
{
    size_t next = 1;
    for (const struct frame_field *field = types[frame->type].fields;
         field->name && next < array->size; field++) {
        if (elements_of(field) > array->size - next ||
            !get_field(decoder, field, &array->ptr[next], frame)) {
            return err_set(err, EPROTO, "frame %s has a bad field %s",
                           frame_name(frame->type), field->name);
        }
        next += elements_of(field);
    }
    return 1;
}

int frame_decode(struct frame_decoder *decoder, struct bytes body,
                 struct frame *frame, struct err *err)
{
    if (!msgpack_check(body)) {
        return err_set(err, EPROTO, "bytes that are no frame");
    }
    msgpack_zone_clear(&decoder->zone);
    msgpack_object object;
    size_t offset = 0;
    if (msgpack_unpack(body.data, body.len, &offset, &decoder->zone, &object) !=
        MSGPACK_UNPACK_SUCCESS) {
        return err_set(err, EPROTO, "bytes that are no frame");
    }
    uint64_t type;
    if (object.type != MSGPACK_OBJECT_ARRAY || object.via.array.size < 1 ||
        !get_u64(&object.via.array.ptr[0], &type)) {
        return err_set(err, EPROTO, "a frame without a number");
    }
    if (type >= sizeof types / sizeof *types || !types[type].name) {
        return type >= FRAME_FIRST_OPTIONAL
                   ? 0
                   : err_set(err, EPROTO, "frame %llu is not known here",
                             (unsigned long long)type);
    }
    memset(frame, 0, sizeof *frame);
    frame->type = (enum frame_type)type;
    return get_fields(decoder, &object.via.array, frame, err);
}

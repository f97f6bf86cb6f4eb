/* SPDX-License-Identifier: MIT */
#include "out/member.h"

#include "base/blob.h"
#include "base/blob_walk.h"
#include "base/json.h"
#include "base/stream.h"
#include "base/text.h"
#include "base/utf8.h"

static void put_key(struct bytes key, const char *suffix, struct stream *stream)
{
    AUTO_BUF struct buf text = {0};
    AUTO_BUF struct buf quoted = {0};

    buf_add_bytes(&text, key);
    buf_add_text(&text, suffix);
    json_quote(buf_bytes(&text), &quoted);
    stream_put(stream, quoted.data, quoted.len);
    stream_put_char(stream, ':');
}

/* Without the quotes, so that pieces can follow each other. */
static void put_string_part(struct bytes part, struct stream *stream)
{
    AUTO_BUF struct buf quoted = {0};
    json_quote(part, &quoted);
    stream_put(stream, quoted.data + 1, quoted.len - 2);
}

static void put_base64_part(struct bytes part, struct stream *stream)
{
    AUTO_BUF struct buf text = {0};
    text_base64(part, &text);
    stream_put(stream, text.data, text.len);
}

static void put_json(struct bytes json, struct stream *stream)
{
    while (json.len) {
        size_t len = 0;
        while (len < json.len && json.data[len] != '\n' &&
               json.data[len] != '\r') {
            len++;
        }
        stream_put(stream, json.data, len);
        if (len < json.len) {
            stream_put_char(stream, ' ');
            len++;
        }
        json.data += len;
        json.len -= len;
    }
}

static void put_small(struct bytes key, const struct value *value,
                      struct stream *stream)
{
    bool is_utf8 = json_is_utf8(value->text);

    put_key(key, is_utf8 ? "" : "_base64", stream);
    if (is_utf8 && value->kind != VALUE_TEXT) {
        put_json(value->text, stream);
        return;
    }
    stream_put_char(stream, '"');
    if (is_utf8) {
        put_string_part(value->text, stream);
    } else {
        put_base64_part(value->text, stream);
    }
    stream_put_char(stream, '"');
}

/* The next piece, ending between two characters. */
static int next_characters(struct blob_walk *walk, struct err *err)
{
    int more = blob_walk_next(walk, err);
    size_t unfinished = more > 0 ? utf8_unfinished(walk->piece) : 0;
    if (unfinished && unfinished < walk->piece.len) {
        (void)blob_walk_keep(walk, unfinished); /* at the end it is no UTF-8 */
    }
    return more;
}

/* 1, 0, or -1 if it cannot be read. */
static int blob_is_utf8(const struct blob *blob, struct err *err)
{
    struct blob_walk walk;
    int more;

    blob_walk_init(&walk, blob, 0, UINT64_MAX);
    while ((more = next_characters(&walk, err)) > 0) {
        if (!json_is_utf8(walk.piece)) {
            return 0;
        }
    }
    return more < 0 ? -1 : 1;
}

static int put_blob(struct bytes key, const struct blob *blob,
                    struct stream *stream, struct err *err)
{
    struct blob_walk walk;
    int is_utf8 = blob_is_utf8(blob, err);
    int more;

    if (is_utf8 < 0) {
        return -1;
    }
    put_key(key, is_utf8 ? "" : "_base64", stream);
    stream_put_char(stream, '"');
    blob_walk_init(&walk, blob, 0, UINT64_MAX);
    while ((more = is_utf8 ? next_characters(&walk, err)
                           : blob_walk_next(&walk, err)) > 0) {
        if (is_utf8) {
            put_string_part(walk.piece, stream);
        } else {
            put_base64_part(walk.piece, stream);
        }
    }
    stream_put_char(stream, '"');
    return more;
}

int member_put(struct bytes key, const struct value *value,
               struct stream *stream, struct err *err)
{
    switch (value->kind) {
    case VALUE_NONE:
        put_key(key, "", stream);
        stream_put_text(stream, "null");
        return 0;
    case VALUE_BLOB:
        return put_blob(key, value->blob, stream, err);
    default:
        put_small(key, value, stream);
        return 0;
    }
}

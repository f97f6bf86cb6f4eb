/* SPDX-License-Identifier: MIT */
#include "out/cell.h"

#include "base/blob.h"
#include "base/blob_walk.h"
#include "base/json.h"
#include "base/stream.h"

typedef void put_bytes(struct bytes bytes, struct stream *stream);

/* How many bytes come before one of the set (as of strcspn, but of bytes; the
 * NUL is in no set). */
static size_t plain_len(struct bytes bytes, const char *set)
{
    size_t len = 0;
    while (len < bytes.len &&
           (!bytes.data[len] || !strchr(set, bytes.data[len]))) {
        len++;
    }
    return len;
}

static void put_tsv(struct bytes bytes, struct stream *stream)
{
    static const char from[] = "\t\n\r\\";
    static const char to[] = "tnr\\";

    while (bytes.len) {
        size_t len = plain_len(bytes, from);
        stream_put(stream, bytes.data, len);
        if (len < bytes.len) {
            stream_put_char(stream, '\\');
            stream_put_char(stream, to[strchr(from, bytes.data[len]) - from]);
            len++;
        }
        bytes.data += len;
        bytes.len -= len;
    }
}

static void put_doubling_quotes(struct bytes bytes, struct stream *stream)
{
    while (bytes.len) {
        size_t len = plain_len(bytes, "\"");
        stream_put(stream, bytes.data, len);
        if (len < bytes.len) {
            stream_put_text(stream, "\"\"");
            len++;
        }
        bytes.data += len;
        bytes.len -= len;
    }
}

static void put_quoted_if(struct bytes bytes, const char *set,
                          struct stream *stream)
{
    if (plain_len(bytes, set) == bytes.len) {
        stream_put(stream, bytes.data, bytes.len);
        return;
    }
    stream_put_char(stream, '"');
    put_doubling_quotes(bytes, stream);
    stream_put_char(stream, '"');
}

static void put_csv(struct bytes bytes, struct stream *stream)
{
    put_quoted_if(bytes, ",\"\r\n", stream);
}

static void put_quoted(struct bytes bytes, struct stream *stream)
{
    put_quoted_if(bytes, ",\"\r\n\t", stream);
}

static void put_json(struct bytes json, put_bytes *put, struct stream *stream)
{
    AUTO_BUF struct buf plain = {0};
    if (!bytes_equal(json, bytes_of("null"))) {
        json_plain(json, &plain);
        put(buf_bytes(&plain), stream);
    }
}

/* Where the blob ends for a cell. */
static int find_end(const struct blob *blob, uint64_t *end, struct err *err)
{
    uint64_t len = blob_len(blob);
    size_t read;
    char last = 0;

    if (len && blob_read(blob, len - 1, &last, 1, &read, err)) {
        return -1;
    }
    *end = len - (last == '\n');
    return 0;
}

static int put_pieces(struct blob_walk *walk, put_bytes *put,
                      struct stream *stream, struct err *err)
{
    int more;
    while ((more = blob_walk_next(walk, err)) > 0) {
        put(walk->piece, stream);
    }
    return more;
}

static int put_blob_tsv(const struct blob *blob, struct stream *stream,
                        struct err *err)
{
    struct blob_walk walk;
    uint64_t end;

    if (find_end(blob, &end, err)) {
        return -1;
    }
    blob_walk_init(&walk, blob, 0, end);
    return put_pieces(&walk, put_tsv, stream, err);
}

static int put_blob_to(const struct blob *blob, uint64_t end, put_bytes *put,
                       struct stream *stream, struct err *err)
{
    struct blob_walk walk;

    blob_walk_init(&walk, blob, 0, end);
    if (end <= BLOB_WALK_BYTES) {
        return put_pieces(&walk, put, stream, err);
    }
    stream_put_char(stream, '"');
    int failed = put_pieces(&walk, put_doubling_quotes, stream, err);
    stream_put_char(stream, '"');
    return failed;
}

static int put_blob_csv(const struct blob *blob, struct stream *stream,
                        struct err *err)
{
    uint64_t end;
    return find_end(blob, &end, err)
               ? -1
               : put_blob_to(blob, end, put_csv, stream, err);
}

static void put_small(const struct value *value, put_bytes *put,
                      struct stream *stream)
{
    if (value->kind == VALUE_JSON) {
        put_json(value->text, put, stream);
    } else if (value->kind != VALUE_NONE) {
        put(value->text, stream);
    }
}

int cell_put_tsv(const struct value *value, struct stream *stream,
                 struct err *err)
{
    if (value->kind == VALUE_BLOB) {
        return put_blob_tsv(value->blob, stream, err);
    }
    put_small(value, put_tsv, stream);
    return 0;
}

static int is_empty(const struct value *value, bool *empty, struct err *err)
{
    uint64_t end = 0;

    if (value->kind == VALUE_BLOB && find_end(value->blob, &end, err)) {
        return -1;
    }
    bool is_empty_json = value->kind == VALUE_JSON &&
                         (bytes_equal(value->text, bytes_of("null")) ||
                          bytes_equal(value->text, bytes_of("\"\"")));
    *empty = (!value->text.len && !end) || is_empty_json;
    return 0;
}

int cell_put_csv(const struct value *value, bool is_alone,
                 struct stream *stream, struct err *err)
{
    bool empty = false;

    if (is_alone && is_empty(value, &empty, err)) {
        return -1;
    }
    if (empty) {
        stream_put_text(stream, "\"\"");
        return 0;
    }
    if (value->kind == VALUE_BLOB) {
        return put_blob_csv(value->blob, stream, err);
    }
    put_small(value, put_csv, stream);
    return 0;
}

int cell_put_quoted(const struct value *value, struct stream *stream,
                    struct err *err)
{
    if (value->kind == VALUE_BLOB) {
        return put_blob_to(value->blob, blob_len(value->blob), put_quoted,
                           stream, err);
    }
    put_small(value, put_quoted, stream);
    return 0;
}

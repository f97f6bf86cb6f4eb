/* SPDX-License-Identifier: MIT */
#include "out/answer.h"

#include "base/blob.h"
#include "base/blob_walk.h"
#include "base/json.h"

int answer_read(struct answer *answer, const struct blob *out, struct err *err)
{
    AUTO_BUF struct buf tail = {0};
    struct blob_walk walk;
    uint64_t len = blob_len(out);
    uint64_t begin = len > ANSWER_BYTES ? len - ANSWER_BYTES : 0;
    int more;

    blob_walk_init(&walk, out, begin, len);
    while ((more = blob_walk_next(&walk, err)) > 0) {
        buf_add_bytes(&tail, walk.piece);
    }
    if (more < 0) {
        return -1;
    }
    *answer = (struct answer){tail, begin == 0};
    tail = (struct buf){0};
    return 0;
}

void answer_release(struct answer *answer)
{
    buf_release(&answer->tail);
}

static void drop_last_while(struct bytes *text, const char *set)
{
    while (text->len && text->data[text->len - 1] &&
           strchr(set, text->data[text->len - 1])) {
        text->len--;
    }
}

static void drop_first_while(struct bytes *text, const char *set)
{
    while (text->len && text->data[0] && strchr(set, text->data[0])) {
        text->data++;
        text->len--;
    }
}

bool answer_line(const struct answer *answer, struct bytes *line)
{
    struct bytes text = buf_bytes(&answer->tail);
    drop_last_while(&text, "\r\n");
    if (!text.len) {
        return false;
    }
    const char *newline = memrchr(text.data, '\n', text.len);
    if (!newline && !answer->is_whole) {
        return false;
    }
    const char *begin = newline ? newline + 1 : text.data;
    *line = (struct bytes){begin, (size_t)(text.data + text.len - begin)};
    return true;
}

bool answer_json(const struct answer *answer, struct bytes *json)
{
    struct bytes text = buf_bytes(&answer->tail);
    bool is_found = answer->is_whole && text.len && !json_check(text, NULL);
    if (!is_found) {
        is_found = answer_line(answer, &text) && !json_check(text, NULL);
    }
    if (is_found) {
        drop_first_while(&text, " \t\r\n");
        drop_last_while(&text, " \t\r\n");
        *json = text;
    }
    return is_found;
}

/* The blanks between fields are one separator, those outside are none. */
static char choose_separator(struct bytes *line)
{
    if (memchr(line->data, '\t', line->len)) {
        return '\t';
    }
    if (memchr(line->data, ',', line->len)) {
        return ',';
    }
    drop_first_while(line, " ");
    drop_last_while(line, " ");
    return ' ';
}

/* Take the first field off the line; false behind the last one. */
static bool next_field(struct bytes *line, char separator, struct bytes *field)
{
    if (!line->data) {
        return false;
    }
    const char *end = memchr(line->data, separator, line->len);
    size_t len = end ? (size_t)(end - line->data) : line->len;
    *field = (struct bytes){line->data, len};
    if (!end) {
        *line = (struct bytes){NULL, 0};
        return true;
    }
    line->data += len + 1;
    line->len -= len + 1;
    if (separator == ' ') {
        drop_first_while(line, " ");
    }
    return true;
}

static long count_fields(struct bytes line, char separator)
{
    struct bytes field;
    long count = 0;
    while (next_field(&line, separator, &field)) {
        count++;
    }
    return count;
}

bool answer_field(const struct answer *answer, long number, struct bytes *field)
{
    struct bytes line;
    struct bytes found = {NULL, 0};

    if (!answer_line(answer, &line)) {
        return false;
    }
    char separator = choose_separator(&line);
    if (number < 0) {
        number += count_fields(line, separator) + 1;
    }
    for (long i = 0; i < number; i++) {
        if (!next_field(&line, separator, &found)) {
            return false;
        }
    }
    if (number < 1) {
        return false;
    }
    if (separator == ',') {
        drop_first_while(&found, " ");
        drop_last_while(&found, " ");
    }
    *field = found;
    return true;
}

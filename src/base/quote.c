/* SPDX-License-Identifier: MIT */
#include "base/quote.h"

#include <stdbool.h>
#include <string.h>

static bool is_bare(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || (c && strchr("-_.+/", c));
}

static bool all_bare(struct bytes word)
{
    for (size_t i = 0; i < word.len; i++) {
        if (!is_bare(word.data[i])) {
            return false;
        }
    }
    return word.len > 0;
}

void quote_shell(struct bytes word, struct buf *out)
{
    if (all_bare(word)) {
        buf_add_bytes(out, word);
        return;
    }
    if (!word.len) {
        buf_add_text(out, "''");
    }
    /* runs of single quotes, and runs of anything else */
    for (size_t at = 0, end; at < word.len; at = end) {
        bool is_quote = word.data[at] == '\'';
        for (end = at + 1; end < word.len; end++) {
            if ((word.data[end] == '\'') != is_quote) {
                break;
            }
        }
        char mark = is_quote ? '"' : '\'';
        buf_add_char(out, mark);
        buf_add(out, word.data + at, end - at);
        buf_add_char(out, mark);
    }
}

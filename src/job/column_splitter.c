/* SPDX-License-Identifier: MIT */
#include "job/column_splitter.h"

#include <errno.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/xalloc.h"
#include "job/field_list.h"

enum split_way {
    SPLIT_UNDECIDED,
    SPLIT_TABS,
    SPLIT_BLANKS,
    SPLIT_TEXT,    /* a pattern without special characters */
    SPLIT_PATTERN, /* any other */
};

struct column_splitter {
    enum split_way way;
    bool trims;
    struct buf text;    /* SPLIT_TEXT */
    regex_t pattern;    /* SPLIT_PATTERN */
    struct buf subject; /* SPLIT_PATTERN: the line with its NUL */
};

struct column_splitter *column_splitter_new(void)
{
    return NEW(struct column_splitter);
}

/* Read a pattern: regex gets what regcomp understands, text what it means if
 * it is plain text. False if it is not. */
static bool read_pattern(const char *pattern, struct buf *regex,
                         struct buf *text)
{
    bool is_text = true;

    for (const char *at = pattern; *at; at++) {
        if (*at == '\\' && (at[1] == 't' || at[1] == 'n')) {
            char c = *++at == 't' ? '\t' : '\n';
            buf_add_char(regex, c);
            buf_add_char(text, c);
        } else if (*at == '\\' && at[1]) {
            buf_add(regex, at++, 2);
            buf_add_char(text, *at);
            is_text = is_text && strchr(".[]()*+?{}|^$\\", *at);
        } else {
            buf_add_char(regex, *at);
            buf_add_char(text, *at);
            is_text = is_text && !strchr(".[]()*+?{}|^$\\", *at);
        }
    }
    return is_text || (pattern[0] && !pattern[1]);
}

struct column_splitter *column_splitter_new_pattern(const char *pattern,
                                                    bool trims, struct err *err)
{
    AUTO_BUF struct buf regex = {0};
    AUTO_BUF struct buf text = {0};
    bool is_text = read_pattern(pattern, &regex, &text);

    if (!*pattern) {
        (void)err_set(err, EINVAL, "--colsep wants a pattern to split at");
        return NULL;
    }
    struct column_splitter *splitter = NEW(struct column_splitter);
    splitter->trims = trims;
    splitter->way = SPLIT_TEXT;
    if (is_text) {
        splitter->text = text;
        text = (struct buf){0};
        return splitter;
    }
    int status = regcomp(&splitter->pattern, buf_text(&regex), REG_EXTENDED);
    if (status) {
        char why[128];
        (void)regerror(status, &splitter->pattern, why, sizeof why);
        (void)err_set(err, EINVAL, "--colsep \"%s\": %s", pattern, why);
        free(splitter);
        return NULL;
    }
    splitter->way = SPLIT_PATTERN;
    return splitter;
}

void column_splitter_free(struct column_splitter *splitter)
{
    if (!splitter) {
        return;
    }
    if (splitter->way == SPLIT_PATTERN) {
        regfree(&splitter->pattern);
    }
    buf_release(&splitter->subject);
    buf_release(&splitter->text);
    free(splitter);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static struct bytes trimmed(struct bytes field)
{
    while (field.len && is_blank(field.data[field.len - 1])) {
        field.len--;
    }
    while (field.len && is_blank(field.data[0])) {
        field.data++;
        field.len--;
    }
    return field;
}

/* Append what stands between two places. */
static void add(struct field_list *fields, const char *from, const char *to,
                bool trims)
{
    struct bytes field = {from, (size_t)(to - from)};
    field_list_add(fields, trims ? trimmed(field) : field);
}

static void split_at_text(struct bytes line, struct bytes text, bool trims,
                          struct field_list *fields)
{
    const char *at = line.data;
    const char *end = line.data + line.len;
    const char *stop;

    while ((stop = memmem(at, (size_t)(end - at), text.data, text.len))) {
        add(fields, at, stop, trims);
        at = stop + text.len;
    }
    add(fields, at, end, trims);
}

static void split_at_blanks(struct bytes line, struct field_list *fields)
{
    line = trimmed(line);
    const char *end = line.data + line.len;
    const char *at = line.data;
    do {
        const char *start = at;
        while (at < end && !is_blank(*at)) {
            at++;
        }
        add(fields, start, at, false);
        while (at < end && is_blank(*at)) {
            at++;
        }
    } while (at < end);
}

static void split_at_pattern(struct column_splitter *splitter,
                             struct bytes line, struct field_list *fields)
{
    buf_clear(&splitter->subject);
    buf_add_bytes(&splitter->subject, line);
    const char *subject = buf_text(&splitter->subject);
    size_t start = 0; /* of the column */
    size_t from = 0;  /* where to look for its end */
    regmatch_t match;

    while (from < line.len && !regexec(&splitter->pattern, subject + from, 1,
                                       &match, from ? REG_NOTBOL : 0)) {
        size_t match_start = from + (size_t)match.rm_so;
        size_t match_end = from + (size_t)match.rm_eo;
        if (match_start == match_end) {
            from = match_end + 1;
            continue;
        }
        add(fields, line.data + start, line.data + match_start,
            splitter->trims);
        start = from = match_end;
    }
    add(fields, line.data + start, line.data + line.len, splitter->trims);
}

void column_splitter_split(struct column_splitter *splitter, struct bytes line,
                           struct field_list *fields)
{
    if (!line.len) {
        field_list_add(fields, (struct bytes){"", 0});
        return;
    }
    if (splitter->way == SPLIT_UNDECIDED) {
        bool has_tab = memchr(line.data, '\t', line.len);
        splitter->way = has_tab ? SPLIT_TABS : SPLIT_BLANKS;
    }
    switch (splitter->way) {
    case SPLIT_UNDECIDED:
        break;
    case SPLIT_TABS:
        split_at_text(line, bytes_of("\t"), false, fields);
        break;
    case SPLIT_BLANKS:
        split_at_blanks(line, fields);
        break;
    case SPLIT_TEXT:
        split_at_text(line, buf_bytes(&splitter->text), splitter->trims,
                      fields);
        break;
    case SPLIT_PATTERN:
        split_at_pattern(splitter, line, fields);
        break;
    }
}

/* SPDX-License-Identifier: MIT */
#include "job/placeholder.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>

#include "base/auto.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/xalloc.h"

/* More columns than a row of ROW_MAX_BYTES can have. */
enum { COLUMN_MAX = 99999999 };

/* As many of the known names as one error shows. */
enum { NAMES_SHOWN = 20 };

void piece_list_release(struct piece_list *list)
{
    free(list->items);
    *list = (struct piece_list){0};
}

void piece_list_add(struct piece_list *list, struct piece piece)
{
    if (list->count == list->room) {
        list->room = list->room ? xmul(list->room, 2) : 8;
        list->items =
            xrealloc_array(list->items, list->room, sizeof *list->items);
    }
    list->items[list->count++] = piece;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool begins_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           (unsigned char)c > 0x7f;
}

/* also: bytes that may stand in it beside letters, digits, _ and -. */
static bool looks_like_name(struct bytes text, const char *also)
{
    if (!text.len || !begins_name(text.data[0])) {
        return false;
    }
    for (size_t i = 1; i < text.len; i++) {
        char c = text.data[i];
        if (!begins_name(c) && !is_digit(c) && c != '-' &&
            !(c && strchr(also, c))) {
            return false;
        }
    }
    return true;
}

size_t placeholder_find_name(const struct bytes *names, size_t name_count,
                             struct bytes name)
{
    for (size_t i = 0; i < name_count; i++) {
        if (bytes_equal(names[i], name)) {
            return i + 1;
        }
    }
    return 0;
}

static bool take_angles(struct bytes *word)
{
    if (word->len < 3 || word->data[0] != '<' ||
        word->data[word->len - 1] != '>') {
        return false;
    }
    *word = (struct bytes){word->data + 1, word->len - 2};
    return true;
}

bool placeholder_is_angled(struct bytes word, struct bytes *name)
{
    if (!take_angles(&word)) {
        return false;
    }
    (void)path_form_take_suffix(&word); /* it is part of no name */
    if (!looks_like_name(word, " ")) {
        return false;
    }
    *name = word;
    return true;
}

static int unknown_name(const struct placeholder_syntax *syntax,
                        struct bytes text, struct bytes name, struct err *err)
{
    AUTO_BUF struct buf known = {0};
    size_t shown = 0;
    for (size_t i = 0; i < syntax->name_count; i++) {
        if (!syntax->names[i].len || shown > NAMES_SHOWN) {
            continue; /* a field without a name among others */
        }
        buf_add_text(&known, known.len ? ", " : "");
        if (++shown > NAMES_SHOWN) {
            buf_add_text(&known, "...");
        } else {
            buf_add_bytes(&known, syntax->names[i]);
        }
    }
    /* the advice stands before the list, which may be cut */
    return err_set(err, EINVAL,
                   "no field is named \"%.*s\"; if %.*s is meant as it "
                   "stands, give --no-names (and -I STR where {} is), else "
                   "choose one of: %s",
                   (int)name.len, name.data, (int)text.len, text.data,
                   buf_text(&known));
}

static bool names_have_blanks(const struct placeholder_syntax *syntax)
{
    for (size_t i = 0; i < syntax->name_count; i++) {
        struct bytes name = syntax->names[i];
        if (name.len && memchr(name.data, ' ', name.len)) {
            return true;
        }
    }
    return false;
}

/* A header may say "f." or "in/out": the whole is tried before its suffix. */
static int match_name(const struct placeholder_syntax *syntax,
                      struct bytes inner, struct piece *piece, struct err *err)
{
    struct bytes name = inner;
    size_t column =
        placeholder_find_name(syntax->names, syntax->name_count, name);
    enum path_form form = PATH_FORM_WHOLE;

    if (!column) {
        form = path_form_take_suffix(&name);
        column = placeholder_find_name(syntax->names, syntax->name_count, name);
    }
    if (column) {
        piece->kind = PIECE_COLUMN;
        piece->form = form;
        piece->column = (int)column;
        return 1;
    }
    if (syntax->name_count &&
        looks_like_name(name, names_have_blanks(syntax) ? " ." : ".")) {
        return unknown_name(syntax, piece->text, name, err);
    }
    return 0;
}

static int match_number(struct bytes inner, struct piece *piece,
                        struct err *err)
{
    enum path_form form = path_form_take_suffix(&inner);
    size_t at = inner.len && inner.data[0] == '-' ? 1 : 0;
    bool is_negative = at;
    int column = 0;

    if (at == inner.len) {
        return 0;
    }
    for (; at < inner.len; at++) {
        if (!is_digit(inner.data[at])) {
            return 0;
        }
        if (column <= COLUMN_MAX) {
            column = column * 10 + (inner.data[at] - '0');
        }
    }
    if (column == 0 || column > COLUMN_MAX) {
        return err_set(err, EINVAL,
                       "%.*s is no field: the first is {1}, the last is {-1}",
                       (int)piece->text.len, piece->text.data);
    }
    piece->kind = PIECE_COLUMN;
    piece->form = form;
    piece->column = is_negative ? -column : column;
    return 1;
}

/* {.} {/} {//} {/.} {#} {%} {@} */
static bool match_sign(struct bytes inner, struct piece *piece)
{
    struct bytes rest = inner;
    piece->form = path_form_take_suffix(&rest);
    if (piece->form != PATH_FORM_WHOLE) {
        piece->kind = PIECE_ROW;
        return !rest.len;
    }
    if (inner.len != 1) {
        return false;
    }
    switch (inner.data[0]) {
    case '#':
        piece->kind = PIECE_SEQ;
        return true;
    case '%':
        piece->kind = PIECE_SLOT;
        return true;
    case '@':
        piece->kind = PIECE_ALL;
        return true;
    default:
        return false;
    }
}

static int match_inner(const struct placeholder_syntax *syntax,
                       struct bytes inner, struct piece *piece, struct err *err)
{
    if (!inner.len) {
        return 0; /* {} where -I has given its part to another string */
    }
    if (match_sign(inner, piece)) {
        return 1;
    }
    int found = match_name(syntax, inner, piece, err);
    return found ? found : match_number(inner, piece, err);
}

static bool begins_with(struct bytes text, struct bytes prefix)
{
    return text.len >= prefix.len &&
           !memcmp(text.data, prefix.data, prefix.len);
}

/* The {...} at the front, if it is one: up to the first }, and with no other {
 * before that. */
static bool take_braces(struct bytes rest, struct bytes *inner)
{
    if (rest.data[0] != '{') {
        return false;
    }
    for (size_t i = 1; i < rest.len && rest.data[i] != '{'; i++) {
        if (rest.data[i] == '}') {
            *inner = (struct bytes){rest.data + 1, i - 1};
            return true;
        }
    }
    return false;
}

/* 1 if a placeholder begins here, 0 if not. */
static int match(const struct placeholder_syntax *syntax, struct bytes rest,
                 struct piece *piece, struct err *err)
{
    struct bytes inner;

    *piece = (struct piece){.text = rest};
    if (begins_with(rest, syntax->replace)) {
        piece->kind = PIECE_ROW;
        piece->text.len = syntax->replace.len;
        return 1;
    }
    if (take_braces(rest, &inner)) {
        piece->text.len = inner.len + 2;
        return match_inner(syntax, inner, piece, err);
    }
    return 0;
}

/* The whole word as <name>. */
static int match_angles(const struct placeholder_syntax *syntax,
                        struct bytes word, struct piece *piece, struct err *err)
{
    struct bytes inner = word;

    *piece = (struct piece){.text = word};
    if (!syntax->name_count || bytes_equal(word, syntax->replace) ||
        !take_angles(&inner)) {
        return 0;
    }
    return match_name(syntax, inner, piece, err);
}

static void add_literal(struct piece_list *list, struct bytes text)
{
    piece_list_add(list, (struct piece){.kind = PIECE_LITERAL, .text = text});
}

int placeholder_parse(const struct placeholder_syntax *syntax,
                      struct bytes word, struct piece_list *list,
                      struct err *err)
{
    struct piece piece;
    int found = match_angles(syntax, word, &piece, err);
    if (found < 0) {
        return -1;
    }
    if (found || !word.len) {
        piece_list_add(list, piece); /* nothing found: an empty literal */
        return 0;
    }
    size_t start = 0; /* of the literal that is growing */
    for (size_t at = 0; at < word.len;) {
        struct bytes rest = {word.data + at, word.len - at};
        found = match(syntax, rest, &piece, err);
        if (found < 0) {
            return -1;
        }
        if (!found) {
            at++;
            continue;
        }
        if (start < at) {
            add_literal(list, (struct bytes){word.data + start, at - start});
        }
        piece_list_add(list, piece);
        at += piece.text.len;
        start = at;
    }
    if (start < word.len) {
        add_literal(list, (struct bytes){word.data + start, word.len - start});
    }
    return 0;
}

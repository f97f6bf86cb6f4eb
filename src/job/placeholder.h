/* SPDX-License-Identifier: MIT */
/* placeholder.h - a word of a template, cut into its pieces
 *
 *     x{}-{2.}    LITERAL "x", ROW, LITERAL "-", COLUMN 2 (its stem)
 *     {max temp}  COLUMN, if one of the names is "max temp"
 *     <p>         the same as {p}, if it is the whole word
 *
 * The form is that of base/path_form.h. A known name wins over a number: in a
 * table whose header says 2024, {2024} is that column. What looks like nothing
 * of ours is literal.
 */

#ifndef POOLRUN_PLACEHOLDER_H
#define POOLRUN_PLACEHOLDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"
#include "base/path_form.h"

struct err;

enum piece_kind {
    PIECE_LITERAL,
    PIECE_ROW,    /* {} */
    PIECE_COLUMN, /* {2}, {-1}, {name}, <name> */
    PIECE_ALL,    /* {@} */
    PIECE_SEQ,    /* {#} */
    PIECE_SLOT,   /* {%} */
};

struct piece {
    enum piece_kind kind;
    enum path_form form; /* of ROW and COLUMN */
    int column;          /* from 1, or from -1 counted from the end; never 0 */
    struct bytes text;   /* as it stands in the word; lent by the word */
};

struct placeholder_syntax {
    struct bytes replace;      /* what stands for the row; never empty */
    const struct bytes *names; /* of the columns; lent */
    size_t name_count;         /* 0: {name} and <name> are literal */
};

struct piece_list {
    struct piece *items;
    size_t count;
    size_t room;
};

void piece_list_release(struct piece_list *list);
void piece_list_add(struct piece_list *list, struct piece piece);

/* Append the pieces of word; its bytes are lent to them. An empty word is one
 * empty literal. An error names a number no column can have, or a name that is
 * none of the syntax's and what to do about it; the list may then hold some
 * pieces of the word. */
int placeholder_parse(const struct placeholder_syntax *syntax,
                      struct bytes word, struct piece_list *list,
                      struct err *err) __attribute__((warn_unused_result));

/* True if the word is <name>, or <name> with a path suffix as in <name.>: a
 * name of letters, digits, blanks, - and _ that begins with a letter or _.
 * Bytes over 0x7f are letters. */
bool placeholder_is_angled(struct bytes word, struct bytes *name);

/* The column of a name, from 1; 0 if it is none of them. The first of equal
 * names counts. */
size_t placeholder_find_name(const struct bytes *names, size_t name_count,
                             struct bytes name);

#endif

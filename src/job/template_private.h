/* SPDX-License-Identifier: MIT */
/* template_private.h - what template.c builds and template_expand.c reads */

#ifndef POOLRUN_TEMPLATE_PRIVATE_H
#define POOLRUN_TEMPLATE_PRIVATE_H

#include "job/placeholder.h"
#include "job/template.h"

struct template_word {
    size_t first; /* of its pieces */
    size_t count; /* at least 1 */
};

struct template
{
    struct bytes *texts; /* of the words; owned, with a NUL behind each */
    size_t word_count;   /* 0: each row is a command line */
    struct bytes *names; /* owned */
    size_t name_count;
    struct piece_list pieces; /* of all words; lent by texts */
    struct template_word *words;
    bool is_shell;
    bool appends;         /* one more word, of one piece: the row */
    size_t exact_columns; /* a row must have; 0 = no such rule */
    size_t widest;        /* index of the piece that needs most columns */
    size_t needed;        /* that many; 0 = no piece needs any */
};

#endif

/* SPDX-License-Identifier: MIT */
/* source_list.h - the input sources of a command line, in their order
 *
 * Texts and words are those of argv and are lent from it.
 */

#ifndef POOLRUN_SOURCE_LIST_H
#define POOLRUN_SOURCE_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct err;

enum source_kind {
    SOURCE_STDIN,
    SOURCE_FILE,   /* text is its name */
    SOURCE_VALUES, /* words are the rows */
    SOURCE_PARAM,  /* text is NAME=SPEC */
};

struct source_item {
    enum source_kind kind;
    bool is_linked; /* advances with the source before it, as :::+ says */
    const char *text;
    char **words;
    size_t word_count;
};

struct source_list {
    struct source_item *items;
    size_t len;
};

void source_list_release(struct source_list *list);
void source_list_add(struct source_list *list, struct source_item item);

/* Add a file; "-" is standard input. */
void source_list_add_file(struct source_list *list, const char *name,
                          bool is_linked);

/* True for ":::", "::::" and both with a "+". */
bool source_list_starts_at(const char *word);

/* Add what words say that begin with one of those. */
int source_list_add_words(struct source_list *list, char **words, size_t count,
                          struct err *err) __attribute__((warn_unused_result));

/* Standard input stands there at most once, and no --param twice? */
int source_list_check(const struct source_list *list, struct err *err)
    __attribute__((warn_unused_result));

#endif

/* SPDX-License-Identifier: MIT */
#include "cli/source_list.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/xalloc.h"

static const struct {
    const char *word;
    bool of_files;
    bool is_linked;
} marks[] = {
    {":::", false, false},
    {":::+", false, true},
    {"::::", true, false},
    {"::::+", true, true},
};

enum { MARK_COUNT = sizeof marks / sizeof *marks };

static size_t find_mark(const char *word)
{
    size_t mark = 0;
    while (mark < MARK_COUNT && strcmp(marks[mark].word, word)) {
        mark++;
    }
    return mark;
}

bool source_list_starts_at(const char *word)
{
    return find_mark(word) < MARK_COUNT;
}

void source_list_release(struct source_list *list)
{
    free(list->items);
    *list = (struct source_list){0};
}

void source_list_add(struct source_list *list, struct source_item item)
{
    list->items =
        xrealloc_array(list->items, xadd(list->len, 1), sizeof *list->items);
    list->items[list->len++] = item;
}

void source_list_add_file(struct source_list *list, const char *name,
                          bool is_linked)
{
    bool is_stdin = !strcmp(name, "-");
    source_list_add(list, (struct source_item){.kind = is_stdin ? SOURCE_STDIN
                                                                : SOURCE_FILE,
                                               .is_linked = is_linked,
                                               .text = is_stdin ? NULL : name});
}

/* Add the words that follow one mark. */
static int add_marked(struct source_list *list, size_t mark, char **words,
                      size_t count, struct err *err)
{
    const char *name = marks[mark].word;

    if (marks[mark].is_linked && !list->len) {
        return err_set(err, EINVAL,
                       "%s links to the source before it, and there is none",
                       name);
    }
    if (!marks[mark].of_files) {
        source_list_add(list,
                        (struct source_item){.kind = SOURCE_VALUES,
                                             .is_linked = marks[mark].is_linked,
                                             .words = words,
                                             .word_count = count});
        return 0;
    }
    if (!count) {
        return err_set(err, EINVAL, "%s takes files, and none follows", name);
    }
    for (size_t i = 0; i < count; i++) {
        if (!*words[i]) {
            return err_set(err, EINVAL, "%s takes files, not \"\"", name);
        }
        source_list_add_file(list, words[i], marks[mark].is_linked);
    }
    return 0;
}

int source_list_add_words(struct source_list *list, char **words, size_t count,
                          struct err *err)
{
    size_t begin = 0;
    while (begin < count) {
        size_t mark = find_mark(words[begin++]);
        size_t end = begin;
        while (end < count && !source_list_starts_at(words[end])) {
            end++;
        }
        if (add_marked(list, mark, words + begin, end - begin, err) < 0) {
            return -1;
        }
        begin = end;
    }
    return 0;
}

static bool same_param(const struct source_item *a, const struct source_item *b)
{
    size_t len = strcspn(a->text, "=");
    return len == strcspn(b->text, "=") && !memcmp(a->text, b->text, len);
}

static int check_pair(const struct source_item *a, const struct source_item *b,
                      struct err *err)
{
    if (a->kind != b->kind) {
        return 0;
    }
    if (a->kind == SOURCE_STDIN) {
        return err_set(err, EINVAL, "standard input can be only one source");
    }
    if (a->kind == SOURCE_PARAM && same_param(a, b)) {
        return err_set(err, EINVAL, "--param gives %.*s twice",
                       (int)strcspn(a->text, "="), a->text);
    }
    return 0;
}

int source_list_check(const struct source_list *list, struct err *err)
{
    for (size_t i = 0; i < list->len; i++) {
        for (size_t k = 0; k < i; k++) {
            if (check_pair(&list->items[i], &list->items[k], err) < 0) {
                return -1;
            }
        }
    }
    return 0;
}

/* SPDX-License-Identifier: MIT */
#include "job/template.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/xalloc.h"
#include "job/row.h"
#include "job/template_private.h"

static struct bytes copy(struct bytes bytes)
{
    return (struct bytes){xmemdup0(bytes.data, bytes.len), bytes.len};
}

static void free_all(struct bytes *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free((char *)items[i].data); /* from copy */
    }
    free(items);
}

static bool holds_nul(struct bytes bytes)
{
    return bytes.len && memchr(bytes.data, '\0', bytes.len);
}

static int copy_words(struct template *template, const struct bytes *words,
                      size_t count, struct err *err)
{
    /* one more: what is appended */
    template->words = NEW_ARRAY(struct template_word, xadd(count, 1));
    template->texts = NEW_ARRAY(struct bytes, count);
    for (size_t i = 0; i < count; i++) {
        if (holds_nul(words[i])) {
            return err_set(err, EINVAL, "word %zu of the command holds a NUL",
                           i + 1);
        }
        template->texts[template->word_count++] = copy(words[i]);
    }
    return 0;
}

static void bind_angled_names(struct template *template, struct bytes replace)
{
    struct bytes name;

    template->names = NEW_ARRAY(struct bytes, template->word_count);
    for (size_t i = 0; i < template->word_count; i++) {
        struct bytes word = template->texts[i];
        if (!bytes_equal(word, replace) && placeholder_is_angled(word, &name) &&
            !placeholder_find_name(template->names, template->name_count,
                                   name)) {
            template->names[template->name_count++] = copy(name);
        }
    }
    template->exact_columns = template->name_count;
}

static void copy_names(struct template *template, const struct bytes *names,
                       size_t count)
{
    template->names = NEW_ARRAY(struct bytes, count);
    for (size_t i = 0; i < count; i++) {
        template->names[template->name_count++] = copy(names[i]);
    }
}

static int parse_words(struct template *template, struct bytes replace,
                       struct err *err)
{
    const struct placeholder_syntax syntax = {replace, template->names,
                                              template->name_count};

    for (size_t i = 0; i < template->word_count; i++) {
        struct template_word *word = &template->words[i];
        word->first = template->pieces.count;
        if (placeholder_parse(&syntax, template->texts[i], &template->pieces,
                              err) < 0) {
            return -1;
        }
        word->count = template->pieces.count - word->first;
    }
    return 0;
}

/* {@} is any number of arguments, so it cannot be a part of one. */
static int check_all_fields(const struct template *template, struct err *err)
{
    for (size_t i = 0; i < template->word_count; i++) {
        const struct template_word *word = &template->words[i];
        for (size_t at = 0; at < word->count && word->count > 1; at++) {
            if (template->pieces.items[word->first + at].kind == PIECE_ALL) {
                return err_set(err, EINVAL,
                               "{@} must be an argument of its own, not a "
                               "part of \"%s\" (with --shell it may be)",
                               template->texts[i].data);
            }
        }
    }
    return 0;
}

static bool has_placeholder(const struct template *template)
{
    for (size_t i = 0; i < template->pieces.count; i++) {
        if (template->pieces.items[i].kind != PIECE_LITERAL) {
            return true;
        }
    }
    return false;
}

static void append_row(struct template *template, bool append_fields)
{
    struct piece piece = {
        .kind = append_fields ? PIECE_ALL : PIECE_ROW,
        .text = bytes_of(append_fields ? "{@}" : "{}"),
    };
    template->words[template->word_count] =
        (struct template_word){template->pieces.count, 1};
    piece_list_add(&template->pieces, piece);
    template->appends = true;
}

static void measure_columns(struct template *template)
{
    for (size_t i = 0; i < template->pieces.count; i++) {
        int column = template->pieces.items[i].column;
        size_t needed = (size_t)abs(column);
        if (needed > template->needed) {
            template->needed = needed;
            template->widest = i;
        }
        if (template->exact_columns && column > 0 &&
            needed > template->exact_columns) {
            template->exact_columns = needed;
        }
    }
}

static int build(struct template *template, const struct bytes *words,
                 size_t word_count, const struct bytes *names,
                 size_t name_count, const struct template_options *options,
                 struct err *err)
{
    struct bytes replace = bytes_of(options->replace ? options->replace : "{}");

    if (!replace.len) {
        return err_set(err, EINVAL, "-I needs a string that is not empty");
    }
    if (copy_words(template, words, word_count, err) < 0) {
        return -1;
    }
    if (!options->no_names && name_count) {
        copy_names(template, names, name_count);
    } else if (!options->no_names) {
        bind_angled_names(template, replace);
    }
    if (parse_words(template, replace, err) < 0) {
        return -1;
    }
    template->is_shell = options->shell || !word_count;
    if (!template->is_shell && check_all_fields(template, err) < 0) {
        return -1;
    }
    if (word_count && !options->append_nothing && !has_placeholder(template)) {
        append_row(template, options->append_fields);
    }
    measure_columns(template);
    return 0;
}

struct template *template_new(const struct bytes *words, size_t word_count,
                              const struct bytes *names, size_t name_count,
                              const struct template_options *options,
                              struct err *err)
{
    struct template *template = NEW(struct template);

    if (build(template, words, word_count, names, name_count, options, err) <
        0) {
        template_free(template);
        return NULL;
    }
    return template;
}

void template_free(struct template *template)
{
    if (template) {
        free_all(template->texts, template->word_count);
        free_all(template->names, template->name_count);
        piece_list_release(&template->pieces);
        free(template->words);
        free(template);
    }
}

const struct bytes *template_names(const struct template *template,
                                   size_t *count)
{
    *count = template->name_count;
    return template->names;
}

enum template_column_use template_column_use(const struct template *template)
{
    if (template->name_count > 1) {
        return TEMPLATE_MANY_COLUMNS;
    }
    if (template->appends) {
        return TEMPLATE_ONE_COLUMN;
    }
    for (size_t i = 0; i < template->pieces.count; i++) {
        const struct piece *piece = &template->pieces.items[i];
        if (piece->kind == PIECE_ALL ||
            (piece->kind == PIECE_COLUMN && piece->column != 1)) {
            return TEMPLATE_MANY_COLUMNS;
        }
    }
    return TEMPLATE_ONE_COLUMN;
}

bool template_is_shell(const struct template *template)
{
    return template->is_shell;
}

const char *template_fixed_command(const struct template *template)
{
    if (template->is_shell) {
        return "/bin/sh";
    }
    const struct template_word *word = &template->words[0];
    bool is_fixed = word->count == 1 &&
                    template->pieces.items[word->first].kind == PIECE_LITERAL;
    return is_fixed ? template->texts[0].data : NULL;
}

static int refuse(const struct row *row, struct err *err, const char *why)
{
    if (row->line) {
        return err_set(err, EINVAL, "line %" PRIu64 " %s", row->line, why);
    }
    return err_set(err, EINVAL, "this row %s", why);
}

static int check_field_count(const struct template *template,
                             const struct row *row, struct err *err)
{
    char why[128];
    size_t has = row->field_count;
    const char *plural = has == 1 ? "" : "s";

    if (has < template->needed) {
        struct bytes text = template->pieces.items[template->widest].text;
        (void)snprintf(why, sizeof why, "has %zu field%s, %.*s needs %zu", has,
                       plural, (int)(text.len < 60 ? text.len : 60), text.data,
                       template->needed);
        return refuse(row, err, why);
    }
    if (template->exact_columns && has != template->exact_columns) {
        (void)snprintf(why, sizeof why,
                       "has %zu field%s, the command names %zu", has, plural,
                       template->exact_columns);
        return refuse(row, err, why);
    }
    const struct template_word *word = &template->words[0];
    if (!has && !template->is_shell && word->count == 1 &&
        template->pieces.items[word->first].kind == PIECE_ALL) {
        return refuse(row, err, "has no fields, and the command is {@}");
    }
    return 0;
}

static bool uses_nul(const struct piece *piece, const struct row *row)
{
    switch (piece->kind) {
    case PIECE_ROW:
        return holds_nul(row->text);
    case PIECE_COLUMN:
        return holds_nul(
            row->fields[piece->column > 0
                            ? (size_t)piece->column - 1
                            : row->field_count - (size_t)-piece->column]);
    case PIECE_ALL:
        for (size_t i = 0; i < row->field_count; i++) {
            if (holds_nul(row->fields[i])) {
                return true;
            }
        }
        return false;
    default:
        return false;
    }
}

int template_check(const struct template *template, const struct row *row,
                   struct err *err)
{
    if (row->fault) {
        return err_set(err, EINVAL, "%s", row->fault);
    }
    if (check_field_count(template, row, err) < 0) {
        return -1;
    }
    bool has_nul = !template->word_count && holds_nul(row->text);
    for (size_t i = 0; i < template->pieces.count && !has_nul; i++) {
        has_nul = uses_nul(&template->pieces.items[i], row);
    }
    if (has_nul) {
        return refuse(row, err, "holds a NUL, which no argument can");
    }
    return 0;
}

bool template_wants_shell(const char *command)
{
    return strpbrk(command, " \t\n|;$") != NULL;
}

/* SPDX-License-Identifier: MIT */
#include "cli/options.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/xalloc.h"
#include "cli/option_hint.h"
#include "cli/option_table.h"
#include "cli/option_value.h"

enum { OPTION_COUNT_MAX = 96 };

struct parser {
    int argc;
    char **argv;
    int at; /* the next word of argv */
    struct options *options;
    /* How the user wrote each option of the table; "" = not given. */
    char given[OPTION_COUNT_MAX][OPTION_SPELLED_SIZE];
};

/* What says two things at once. */
static const struct {
    const char *first;
    const char *second;
} conflicts[] = {
    {"csv", "jsonl"},          {"csv", "null"},        {"jsonl", "colsep"},
    {"jsonl", "header"},       {"jsonl", "trim"},      {"null", "delimiter"},
    {"keep-order", "ungroup"}, {"lb", "ungroup"},      {"tag", "ungroup"},
    {"tagstring", "ungroup"},  {"tag", "tagstring"},   {"format", "lb"},
    {"format", "ungroup"},     {"format", "tag"},      {"format", "tagstring"},
    {"columns", "lb"},         {"columns", "ungroup"}, {"columns", "tag"},
    {"columns", "tagstring"},
};

static char *given_as(struct parser *parser, const struct option_entry *entry)
{
    size_t index = (size_t)(entry - option_table);
    assert(index < OPTION_COUNT_MAX);
    return parser->given[index];
}

/* Take an option whose value, if it has one, may be the next word. */
static int take(struct parser *parser, const struct option_entry *entry,
                const char *spelled, const char *value, struct err *err)
{
    if (!option_takes_value(entry)) {
        if (value) {
            return err_set(err, EINVAL, "%s takes no value", spelled);
        }
    } else if (!value) {
        if (parser->at == parser->argc) {
            return option_refuse(entry, spelled, NULL, err);
        }
        value = parser->argv[parser->at++];
    }
    strcpy(given_as(parser, entry), spelled);
    return option_value_set(entry, spelled, value, parser->options, err);
}

/* --name, --name value or --name=value */
static int take_name(struct parser *parser, const char *word, struct err *err)
{
    struct bytes name = {word + 2, strcspn(word + 2, "=")};
    const char *value = name.data[name.len] ? name.data + name.len + 1 : NULL;
    const struct option_entry *entry = option_table_by_name(name);
    char spelled[OPTION_SPELLED_SIZE] = "--";

    if (!entry) {
        return option_hint_unknown_name(name.len ? name : bytes_of(word + 2),
                                        err);
    }
    memcpy(spelled + 2, name.data, name.len);
    return take(parser, entry, spelled, value, err);
}

/* -k, -0k, -j4, -j 4 or -kj4 */
static int take_letters(struct parser *parser, const char *word,
                        struct err *err)
{
    for (const char *letter = word + 1; *letter; letter++) {
        const struct option_entry *entry = option_table_by_letter(*letter);
        const char spelled[] = {'-', *letter, '\0'};

        if (!entry) {
            return option_hint_unknown_letter(*letter, word, err);
        }
        bool takes_rest = option_takes_value(entry) && letter[1];
        if (take(parser, entry, spelled, takes_rest ? letter + 1 : NULL, err) <
            0) {
            return -1;
        }
        if (option_takes_value(entry)) {
            return 0;
        }
    }
    return 0;
}

static bool is_done(const struct options *options)
{
    return options->help || options->version;
}

static int take_options(struct parser *parser, struct err *err)
{
    while (parser->at < parser->argc && !is_done(parser->options)) {
        const char *word = parser->argv[parser->at];
        if (word[0] != '-' || !word[1]) {
            return 0;
        }
        parser->at++;
        if (!strcmp(word, "--")) {
            return 0;
        }
        if ((word[1] == '-' ? take_name(parser, word, err)
                            : take_letters(parser, word, err)) < 0) {
            return -1;
        }
    }
    return 0;
}

/* The command, up to the first source, and the sources behind it. */
static int take_command(struct parser *parser, struct err *err)
{
    struct options *options = parser->options;
    char **words = parser->argv + parser->at;
    size_t count = (size_t)(parser->argc - parser->at);
    size_t len = 0;

    while (len < count && !source_list_starts_at(words[len])) {
        len++;
    }
    options->command = words;
    options->command_len = len;
    return source_list_add_words(&options->sources, words + len, count - len,
                                 err);
}

static int check_conflicts(struct parser *parser, struct err *err)
{
    for (size_t i = 0; i < sizeof conflicts / sizeof *conflicts; i++) {
        const char *first = given_as(
            parser, option_table_by_name(bytes_of(conflicts[i].first)));
        const char *second = given_as(
            parser, option_table_by_name(bytes_of(conflicts[i].second)));
        if (*first && *second) {
            return err_set(err, EINVAL, "%s and %s do not go together", first,
                           second);
        }
    }
    return 0;
}

static int finish(struct parser *parser, struct err *err)
{
    struct options *options = parser->options;

    if (check_conflicts(parser, err) < 0 ||
        source_list_check(&options->sources, err) < 0) {
        return -1;
    }
    if (!options->sources.len) {
        source_list_add_file(&options->sources, "-", false);
    }
    if (options->columns && !options->format) {
        options->format = OPTIONS_FORMAT_TSV;
    }
    if (options->trim == OPTIONS_TRIM_BOTH_REVERSED) {
        options->trim = OPTIONS_TRIM_BOTH;
    }
    return 0;
}

int options_parse(int argc, char **argv, struct options *options,
                  struct err *err)
{
    struct options parsed = {.max_args = 1,
                             .replace = "{}",
                             .jobs = "auto",
                             .retries = 1,
                             .crash_limit = 5};
    struct parser parser = {
        .argc = argc, .argv = argv, .at = argc ? 1 : 0, .options = &parsed};

    if (take_options(&parser, err) < 0 ||
        (!is_done(&parsed) &&
         (take_command(&parser, err) < 0 || finish(&parser, err) < 0))) {
        options_release(&parsed);
        return -1;
    }
    *options = parsed;
    return 0;
}

void options_release(struct options *options)
{
    source_list_release(&options->sources);
    free(options->env.items);
    *options = (struct options){0};
}

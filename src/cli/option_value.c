/* SPDX-License-Identifier: MIT */
#include "cli/option_value.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "cli/option_table.h"
#include "cli/options.h"

/* Each reads a value into a field: 0, or -1 when the value is not one. */
typedef int take_fn(const struct option_entry *entry, const char *value,
                    void *field);

static int take_nothing(const struct option_entry *entry, const char *value,
                        void *field)
{
    (void)entry, (void)value, (void)field;
    return 0;
}

static int take_flag(const struct option_entry *entry, const char *value,
                     void *field)
{
    (void)entry, (void)value;
    *(bool *)field = true;
    return 0;
}

static int take_nul(const struct option_entry *entry, const char *value,
                    void *field)
{
    (void)entry, (void)value;
    *(const char **)field = "\\0";
    return 0;
}

static int take_number(const struct option_entry *entry, const char *value,
                       void *field)
{
    const char *digits = value + strspn(value, "+-");
    char *end;

    errno = 0;
    long number = strtol(value, &end, 10);
    if (digits > value + 1 || *digits < '0' || *digits > '9' || *end || errno ||
        number < entry->min || number > entry->max) {
        return -1;
    }
    *(int *)field = (int)number;
    return 0;
}

static int take_choice(const struct option_entry *entry, const char *value,
                       void *field)
{
    const char *rest = entry->words;
    struct bytes word;

    for (int i = 1; option_next_word(&rest, &word); i++) {
        if (bytes_equal(word, bytes_of(value))) {
            *(int *)field = i;
            return 0;
        }
    }
    return -1;
}

static int take_any_text(const struct option_entry *entry, const char *value,
                         void *field)
{
    (void)entry;
    *(const char **)field = value;
    return 0;
}

static int take_text(const struct option_entry *entry, const char *value,
                     void *field)
{
    return *value ? take_any_text(entry, value, field) : -1;
}

static int take_load(const struct option_entry *entry, const char *value,
                     void *field)
{
    (void)entry;
    struct options_load load = {.unit = OPTIONS_LOAD_JOBS};
    size_t digits = strspn(value, "0123456789");
    size_t len = digits;

    if (value[len] == '.') {
        size_t decimals = strspn(value + len + 1, "0123456789");
        digits += decimals;
        len += 1 + decimals;
    }
    if (!strcmp(value + len, "%")) {
        load.unit = OPTIONS_LOAD_PERCENT;
    } else if (value[len]) {
        return -1;
    }
    load.limit = strtod(value, NULL);
    if (!digits || load.limit <= 0 || load.limit > 1e9) {
        return -1;
    }
    *(struct options_load *)field = load;
    return 0;
}

static bool names_are_good(const char *names)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    for (;;) {
        size_t len = strspn(names, allowed);
        if (!len || (*names >= '0' && *names <= '9')) {
            return false;
        }
        names += len;
        if (!*names) {
            return true;
        }
        if (*names++ != ',') {
            return false;
        }
    }
}

static int take_variables(const struct option_entry *entry, const char *value,
                          void *field)
{
    (void)entry;
    struct options_words *words = field;

    if (!names_are_good(value)) {
        return -1;
    }
    words->items =
        xrealloc_array(words->items, xadd(words->len, 1), sizeof *words->items);
    words->items[words->len++] = value;
    return 0;
}

static int take_source(const struct option_entry *entry, const char *value,
                       void *field)
{
    (void)entry;
    if (!*value) {
        return -1;
    }
    source_list_add_file(field, value, false);
    return 0;
}

static int take_param(const struct option_entry *entry, const char *value,
                      void *field)
{
    (void)entry;
    const char *equals = strchr(value, '=');

    if (!equals || equals == value || !equals[1]) {
        return -1;
    }
    source_list_add(field,
                    (struct source_item){.kind = SOURCE_PARAM, .text = value});
    return 0;
}

static take_fn *const takes[] = {
    [OPTION_IGNORED] = take_nothing,
    [OPTION_FLAG] = take_flag,
    [OPTION_NUMBER] = take_number,
    [OPTION_CHOICE] = take_choice,
    [OPTION_TEXT] = take_text,
    [OPTION_ANY_TEXT] = take_any_text,
    [OPTION_DURATION] = take_text,
    [OPTION_SIZE] = take_text,
    [OPTION_FILE] = take_text,
    [OPTION_FOLDER] = take_text,
    [OPTION_NUL] = take_nul,
    [OPTION_LOAD] = take_load,
    [OPTION_VARIABLES] = take_variables,
    [OPTION_SOURCE] = take_source,
    [OPTION_PARAM] = take_param,
};

bool option_takes_value(const struct option_entry *entry)
{
    return entry->argument;
}

int option_value_set(const struct option_entry *entry, const char *spelled,
                     const char *value, struct options *options,
                     struct err *err)
{
    void *field = (char *)options + entry->field;

    if (takes[entry->kind](entry, value, field) < 0) {
        return option_refuse(entry, spelled, value, err);
    }
    return 0;
}

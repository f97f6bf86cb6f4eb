/* SPDX-License-Identifier: MIT */
/* option_table.h - every option of poolrun is one entry of one table
 *
 * The parser, --help, the messages about a bad value, both completions and
 * the check of the manual come from it. Entries of a section stand together,
 * in the order of enum option_section.
 */

#ifndef POOLRUN_OPTION_TABLE_H
#define POOLRUN_OPTION_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"

struct err;

enum option_section {
    SECTION_INPUT,
    SECTION_COMMAND,
    SECTION_RUNNING,
    SECTION_OUTPUT,
    SECTION_OTHER,
};

/* What an option takes, and the type of its field in struct options. */
enum option_kind {
    OPTION_IGNORED,   /* nothing; has no field */
    OPTION_FLAG,      /* nothing; bool */
    OPTION_NUMBER,    /* min to max; int */
    OPTION_CHOICE,    /* one of words, counted from 1; int or an enum */
    OPTION_TEXT,      /* any text but ""; const char * */
    OPTION_ANY_TEXT,  /* any text; const char * */
    OPTION_DURATION,  /* const char * */
    OPTION_SIZE,      /* const char * */
    OPTION_FILE,      /* const char * */
    OPTION_FOLDER,    /* const char * */
    OPTION_NUL,       /* nothing; the const char * becomes "\\0" */
    OPTION_LOAD,      /* decimal or N%; struct options_load */
    OPTION_VARIABLES, /* NAME[,NAME...]; struct options_words */
    OPTION_SOURCE,    /* a file; struct source_list */
    OPTION_PARAM,     /* NAME=SPEC; struct source_list */
};

struct option_entry {
    enum option_section section;
    const char *letters;  /* "jP"; "" = none */
    const char *names;    /* "jobs max-procs", the one to teach first */
    const char *argument; /* as --help shows it; NULL = takes none */
    enum option_kind kind;
    int min;
    int max;
    const char *words; /* a choice is one of these; for other kinds they are
                        * what the completions offer; NULL = none */
    const char *takes; /* "a duration, such as 10"; NULL = as its kind says */
    size_t field;      /* its place in struct options */
    const char *help;  /* a line without a full stop */
};

extern const struct option_entry option_table[];
extern const size_t option_table_len;

/* No name is longer, with its dashes and a NUL. */
enum { OPTION_SPELLED_SIZE = 32 };

/* NULL where there is none. */
const struct option_entry *option_table_by_letter(char letter);
const struct option_entry *option_table_by_name(struct bytes name);

/* "Input", "Running jobs", ... */
const char *option_section_heading(enum option_section section);

/* Walk words that stand in a text with blanks between them, such as names:
 *     const char *rest = entry->names;
 *     struct bytes name;
 *     while (option_next_word(&rest, &name)) { ... }
 * A text that is NULL has none. */
bool option_next_word(const char **rest, struct bytes *word);

/* Fails with "--nice takes a whole number from -20 to 19, not "x"". spelled is
 * the option as the user wrote it; a value of NULL: there is none. */
int option_refuse(const struct option_entry *entry, const char *spelled,
                  const char *value, struct err *err);

#endif

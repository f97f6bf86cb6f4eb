/* SPDX-License-Identifier: MIT */
#include "cli/option_table.h"

#include <errno.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "cli/options.h"

enum { MANY = 1000000 };

/* Where a field stands; one of another type does not compile. */
#define FIELD(name, type)                                                      \
    (offsetof(struct options, name) +                                          \
     0 * sizeof(char[1 -                                                       \
                     2 * !__builtin_types_compatible_p(                        \
                             __typeof__(((struct options *)0)->name), type)]))

/* The columns that differ within a kind; name is the field. */
#define FLAG(section, letters, names, name, help)                              \
    {                                                                          \
        section, letters, names, NULL, OPTION_FLAG, 0, 0, NULL, NULL,          \
            FIELD(name, bool), help                                            \
    }
#define NUMBER(section, letters, names, min, max, name, help)                  \
    {                                                                          \
        section, letters, names, "N", OPTION_NUMBER, min, max, NULL, NULL,     \
            FIELD(name, int), help                                             \
    }
#define TEXT(section, letters, names, argument, kind, words, takes, name,      \
             help)                                                             \
    {                                                                          \
        section, letters, names, argument, kind, 0, 0, words, takes,           \
            FIELD(name, const char *), help                                    \
    }
#define OTHER(section, letters, names, argument, kind, words, name, type,      \
              help)                                                            \
    {                                                                          \
        section, letters, names, argument, kind, 0, 0, words, NULL,            \
            FIELD(name, type), help                                            \
    }
#define IGNORED(section, letters, names, help)                                 \
    {                                                                          \
        section, letters, names, NULL, OPTION_IGNORED, 0, 0, NULL, NULL, 0,    \
            help                                                               \
    }

const struct option_entry option_table[] = {
    OTHER(SECTION_INPUT, "a", "arg-file", "FILE", OPTION_SOURCE, NULL, sources,
          struct source_list,
          "take rows from FILE; - is standard input; several cross"),
    OTHER(SECTION_INPUT, "", "param", "NAME=SPEC", OPTION_PARAM, NULL, sources,
          struct source_list,
          "an axis of a grid: a,b,c or 1..64 or 0..1:0.25 or 1e-6..1e5*10"),
    FLAG(SECTION_INPUT, "", "link xapply", link,
         "read all sources side by side, short ones again from their start"),
    TEXT(SECTION_INPUT, "0", "null", NULL, OPTION_NUL, NULL, NULL, delimiter,
         "rows end with a NUL, not a newline"),
    TEXT(SECTION_INPUT, "d", "delimiter", "C", OPTION_TEXT, NULL,
         "one character, or an escape such as \\t or \\x3b", delimiter,
         "rows end with the character C; with --csv, fields do"),
    NUMBER(SECTION_INPUT, "nN", "max-args max-replace-args", 0, MANY, max_args,
           "N lines a row; 0 takes one line and appends nothing"),
    TEXT(SECTION_INPUT, "E", "eof", "STR", OPTION_ANY_TEXT, NULL, NULL, eof,
         "a line that is STR ends the input"),
    TEXT(SECTION_INPUT, "C", "colsep", "RE", OPTION_TEXT, NULL,
         "a regular expression", colsep,
         "split rows into fields where RE matches"),
    OTHER(SECTION_INPUT, "", "trim", "SIDES", OPTION_CHOICE, "n lr rl", trim,
          enum options_trim,
          "n leaves the blanks around fields that -C splits; lr cuts them"),
    FLAG(SECTION_INPUT, "", "csv", csv, "rows are CSV records"),
    FLAG(SECTION_INPUT, "", "jsonl", jsonl,
         "rows are JSON objects; their keys name the fields"),
    {SECTION_INPUT, "", "header", ":", OPTION_CHOICE, 0, 0, ":", NULL,
     FIELD(header, enum options_header), "the first row names the fields"},
    FLAG(SECTION_INPUT, "r", "no-run-if-empty", drop_empty,
         "drop rows that are empty"),
    FLAG(SECTION_INPUT, "", "shuf", shuf, "run the rows in random order"),

    TEXT(SECTION_COMMAND, "I", "replace", "STR", OPTION_TEXT, NULL, NULL,
         replace, "STR stands for the row, {} is nothing special"),
    FLAG(SECTION_COMMAND, "", "no-names", no_names,
         "{name} and <name> are plain text"),
    FLAG(SECTION_COMMAND, "", "shell", shell,
         "run the command by /bin/sh; values come quoted"),

    TEXT(SECTION_RUNNING, "jP", "jobs max-procs", "N", OPTION_TEXT,
         "auto 1 50% 100% 0", "auto, N, +N, -N or N%", jobs,
         "N at a time, +N or -N off the cores, N% of them; 0 no limit; auto"),
    TEXT(SECTION_RUNNING, "", "timeout", "TIME", OPTION_DURATION, NULL,
         "a duration, such as 10, 1.5m or 2h, or 300%", timeout,
         "end a job after TIME: 10, 1.5m, 2h; 300% of the median"),
    NUMBER(SECTION_RUNNING, "", "retries", 0, MANY, retries,
           "try a failing job N times in all; 0 until it succeeds"),
    TEXT(SECTION_RUNNING, "", "retry-delay", "TIME", OPTION_DURATION, NULL,
         NULL, retry_delay, "wait TIME before a job is tried again"),
    TEXT(SECTION_RUNNING, "", "delay", "TIME", OPTION_DURATION, NULL, NULL,
         delay, "leave TIME between the starts of two jobs"),
    OTHER(SECTION_RUNNING, "", "load", "N", OPTION_LOAD, NULL, load,
          struct options_load,
          "start no job while the load is N or more; N% of the cores"),
    TEXT(SECTION_RUNNING, "", "memfree", "SIZE", OPTION_SIZE, NULL, NULL,
         memfree, "start no job while less than SIZE is free"),
    TEXT(SECTION_RUNNING, "", "limit-mem", "SIZE", OPTION_SIZE, NULL, NULL,
         limit_mem, "end a job that takes more memory than SIZE"),
    NUMBER(SECTION_RUNNING, "", "nice", -20, 19, nice,
           "run jobs at niceness N, -20 to 19"),
    FLAG(SECTION_RUNNING, "", "pin", pin, "bind each worker to a core"),
    TEXT(SECTION_RUNNING, "", "wd workdir", "DIR", OPTION_FOLDER, NULL, NULL,
         wd, "run jobs in DIR"),
    OTHER(SECTION_RUNNING, "", "env", "NAME", OPTION_VARIABLES, NULL, env,
          struct options_words, "hand the variable NAME on to jobs"),
    TEXT(SECTION_RUNNING, "", "halt halt-on-error", "SPEC", OPTION_TEXT,
         "never now,fail=1 soon,fail=1 now,fail=10% soon,fail=10% "
         "now,success=1 soon,success=1 now,done=1 soon,done=1",
         "never or now|soon,fail|success|done=N|N%", halt,
         "stop early: now|soon,fail|success|done=N|N%"),
    TEXT(SECTION_RUNNING, "", "term-seq termseq", "SEQ", OPTION_TEXT, NULL,
         "signals and milliseconds, such as TERM,200,KILL", term_seq,
         "how to end a job: signals and milliseconds in turn"),
    FLAG(SECTION_RUNNING, "", "keep-background", keep_background,
         "let live what a finished job left running"),
    NUMBER(SECTION_RUNNING, "", "crash-limit", 1, MANY, crash_limit,
           "fail a job in which N workers died (5)"),
    FLAG(SECTION_RUNNING, "", "dry-run dryrun", dry_run,
         "print the commands, run nothing"),
    FLAG(SECTION_RUNNING, "t", "verbose", verbose,
         "print each command on stderr as it starts"),

    FLAG(SECTION_OUTPUT, "k", "keep-order", keep_order,
         "print in the order of the input"),
    FLAG(SECTION_OUTPUT, "", "lb line-buffer linebuffer", line_buffer,
         "print whole lines while jobs run"),
    FLAG(SECTION_OUTPUT, "u", "ungroup", ungroup,
         "print everything at once, untouched"),
    FLAG(SECTION_OUTPUT, "", "tag", tag,
         "put the row and a TAB before each line"),
    TEXT(SECTION_OUTPUT, "", "tagstring", "STR", OPTION_ANY_TEXT, NULL, NULL,
         tagstring, "put STR and a TAB before each line"),
    OTHER(SECTION_OUTPUT, "", "format", "FORMAT", OPTION_CHOICE,
          "tsv csv jsonl", format, enum options_format,
          "one record a job: tsv, csv or jsonl"),
    TEXT(SECTION_OUTPUT, "", "columns", "LIST", OPTION_TEXT,
         "seq exit signal seconds pool attempt slot started cpu peak_kib cause "
         "command stdout stderr result out[1] out[-1]",
         NULL, columns, "pick and order the columns of the records"),
    TEXT(SECTION_OUTPUT, "", "joblog jl", "FILE", OPTION_FILE, NULL, NULL,
         joblog, "write a line about each job to FILE"),
    TEXT(SECTION_OUTPUT, "", "results res", "DIR", OPTION_FOLDER, NULL, NULL,
         results, "keep each job's output in files below DIR"),
    FLAG(SECTION_OUTPUT, "", "bar eta", bar,
         "keep a line about the progress on stderr"),
    FLAG(SECTION_OUTPUT, "", "progress", progress,
         "print plain lines about the progress on stderr"),

    IGNORED(SECTION_OTHER, "q", "quote",
            "nothing: values are never read by a shell unless asked for"),
    IGNORED(SECTION_OTHER, "", "will-cite", "nothing"),
    FLAG(SECTION_OTHER, "h", "help", help, "print this help"),
    FLAG(SECTION_OTHER, "V", "version", version, "print name and version"),
};

const size_t option_table_len = sizeof option_table / sizeof *option_table;

const char *option_section_heading(enum option_section section)
{
    static const char *const headings[] = {
        [SECTION_INPUT] = "Input",     [SECTION_COMMAND] = "The command",
        [SECTION_RUNNING] = "Running", [SECTION_OUTPUT] = "Output",
        [SECTION_OTHER] = "Other",
    };
    return headings[section];
}

bool option_next_word(const char **rest, struct bytes *word)
{
    if (!*rest || !**rest) {
        return false;
    }
    word->data = *rest;
    word->len = strcspn(*rest, " ");
    *rest += word->len;
    *rest += strspn(*rest, " ");
    return true;
}

const struct option_entry *option_table_by_letter(char letter)
{
    for (size_t i = 0; letter && i < option_table_len; i++) {
        if (strchr(option_table[i].letters, letter)) {
            return &option_table[i];
        }
    }
    return NULL;
}

const struct option_entry *option_table_by_name(struct bytes name)
{
    for (size_t i = 0; i < option_table_len; i++) {
        const char *rest = option_table[i].names;
        struct bytes word;
        while (option_next_word(&rest, &word)) {
            if (bytes_equal(word, name)) {
                return &option_table[i];
            }
        }
    }
    return NULL;
}

static void add_words(struct buf *text, const char *words)
{
    const char *rest = words;
    struct bytes word;

    for (const char *glue = ""; option_next_word(&rest, &word);) {
        buf_add_text(text, glue);
        buf_add_bytes(text, word);
        glue = strchr(rest, ' ') ? ", " : " or ";
    }
}

static void add_what_it_takes(struct buf *text,
                              const struct option_entry *entry)
{
    static const char *const by_kind[] = {
        [OPTION_DURATION] = "a duration, such as 10, 1.5m or 2h",
        [OPTION_SIZE] = "a size, such as 500M or 2G",
        [OPTION_LOAD] = "a number, such as 3.5, or 80%",
        [OPTION_TEXT] = "a text",
        [OPTION_ANY_TEXT] = "a text",
        [OPTION_FILE] = "the name of a file",
        [OPTION_FOLDER] = "the name of a folder",
        [OPTION_VARIABLES] = "names of variables",
        [OPTION_SOURCE] = "the name of a file",
        [OPTION_PARAM] = "NAME=SPEC, such as p=1..64",
    };

    if (entry->takes) {
        buf_add_text(text, entry->takes);
    } else if (entry->kind == OPTION_NUMBER) {
        buf_printf(text, "a whole number from %d to %d", entry->min,
                   entry->max);
    } else if (entry->kind == OPTION_CHOICE) {
        add_words(text, entry->words);
    } else {
        buf_add_text(text, by_kind[entry->kind]);
    }
}

int option_refuse(const struct option_entry *entry, const char *spelled,
                  const char *value, struct err *err)
{
    AUTO_BUF struct buf takes = {0};

    add_what_it_takes(&takes, entry);
    if (!value) {
        return err_set(err, EINVAL, "%s takes %s, and nothing follows it",
                       spelled, buf_text(&takes));
    }
    return err_set(err, EINVAL, "%s takes %s, not \"%s\"", spelled,
                   buf_text(&takes), value);
}

/* SPDX-License-Identifier: MIT */
#include "cli/help.h"

#include "base/buf.h"
#include "cli/option_table.h"

enum { HELP_COLUMN = 28 };

static const char intro[] =
    "Usage: poolrun [OPTION]... [--] [COMMAND [ARG]...] [::: VALUE...]...\n"
    "\n"
    "Run COMMAND once for each row of standard input, of files or of values,\n"
    "as many at a time as there are cores. {} stands for the row, {1} {2} for\n"
    "its fields; without either the row is appended. Without COMMAND each row\n"
    "is a line for /bin/sh.\n"
    "\n"
    "  ::: VALUE...              rows are these values; several ::: cross\n"
    "  :::+ VALUE...             the same, side by side with the source "
    "before\n"
    "  :::: FILE...              rows are the lines of FILE\n"
    "  ::::+ FILE...             the same, side by side with the source "
    "before\n";

static const char outro[] =
    "\n"
    "Examples:\n"
    "  poolrun gzip -9 < files.txt\n"
    "  poolrun -k ./fit --rate {1} --depth {2} ::: 0.1 0.2 0.5 ::: 3 4 5\n"
    "  poolrun --param 'p=0..1:0.25' --format csv ./think {p} > results.csv\n"
    "\n"
    "The manual: man poolrun\n";

/* "  -j, -P, --jobs, --max-procs N" */
static size_t add_head(struct buf *text, const struct option_entry *entry)
{
    size_t start = text->len;
    const char *glue = "  ";
    const char *rest = entry->names;
    struct bytes name;

    for (const char *letter = entry->letters; *letter; letter++) {
        buf_printf(text, "%s-%c", glue, *letter);
        glue = ", ";
    }
    while (option_next_word(&rest, &name)) {
        buf_printf(text, "%s--%.*s", glue, (int)name.len, name.data);
        glue = ", ";
    }
    if (entry->argument) {
        buf_printf(text, " %s", entry->argument);
    }
    return text->len - start;
}

static size_t add_newline(struct buf *text)
{
    buf_printf(text, "\n%*s", HELP_COLUMN, "");
    return HELP_COLUMN;
}

/* The words of help, wrapped; column is where the line stands. */
static void add_wrapped(struct buf *text, const char *help, size_t column)
{
    const char *rest = help;
    struct bytes word;

    if (column + 2 > HELP_COLUMN) {
        column = add_newline(text);
    }
    buf_printf(text, "%*s", (int)(HELP_COLUMN - column), "");
    column = HELP_COLUMN;
    while (option_next_word(&rest, &word)) {
        if (column > HELP_COLUMN && column + 1 + word.len > HELP_WIDTH) {
            column = add_newline(text);
        }
        if (column > HELP_COLUMN) {
            buf_add_char(text, ' ');
            column++;
        }
        buf_add_bytes(text, word);
        column += word.len;
    }
    buf_add_char(text, '\n');
}

void help_add(struct buf *text)
{
    buf_add_text(text, intro);
    for (size_t i = 0; i < option_table_len; i++) {
        const struct option_entry *entry = &option_table[i];
        if (!i || entry->section != entry[-1].section) {
            buf_printf(text, "\n%s:\n", option_section_heading(entry->section));
        }
        add_wrapped(text, entry->help, add_head(text, entry));
    }
    buf_add_text(text, outro);
}

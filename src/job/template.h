/* SPDX-License-Identifier: MIT */
/* template.h - the command with its placeholders
 *
 *     {} {.} {/} {//} {/.}       the row, and parts of it as a path
 *     {2} {-1} {2.} {-1//} ...   a field; -1 is the last
 *     {name} {name.} ... <name>  a field by its name, where names exist
 *     {#} {%}                    the job's number, the worker's slot
 *     {@}                        every field, each its own argument
 *
 * Names exist where some are given, or where a word is exactly <name>: then
 * such names bind to the columns in order of first appearance, and a row must
 * have exactly as many fields (or as many as the highest {N} asks for). Where
 * names exist, an unknown {name} is an error; where none do, it is literal.
 *
 * A template without any placeholder gets the row appended: each field its own
 * argument with append_fields, nothing with append_nothing, else the text as
 * one. Without words at all, each row's text is a command for /bin/sh.
 *
 * The command runs without a shell, unless the template is a shell template:
 * then the words are joined by a space, what they say is shell, and each value
 * put into them is quoted. {@} may then stand anywhere.
 *
 * A template never changes. The same words, names and options make the same
 * template in another process.
 */

#ifndef POOLRUN_TEMPLATE_H
#define POOLRUN_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/bytes.h"

struct err;
struct row;
struct template;

struct template_options {
    const char *replace; /* stands for the row; NULL = "{}" */
    bool no_names;       /* {name} and <name> are literal */
    bool shell;
    bool append_fields;
    bool append_nothing; /* -n 0: a row is only a reason to run */
};

/* Words, names and options are copied. NULL and err for a template that can
 * never run: an unknown name, {0}, {@} inside an argument, an empty replace
 * string, a NUL in a word. */
struct template *template_new(const struct bytes *words, size_t word_count,
                              const struct bytes *names, size_t name_count,
                              const struct template_options *options,
                              struct err *err)
    __attribute__((warn_unused_result));
void template_free(struct template *template);

/* What {name} may name, by column: those given, or those bound by <name>
 * words. Lent for the template's life. */
const struct bytes *template_names(const struct template *template,
                                   size_t *count);

/* ONE if the template can do with the first column (or none), so that a plain
 * line need not be split; MANY for any other column, {@}, or two names. */
enum template_column_use { TEMPLATE_ONE_COLUMN, TEMPLATE_MANY_COLUMNS };
enum template_column_use template_column_use(const struct template *template);

/* Does /bin/sh run it? */
bool template_is_shell(const struct template *template);

/* What every job of it executes, or NULL if that differs from row to row. Lent
 * for the template's life. */
const char *template_fixed_command(const struct template *template);

/* Can a job be made of this row? -1: its fault, a wrong number of fields, or a
 * NUL in a value that is used; err names the line. */
int template_check(const struct template *template, const struct row *row,
                   struct err *err) __attribute__((warn_unused_result));

/* What to execute. Zero-initialised is empty; its memory is used again from
 * call to call. */
struct command {
    char **argv; /* argc strings and a NULL */
    size_t argc;
    size_t argv_room; /* for template_expand only, as is text */
    struct buf text;
};

void command_release(struct command *command);

/* Fill out for a row that template_check has passed. The strings are lent by
 * template, row and out, until one of them goes or out is filled again. */
void template_expand(const struct template *template, const struct row *row,
                     uint64_t seq, unsigned slot, struct command *out);

/* Append the words, joined by a space, with values put in as they are: for
 * single strings such as --tagstring. Nothing is appended to a template
 * without placeholders; {@} is the fields joined by a space. */
void template_text(const struct template *template, const struct row *row,
                   uint64_t seq, unsigned slot, struct buf *out);

/* Append the command as it has to be typed into a shell. A row that
 * template_check refuses will do, too: what it lacks stays a placeholder. */
void template_quote(const struct template *template, const struct row *row,
                    uint64_t seq, unsigned slot, struct buf *out);

/* Does a command that was not found look as if a shell had been meant? */
bool template_wants_shell(const char *command);

#endif

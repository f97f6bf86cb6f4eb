/* SPDX-License-Identifier: MIT */
/* Runs once a job in every worker: whatever stands in one piece with a NUL
 * behind it is lent instead of copied. */
#include "job/template.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/quote.h"
#include "base/xalloc.h"
#include "job/row.h"
#include "job/template_private.h"

/* What the placeholders of one job stand for. */
struct values {
    const struct row *row;
    struct bytes seq;
    struct bytes slot;
    char seq_text[24];
    char slot_text[12];
};

static void values_init(struct values *values, const struct row *row,
                        uint64_t seq, unsigned slot)
{
    values->row = row;
    (void)snprintf(values->seq_text, sizeof values->seq_text, "%" PRIu64, seq);
    (void)snprintf(values->slot_text, sizeof values->slot_text, "%u", slot);
    values->seq = bytes_of(values->seq_text);
    values->slot = bytes_of(values->slot_text);
}

static struct bytes column_value(const struct piece *piece,
                                 const struct row *row)
{
    size_t number = (size_t)abs(piece->column);
    if (number > row->field_count) {
        return piece->text; /* only where a refused row is shown */
    }
    size_t at = piece->column > 0 ? number - 1 : row->field_count - number;
    return path_form_cut(row->fields[at], piece->form);
}

/* Of any piece but PIECE_ALL, which is many. */
static struct bytes value_of(const struct piece *piece,
                             const struct values *values)
{
    switch (piece->kind) {
    case PIECE_ROW:
        return path_form_cut(values->row->text, piece->form);
    case PIECE_COLUMN:
        return column_value(piece, values->row);
    case PIECE_SEQ:
        return values->seq;
    case PIECE_SLOT:
        return values->slot;
    case PIECE_LITERAL:
    case PIECE_ALL:
        break;
    }
    return piece->text;
}

/* No kernel takes a longer argument (Linux: 131071 bytes), so what would come
 * behind it is not worth the memory: the job will not start. */
enum { ENOUGH_BYTES = 1 << 18 };

static void add_value(struct bytes value, bool quoted, struct buf *out)
{
    if (quoted) {
        quote_shell(value, out);
    } else {
        buf_add_bytes(out, value);
    }
}

static void add_piece(const struct piece *piece, const struct values *values,
                      bool quoted, struct buf *out)
{
    if (piece->kind != PIECE_ALL) {
        add_value(value_of(piece, values),
                  quoted && piece->kind != PIECE_LITERAL, out);
        return;
    }
    for (size_t i = 0; i < values->row->field_count; i++) {
        if (i) {
            buf_add_char(out, ' ');
        }
        add_value(values->row->fields[i], quoted, out);
    }
}

static void add_word(const struct template *template, size_t index,
                     const struct values *values, bool quoted, struct buf *out)
{
    const struct template_word *word = &template->words[index];
    size_t begin = out->len;
    for (size_t i = 0; i < word->count && out->len - begin < ENOUGH_BYTES;
         i++) {
        add_piece(&template->pieces.items[word->first + i], values, quoted,
                  out);
    }
}

static void add_words(const struct template *template, size_t count,
                      const struct values *values, bool quoted, struct buf *out)
{
    for (size_t i = 0; i < count; i++) {
        if (i) {
            buf_add_char(out, ' ');
        }
        add_word(template, i, values, quoted, out);
    }
}

static size_t count_words(const struct template *template)
{
    return template->word_count + template->appends;
}

/* What /bin/sh is to run. */
static void add_script(const struct template *template,
                       const struct values *values, struct buf *out)
{
    if (!template->word_count) {
        buf_add_bytes(out, values->row->text);
    } else {
        add_words(template, count_words(template), values, true, out);
    }
}

/* Has the value a NUL behind it, and a life as long as the command's? */
static bool is_lent(const struct piece *piece)
{
    return piece->kind == PIECE_LITERAL ||
           ((piece->kind == PIECE_ROW || piece->kind == PIECE_COLUMN) &&
            piece->form == PATH_FORM_WHOLE);
}

/* The only piece of a word, or NULL. */
static const struct piece *only_piece(const struct template *template,
                                      size_t index)
{
    const struct template_word *word = &template->words[index];
    return word->count == 1 ? &template->pieces.items[word->first] : NULL;
}

struct room {
    size_t args;
    size_t text; /* bytes, with the NULs */
};

static struct room measure(const struct template *template,
                           const struct values *values)
{
    struct room room = {0};

    for (size_t i = 0; i < count_words(template); i++) {
        const struct template_word *word = &template->words[i];
        const struct piece *only = only_piece(template, i);
        if (only && only->kind == PIECE_ALL) {
            room.args = xadd(room.args, values->row->field_count);
            continue;
        }
        room.args++;
        if (only && is_lent(only)) {
            continue;
        }
        size_t begin = room.text; /* and as far as add_word goes */
        for (size_t at = 0;
             at < word->count && room.text - begin < ENOUGH_BYTES; at++) {
            room.text =
                xadd(room.text,
                     value_of(&template->pieces.items[word->first + at], values)
                         .len);
        }
        room.text = xadd(room.text, 1);
    }
    return room;
}

static void reserve(struct command *out, struct room room)
{
    size_t needed = xadd(room.args, 1);
    if (out->argv_room < needed) {
        out->argv = xrealloc_array(out->argv, needed, sizeof *out->argv);
        out->argv_room = needed;
    }
    out->argc = 0;
    buf_clear(&out->text);
    (void)buf_reserve(&out->text, room.text);
}

static void add_arg(struct command *out, const char *arg)
{
    out->argv[out->argc++] = (char *)arg; /* execve changes none of them */
}

static void add_all_fields(const struct row *row, struct command *out)
{
    for (size_t i = 0; i < row->field_count; i++) {
        add_arg(out, row->fields[i].data);
    }
}

static void expand_words(const struct template *template,
                         const struct values *values, struct command *out)
{
    struct room room = measure(template, values);

    /* all of the room at once: the text must not move any more */
    reserve(out, room);
    for (size_t i = 0; i < count_words(template); i++) {
        const struct piece *only = only_piece(template, i);
        if (only && only->kind == PIECE_ALL) {
            add_all_fields(values->row, out);
        } else if (only && is_lent(only)) {
            add_arg(out, value_of(only, values).data);
        } else {
            size_t start = out->text.len;
            add_word(template, i, values, false, &out->text);
            buf_add_char(&out->text, '\0');
            add_arg(out, out->text.data + start);
        }
    }
    assert(out->argc == room.args && out->text.len == room.text);
    out->argv[out->argc] = NULL;
}

static void expand_script(const struct template *template,
                          const struct values *values, struct command *out)
{
    reserve(out, (struct room){.args = 4});
    add_script(template, values, &out->text);
    add_arg(out, "/bin/sh");
    add_arg(out, "-c");
    add_arg(out, "--"); /* the script may begin with - */
    add_arg(out, buf_text(&out->text));
    out->argv[out->argc] = NULL;
}

void template_expand(const struct template *template, const struct row *row,
                     uint64_t seq, unsigned slot, struct command *out)
{
    struct values values;

    values_init(&values, row, seq, slot);
    if (template->is_shell) {
        expand_script(template, &values, out);
    } else {
        expand_words(template, &values, out);
    }
}

void command_release(struct command *command)
{
    free(command->argv);
    buf_release(&command->text);
    *command = (struct command){0};
}

void template_text(const struct template *template, const struct row *row,
                   uint64_t seq, unsigned slot, struct buf *out)
{
    struct values values;

    values_init(&values, row, seq, slot);
    add_words(template, template->word_count, &values, false, out);
}

void template_quote(const struct template *template, const struct row *row,
                    uint64_t seq, unsigned slot, struct buf *out)
{
    struct values values;

    values_init(&values, row, seq, slot);
    if (template->is_shell) {
        add_script(template, &values, out);
        return;
    }
    struct command command = {0};
    expand_words(template, &values, &command);
    for (size_t i = 0; i < command.argc; i++) {
        if (i) {
            buf_add_char(out, ' ');
        }
        quote_shell(bytes_of(command.argv[i]), out);
    }
    command_release(&command);
}

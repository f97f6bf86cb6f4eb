/* SPDX-License-Identifier: MIT */
#include "out/printer.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/blob.h"
#include "base/buf.h"
#include "base/xalloc.h"
#include "job/attempt.h"
#include "job/job.h"
#include "job/result.h"
#include "job/row.h"
#include "job/template.h"
#include "out/print_task.h"
#include "out/table.h"
#include "out/writer.h"

enum {
    MOST_HELD_BYTES = 8 << 20, /* of output, then more goes to the spool */
    WORTH_A_WRITE = 256,       /* bytes; fewer save next to nothing */
};

struct printer {
    struct printer_options options;
    struct spool *spool;
    struct writer *writer;
    uint64_t turn;        /* keep_order: the job whose output is next */
    struct result **held; /* a ring: job `turn + i` at (first + i) % room */
    size_t room;          /* a power of two */
    size_t first;
    size_t held_bytes;     /* of memory, by what they wrote */
    struct result nothing; /* held for each of which nothing is printed */
};

/* ---- tags and commands ---- */

static char *make_tag(const struct printer *printer, const struct row *row,
                      uint64_t seq, unsigned slot)
{
    struct buf tag = {0};
    if (printer->options.mode == PRINTER_LIVE) {
        return NULL; /* nobody knows where a line begins */
    }
    if (printer->options.tagstring) {
        template_text(printer->options.tagstring, row, seq, slot, &tag);
    } else if (printer->options.tag) {
        buf_add_bytes(&tag, row->text);
    } else {
        return NULL;
    }
    buf_add_char(&tag, '\t');
    return buf_take_text(&tag);
}

static char *make_command(const struct printer *printer,
                          const struct result *result)
{
    struct buf text = {0};
    if (!table_needs_command(printer->options.table)) {
        return NULL;
    }
    template_quote(printer->options.command, result->row, result->seq,
                   result->slot, &text);
    return buf_take_text(&text);
}

void printer_start(struct printer *printer)
{
    if (printer->options.table) {
        writer_push(printer->writer, print_task_header(printer->options.table));
    }
}

/* ---- whole ---- */

/* Does it matter what the job was, not only what it wrote? */
static bool needs_row(const struct printer *printer)
{
    const struct printer_options *options = &printer->options;
    return options->table || options->folder || options->tag ||
           options->tagstring;
}

static bool is_printed(const struct printer *printer,
                       const struct result *result)
{
    return printer->options.table || printer->options.folder ||
           blob_len(result->out) || blob_len(result->err);
}

static void print(struct printer *printer, struct result *result)
{
    struct writer_task *task;
    if (!is_printed(printer, result)) {
        result_free(result);
        return;
    }
    if (printer->options.table) {
        task = print_task_record(result, make_command(printer, result),
                                 printer->options.table);
    } else if (printer->options.folder) {
        task = print_task_files(result, printer->options.folder);
    } else {
        task = print_task_result(
            result, make_tag(printer, result->row, result->seq, result->slot));
    }
    writer_push(printer->writer, task);
}

/* ---- in order ---- */

static struct result **place_of(struct printer *printer, uint64_t ahead)
{
    return &printer->held[(printer->first + ahead) & (printer->room - 1)];
}

static void make_room(struct printer *printer, uint64_t ahead)
{
    size_t room = printer->room ? printer->room : 64;
    while (ahead >= room) {
        room = xmul(room, 2);
    }
    if (room == printer->room) {
        return;
    }
    struct result **held = NEW_ARRAY(struct result *, room);
    for (size_t i = 0; i < printer->room; i++) {
        held[i] = *place_of(printer, i);
    }
    free(printer->held);
    printer->held = held;
    printer->room = room;
    printer->first = 0;
}

static size_t output_bytes(const struct result *result)
{
    return blob_memory(result->out) + blob_memory(result->err);
}

static void spill(struct blob *blob)
{
    if (blob_memory(blob) >= WORTH_A_WRITE) {
        int failed = blob_spill(blob, NULL);
        (void)failed; /* where there is no room it stays where it is */
    }
}

/* Very many may have to wait for a slow one: keep no more than it takes. */
static struct result *lighten(struct printer *printer, struct result *result)
{
    if (!is_printed(printer, result)) {
        result_free(result);
        return &printer->nothing;
    }
    if (!needs_row(printer)) {
        row_free(result->row);
        result->row = NULL;
    }
    if (printer->held_bytes + output_bytes(result) > MOST_HELD_BYTES) {
        spill(result->out);
        spill(result->err);
    }
    printer->held_bytes += output_bytes(result);
    return result;
}

/* Print the one whose turn it is; false if it is not there yet. */
static bool print_next(struct printer *printer)
{
    struct result **place = place_of(printer, 0);
    struct result *result = *place;
    *place = NULL;
    if (result && result != &printer->nothing) {
        printer->held_bytes -= output_bytes(result);
        print(printer, result);
    }
    return result;
}

static void advance(struct printer *printer)
{
    printer->turn++;
    printer->first = (printer->first + 1) & (printer->room - 1);
}

void printer_settle(struct printer *printer, struct result *result)
{
    if (!printer->options.keep_order) {
        print(printer, result);
        return;
    }
    assert(result->seq >= printer->turn);
    uint64_t ahead = result->seq - printer->turn;
    make_room(printer, ahead);
    *place_of(printer, ahead) = lighten(printer, result);
    while (print_next(printer)) {
        advance(printer);
    }
}

void printer_finish(struct printer *printer)
{
    for (size_t i = 0; i < printer->room; i++) {
        (void)print_next(printer);
        advance(printer);
    }
}

/* ---- live ---- */

static void print_blob(struct printer *printer, const struct attempt *attempt,
                       unsigned stream, struct blob *blob)
{
    char *tag =
        make_tag(printer, attempt->job->row, attempt->job->seq, attempt->slot);
    writer_push(printer->writer, print_task_blob(stream, blob, tag));
}

static bool is_live(const struct printer *printer,
                    const struct attempt *attempt)
{
    return printer->options.mode != PRINTER_WHOLE &&
           (!printer->options.keep_order || attempt->job->seq == printer->turn);
}

static int keep(struct printer *printer, struct attempt *attempt,
                unsigned stream, struct bytes data, struct err *err)
{
    if (!attempt->out[stream]) {
        attempt->out[stream] = blob_new(printer->spool);
    }
    return blob_append(attempt->out[stream], data.data, data.len, err);
}

/* Bytes up to and with the last newline; all of them unless by lines. */
static size_t printable(const struct printer *printer, struct bytes data)
{
    if (printer->options.mode == PRINTER_LIVE) {
        return data.len;
    }
    const char *newline = memrchr(data.data, '\n', data.len);
    return newline ? (size_t)(newline - data.data) + 1 : 0;
}

int printer_add(struct printer *printer, struct attempt *attempt,
                unsigned stream, struct bytes data, struct err *err)
{
    int failed = 0;
    size_t now = is_live(printer, attempt) ? printable(printer, data) : 0;
    if (now) {
        struct bytes head = {data.data, now};
        failed = keep(printer, attempt, stream, head, err);
        print_blob(printer, attempt, stream, attempt->out[stream]);
        attempt->out[stream] = NULL;
    }
    struct bytes rest = {data.data + now, data.len - now};
    if (rest.len && keep(printer, attempt, stream, rest, err)) {
        failed = -1;
    }
    return failed;
}

/* ---- life ---- */

struct printer *printer_new(const struct printer_options *options,
                            struct spool *spool, struct writer *writer)
{
    struct printer *printer = NEW(struct printer);
    printer->options = *options;
    printer->spool = spool;
    printer->writer = writer;
    printer->turn = 1;
    return printer;
}

void printer_free(struct printer *printer)
{
    if (printer) {
        for (size_t i = 0; i < printer->room; i++) {
            if (printer->held[i] != &printer->nothing) {
                result_free(printer->held[i]);
            }
        }
        free(printer->held);
        free(printer);
    }
}

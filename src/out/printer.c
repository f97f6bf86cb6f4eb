/* SPDX-License-Identifier: MIT */
#include "out/printer.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/blob.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/xalloc.h"
#include "job/attempt.h"
#include "job/job.h"
#include "job/result.h"
#include "job/row.h"
#include "job/template.h"
#include "out/print_task.h"
#include "out/table.h"
#include "out/writer.h"

/* A blob in the spool takes about 100 bytes of memory. */
enum { ASIDE_BYTES = 512 };

struct printer {
    struct printer_options options;
    struct spool *spool;
    struct writer *writer;
    uint64_t turn;        /* keep_order: the job whose output is next */
    struct result **held; /* a ring: job `turn + i` at (first + i) % room */
    size_t room;          /* a power of two */
    size_t first;
};

/* ---- tags and commands ---- */

static char *make_tag(const struct printer *printer, const struct row *row,
                      uint64_t seq, unsigned slot)
{
    struct buf tag = {0};
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

static bool has_output(const struct result *result)
{
    return blob_len(result->out) || blob_len(result->err);
}

static void print(struct printer *printer, struct result *result)
{
    struct writer_task *task;
    if (printer->options.table) {
        task = print_task_record(result, make_command(printer, result),
                                 printer->options.table);
    } else if (printer->options.folder) {
        task = print_task_files(result, printer->options.folder);
    } else if (has_output(result)) {
        task = print_task_result(
            result, make_tag(printer, result->row, result->seq, result->slot));
    } else {
        result_free(result);
        return;
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

static struct result *take_next(struct printer *printer)
{
    if (!printer->room) {
        return NULL;
    }
    struct result **place = place_of(printer, 0);
    struct result *result = *place;
    *place = NULL;
    return result;
}

static void advance(struct printer *printer)
{
    printer->turn++;
    printer->first = (printer->first + 1) & (printer->room - 1);
}

/* Many may be held: what is worth it waits on the disk. */
static void put_aside(struct blob *blob)
{
    struct err err;
    if (blob_memory(blob) >= ASIDE_BYTES && blob_spill(blob, &err)) {
        return; /* no room there: then in memory, as before */
    }
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
    *place_of(printer, ahead) = result;
    if (ahead) {
        put_aside(result->out);
        put_aside(result->err);
    }
    while ((result = take_next(printer))) {
        advance(printer);
        print(printer, result);
    }
}

void printer_finish(struct printer *printer)
{
    for (size_t i = 0; printer->options.keep_order && i < printer->room; i++) {
        struct result *result = take_next(printer);
        advance(printer);
        if (result) {
            print(printer, result);
        }
    }
}

/* ---- live ---- */

static void print_blob(struct printer *printer, const struct attempt *attempt,
                       unsigned stream, struct blob *blob)
{
    bool tagged = printer->options.mode == PRINTER_LINES;
    char *tag = tagged ? make_tag(printer, attempt->job->row, attempt->job->seq,
                                  attempt->slot)
                       : NULL;
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
    return rest.len ? keep(printer, attempt, stream, rest, err) : failed;
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
            result_free(printer->held[i]);
        }
        free(printer->held);
        free(printer);
    }
}

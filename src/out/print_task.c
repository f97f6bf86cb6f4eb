/* SPDX-License-Identifier: MIT */
#include "out/print_task.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/blob.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/xalloc.h"
#include "job/result.h"
#include "job/row.h"
#include "out/results_dir.h"
#include "out/table.h"
#include "out/writer.h"

enum { PIECE_BYTES = 65536 };

struct print_task {
    struct writer_task task;
    unsigned stream;
    struct blob *blob;
    struct result *result;
    char *text; /* tag or command */
    struct table *table;
    struct results_dir *folder;
};

static void drop(struct writer_task *task)
{
    struct print_task *print = (struct print_task *)task;
    blob_free(print->blob);
    result_free(print->result);
    free(print->text);
    free(print);
}

static void put_tagged(struct stream *stream, const char *tag,
                       struct bytes data, bool *at_line_start)
{
    while (data.len) {
        const char *newline = memchr(data.data, '\n', data.len);
        size_t len = newline ? (size_t)(newline - data.data) + 1 : data.len;
        if (*at_line_start) {
            stream_put_text(stream, tag);
        }
        stream_put(stream, data.data, len);
        *at_line_start = newline != NULL;
        data.data += len;
        data.len -= len;
    }
}

static int put_blob(struct stream *stream, const char *tag,
                    const struct blob *blob, struct err *err)
{
    char data[PIECE_BYTES];
    bool at_line_start = true;
    uint64_t offset = 0;

    while (offset < blob_len(blob)) {
        size_t len;
        if (blob_read(blob, offset, data, sizeof data, &len, err)) {
            return -1;
        }
        if (tag) {
            put_tagged(stream, tag, (struct bytes){data, len}, &at_line_start);
        } else {
            stream_put(stream, data, len);
        }
        offset += len;
    }
    return 0;
}

static int run_blob(struct writer_task *task, struct writer_streams *streams,
                    struct err *err)
{
    struct print_task *print = (struct print_task *)task;
    int failed = put_blob(print->stream ? &streams->err : &streams->out,
                          print->text, print->blob, err);
    drop(task);
    return failed;
}

static int run_result(struct writer_task *task, struct writer_streams *streams,
                      struct err *err)
{
    struct print_task *print = (struct print_task *)task;
    const struct result *result = print->result;
    int failed = put_blob(&streams->out, print->text, result->out, err) ||
                 put_blob(&streams->err, print->text, result->err, err);
    drop(task);
    return failed ? -1 : 0;
}

static int run_record(struct writer_task *task, struct writer_streams *streams,
                      struct err *err)
{
    struct print_task *print = (struct print_task *)task;
    struct bytes command = {print->text, print->text ? strlen(print->text) : 0};
    int failed =
        table_write(print->table, print->result, command, &streams->out, err) ||
        put_blob(&streams->err, NULL, print->result->err, err);
    drop(task);
    return failed ? -1 : 0;
}

static int run_header(struct writer_task *task, struct writer_streams *streams,
                      struct err *err)
{
    struct print_task *print = (struct print_task *)task;
    (void)err; /* flush tells */
    table_header(print->table, &streams->out);
    drop(task);
    return 0;
}

/* A full disk may have room again: wait for it as long as a stream would. */
static int write_files(const struct print_task *print, struct stream *tell,
                       struct err *err)
{
    for (int waited = 0;; waited++) {
        if (!results_dir_write(print->folder, print->result, err)) {
            return 0;
        }
        if (!fd_means_full(err->code) || waited == STREAM_PATIENCE_SECONDS) {
            return -1;
        }
        if (!waited) {
            stream_printf(tell, "poolrun: %.400s; waiting %d s for room\n",
                          err->text, STREAM_PATIENCE_SECONDS);
            stream_push(tell);
        }
        (void)sleep(1);
    }
}

static int run_files(struct writer_task *task, struct writer_streams *streams,
                     struct err *err)
{
    struct print_task *print = (struct print_task *)task;
    int failed = write_files(print, &streams->err, err);
    drop(task);
    return failed;
}

static struct print_task *make(int (*run)(struct writer_task *task,
                                          struct writer_streams *streams,
                                          struct err *err),
                               size_t cost)
{
    struct print_task *print = NEW(struct print_task);
    print->task = (struct writer_task){
        .run = run, .drop = drop, .cost = sizeof *print + cost};
    return print;
}

static size_t cost_of(const struct result *result, const char *text)
{
    return sizeof *result + blob_memory(result->out) +
           blob_memory(result->err) +
           (result->row ? result->row->text.len : 0) +
           (text ? strlen(text) : 0);
}

struct writer_task *print_task_blob(unsigned stream, struct blob *blob,
                                    char *tag)
{
    /* Also what is in the spool: a live job waits for the reader. */
    struct print_task *print = make(run_blob, (size_t)blob_len(blob));
    print->stream = stream;
    print->blob = blob;
    print->text = tag;
    return &print->task;
}

struct writer_task *print_task_result(struct result *result, char *tag)
{
    struct print_task *print = make(run_result, cost_of(result, tag));
    print->result = result;
    print->text = tag;
    return &print->task;
}

struct writer_task *print_task_header(struct table *table)
{
    struct print_task *print = make(run_header, 0);
    print->table = table;
    return &print->task;
}

struct writer_task *print_task_record(struct result *result, char *command,
                                      struct table *table)
{
    struct print_task *print = make(run_record, cost_of(result, command));
    print->result = result;
    print->text = command;
    print->table = table;
    return &print->task;
}

struct writer_task *print_task_files(struct result *result,
                                     struct results_dir *folder)
{
    struct print_task *print = make(run_files, cost_of(result, NULL));
    print->result = result;
    print->folder = folder;
    return &print->task;
}

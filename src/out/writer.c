/* SPDX-License-Identifier: MIT */
#include "out/writer.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/thread.h"
#include "base/xalloc.h"

/* Enough to keep the thread busy, little enough to be no memory. */
enum { FULL_BYTES = 1 << 20, FULL_TASKS = 4096 };

struct writer {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;        /* there is a task, a bar, or an end */
    struct writer_streams streams; /* the thread's alone */
    void (*wake)(void *ctx);
    void *ctx;
    struct writer_task *first; /* from here on under the lock */
    struct writer_task *last;
    size_t cost;
    size_t count;
    char *bar; /* NULL = it has not changed */
    bool is_ending;
    bool is_waited_for; /* somebody found it full */
    struct err trouble;
};

static void lock(struct writer *writer)
{
    (void)pthread_mutex_lock(&writer->lock);
}

static void unlock(struct writer *writer)
{
    (void)pthread_mutex_unlock(&writer->lock);
}

static bool is_full(const struct writer *writer)
{
    return writer->cost > FULL_BYTES || writer->count > FULL_TASKS;
}

/* ---- the thread ---- */

/* What stands at the foot of the terminal; known to the thread only. */
struct bar {
    char *text;
    bool is_shown;
};

/* The bar is no output: what was written last stays what it was. */
static void put_bar(struct writer *writer, const char *text)
{
    struct stream *stream = &writer->streams.err;
    char last = stream->last;
    stream_put_text(stream, text);
    stream_push(stream);
    stream->last = last;
}

static void hide_bar(struct writer *writer, struct bar *bar)
{
    if (bar->is_shown) {
        put_bar(writer, "\r\033[K");
        bar->is_shown = false;
    }
}

static bool is_at_line_start(const struct stream *stream)
{
    return !stream->last || stream->last == '\n';
}

/* Not in the middle of a line of output: it would take that line away. */
static bool wants_bar(const struct writer *writer, const struct bar *bar)
{
    return bar->text && *bar->text && !bar->is_shown &&
           is_at_line_start(&writer->streams.out) &&
           is_at_line_start(&writer->streams.err);
}

static void show_bar(struct writer *writer, struct bar *bar)
{
    if (wants_bar(writer, bar)) {
        put_bar(writer, bar->text);
        bar->is_shown = true;
    }
}

static int flush_all(struct writer_streams *streams, struct err *err)
{
    if (stream_flush(&streams->out, err) || stream_flush(&streams->err, err)) {
        return -1;
    }
    return streams->log.fd >= 0 ? stream_flush(&streams->log, err) : 0;
}

static void note_trouble(struct writer *writer, const struct err *err)
{
    lock(writer);
    if (!writer->trouble.code) {
        writer->trouble = *err;
    }
    unlock(writer);
    writer->wake(writer->ctx);
}

static bool run_task(struct writer *writer, struct writer_task *task,
                     bool failed)
{
    struct err err = {0};
    size_t cost = task->cost;

    if (failed) {
        task->drop(task);
    } else if (task->run(task, &writer->streams, &err)) {
        note_trouble(writer, &err);
        failed = true;
    }
    lock(writer);
    writer->cost -= cost;
    writer->count--;
    bool wake = writer->is_waited_for && !is_full(writer);
    writer->is_waited_for = writer->is_waited_for && !wake;
    unlock(writer);
    if (wake) {
        writer->wake(writer->ctx);
    }
    return failed;
}

/* All tasks that are there, or NULL with the lock held when the end has come.
 * Shows the bar while there is nothing. */
static struct writer_task *wait_for_tasks(struct writer *writer,
                                          struct bar *bar)
{
    for (;;) {
        struct writer_task *tasks = writer->first;
        if (writer->bar) {
            unlock(writer);
            hide_bar(writer, bar);
            lock(writer);
            free(bar->text);
            bar->text = writer->bar;
            writer->bar = NULL;
            continue;
        }
        if (tasks) {
            writer->first = NULL;
            writer->last = NULL;
            return tasks;
        }
        if (writer->is_ending) {
            return NULL;
        }
        if (wants_bar(writer, bar)) {
            unlock(writer);
            show_bar(writer, bar);
            lock(writer);
            continue;
        }
        (void)pthread_cond_wait(&writer->changed, &writer->lock);
    }
}

static void *thread_main(void *argument)
{
    struct writer *writer = argument;
    struct bar bar = {0};
    struct writer_task *tasks;
    bool failed = false;
    struct err err;

    lock(writer);
    while ((tasks = wait_for_tasks(writer, &bar))) {
        unlock(writer);
        hide_bar(writer, &bar);
        while (tasks) {
            struct writer_task *next = tasks->next;
            failed = run_task(writer, tasks, failed);
            tasks = next;
        }
        if (!failed && flush_all(&writer->streams, &err)) {
            note_trouble(writer, &err);
            failed = true;
        }
        lock(writer);
    }
    unlock(writer);
    hide_bar(writer, &bar);
    free(bar.text);
    return NULL;
}

/* ---- the others ---- */

/* In the thread. */
static void on_full(void *ctx, const struct stream *stream)
{
    struct writer *writer = ctx;
    struct stream *err = &writer->streams.err;
    stream_printf(err,
                  "poolrun: the disk is full under %.200s; waiting %d s "
                  "for room\n",
                  stream->name, STREAM_PATIENCE_SECONDS);
    stream_push(err);
}

/* Room may come back on a disk only; a device says what it means. */
static void be_patient(struct writer *writer, struct stream *stream)
{
    struct stat status;
    if (stream->fd >= 0 && fstat(stream->fd, &status) == 0 &&
        S_ISREG(status.st_mode)) {
        stream->on_full = on_full;
        stream->ctx = writer;
    }
}

struct writer *writer_new(int log_fd, const char *log_name,
                          void (*wake)(void *ctx), void *ctx)
{
    struct writer *writer = NEW(struct writer);
    stream_init(&writer->streams.out, STDOUT_FILENO, "standard output");
    stream_init(&writer->streams.err, STDERR_FILENO, "standard error");
    stream_init(&writer->streams.log, log_fd, log_name);
    be_patient(writer, &writer->streams.out);
    be_patient(writer, &writer->streams.log);
    writer->wake = wake;
    writer->ctx = ctx;
    (void)pthread_mutex_init(&writer->lock, NULL);
    (void)pthread_cond_init(&writer->changed, NULL);
    thread_start(&writer->thread, thread_main, writer);
    return writer;
}

void writer_push(struct writer *writer, struct writer_task *task)
{
    task->next = NULL;
    lock(writer);
    bool was_empty = !writer->first;
    if (was_empty) {
        writer->first = task;
    } else {
        writer->last->next = task;
    }
    writer->last = task;
    writer->cost += task->cost;
    writer->count++;
    unlock(writer);
    if (was_empty) {
        (void)pthread_cond_signal(&writer->changed);
    }
}

struct put_task {
    struct writer_task task;
    enum writer_target target;
    size_t len;
    char data[];
};

static void drop_put(struct writer_task *task)
{
    free(task);
}

static int run_put(struct writer_task *task, struct writer_streams *streams,
                   struct err *err)
{
    struct put_task *put = (struct put_task *)task;
    struct stream *stream = put->target == WRITER_OUT   ? &streams->out
                            : put->target == WRITER_ERR ? &streams->err
                                                        : &streams->log;
    (void)err; /* flush tells */
    stream_put(stream, put->data, put->len);
    free(put);
    return 0;
}

void writer_put(struct writer *writer, enum writer_target target,
                const void *data, size_t len)
{
    struct put_task *put = xmalloc(xadd(sizeof *put, len));
    put->task = (struct writer_task){
        .run = run_put, .drop = drop_put, .cost = sizeof *put + len};
    put->target = target;
    put->len = len;
    memcpy(put->data, data, len);
    writer_push(writer, &put->task);
}

void writer_set_bar(struct writer *writer, const char *text)
{
    char *copy = xstrdup(text);
    lock(writer);
    free(writer->bar);
    writer->bar = copy;
    unlock(writer);
    (void)pthread_cond_signal(&writer->changed);
}

bool writer_is_full(struct writer *writer)
{
    lock(writer);
    bool full = is_full(writer);
    writer->is_waited_for = writer->is_waited_for || full;
    unlock(writer);
    return full;
}

int writer_trouble(struct writer *writer, struct err *err)
{
    lock(writer);
    int failed = writer->trouble.code ? -1 : 0;
    if (failed) {
        *err = writer->trouble;
    }
    unlock(writer);
    return failed;
}

static void drop_all(struct writer *writer)
{
    lock(writer);
    while (writer->first) {
        struct writer_task *task = writer->first;
        writer->first = task->next;
        task->drop(task);
    }
    writer->last = NULL;
    unlock(writer);
}

void writer_finish(struct writer *writer, bool drop_rest)
{
    if (drop_rest) {
        drop_all(writer);
    }
    lock(writer);
    bool was_ending = writer->is_ending;
    writer->is_ending = true;
    unlock(writer);
    if (!was_ending) {
        (void)pthread_cond_signal(&writer->changed);
        (void)pthread_join(writer->thread, NULL);
    }
}

void writer_free(struct writer *writer)
{
    if (!writer) {
        return;
    }
    writer_finish(writer, false);
    stream_release(&writer->streams.out);
    stream_release(&writer->streams.err);
    stream_release(&writer->streams.log);
    if (writer->streams.log.fd >= 0) {
        (void)close(writer->streams.log.fd); /* it was flushed */
    }
    free(writer->bar);
    (void)pthread_mutex_destroy(&writer->lock);
    (void)pthread_cond_destroy(&writer->changed);
    free(writer);
}

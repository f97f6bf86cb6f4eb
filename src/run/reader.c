/* SPDX-License-Identifier: MIT */
#include "run/reader.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fd.h"
#include "base/thread.h"
#include "base/xalloc.h"
#include "job/row.h"
#include "job/row_source.h"

enum {
    MOST_ROWS = 1024, /* in the queue: enough for a burst of short jobs */
    MOST_BYTES = 1 << 20,
    HAND_OVER_ROWS = 64, /* at once, while the caller has some */
};

struct row_list {
    struct row **rows;
    size_t count;
    size_t room;
    size_t bytes;
};

struct reader {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed; /* there is room again, or it is time to stop */
    int stop_fd;            /* readable when it is time to stop */
    struct reader_options options;
    void (*wake)(void *ctx);
    void *ctx;
    bool is_started;
    bool knows_total; /* without reading: values, grids */
    uint64_t known_total;
    struct row_source *source; /* the thread's */
    struct row_list fresh;     /* the thread's: not handed over yet */
    struct row_list taken;     /* the caller's */
    size_t next_taken;
    struct row_list queue; /* from here on under the lock */
    bool is_waited_for;
    bool is_stopping;
    bool has_ended;
    uint64_t total;
    struct err trouble; /* code 0 = none */
};

static void list_add(struct row_list *list, struct row *row)
{
    if (list->count == list->room) {
        list->room = list->room ? xmul(list->room, 2) : HAND_OVER_ROWS;
        list->rows = xrealloc_array(list->rows, list->room, sizeof *list->rows);
    }
    list->rows[list->count++] = row;
    list->bytes += sizeof *row + row->text.len;
}

static void list_release(struct row_list *list, size_t from)
{
    for (size_t i = from; i < list->count; i++) {
        row_free(list->rows[i]);
    }
    free(list->rows);
    *list = (struct row_list){0};
}

/* ---- the thread ---- */

/* Append what is fresh to the queue; wait for room first. With the last rows
 * comes the end (or the trouble, code 0 = none), so that who has them knows
 * that they are all. */
static void hand_over(struct reader *reader, const struct err *end)
{
    struct row_list *fresh = &reader->fresh;
    bool wake;

    (void)pthread_mutex_lock(&reader->lock);
    while (!reader->is_stopping && (reader->queue.count >= MOST_ROWS ||
                                    reader->queue.bytes >= MOST_BYTES)) {
        (void)pthread_cond_wait(&reader->changed, &reader->lock);
    }
    for (size_t i = 0; i < fresh->count; i++) {
        list_add(&reader->queue, fresh->rows[i]);
    }
    reader->total += fresh->count;
    if (end) {
        reader->has_ended = true;
        reader->trouble = *end;
    }
    wake = reader->is_waited_for && (reader->queue.count || end);
    reader->is_waited_for = reader->is_waited_for && !wake;
    (void)pthread_mutex_unlock(&reader->lock);
    fresh->count = 0;
    fresh->bytes = 0;
    if (wake) {
        reader->wake(reader->ctx);
    }
}

/* Read for the source: hand over what there is before waiting for more. */
static ssize_t read_patiently(void *ctx, int fd, void *data, size_t len)
{
    struct reader *reader = ctx;
    struct pollfd fds[2] = {{.fd = fd, .events = POLLIN},
                            {.fd = reader->stop_fd, .events = POLLIN}};

    if (!reader->options.all_first && reader->fresh.count) {
        hand_over(reader, NULL);
    }
    while (poll(fds, 2, -1) < 0 && errno == EINTR) {
    }
    if (fds[1].revents) {
        errno = ECANCELED;
        return -1;
    }
    return fd_read(fd, data, len);
}

static bool should_hand_over(struct reader *reader)
{
    if (reader->options.all_first) {
        return false;
    }
    if (reader->fresh.count >= HAND_OVER_ROWS ||
        reader->fresh.bytes >= MOST_BYTES) {
        return true;
    }
    (void)pthread_mutex_lock(&reader->lock);
    bool hungry = reader->is_waited_for;
    (void)pthread_mutex_unlock(&reader->lock);
    return hungry;
}

static uint64_t random_below(struct drand48_data *state, uint64_t limit)
{
    long high;
    long low;
    (void)lrand48_r(state, &high);
    (void)lrand48_r(state, &low);
    return ((uint64_t)high << 31 | (uint64_t)low) % limit;
}

/* Fisher and Yates. */
static void shuffle(struct row_list *list)
{
    struct drand48_data state;
    long seed = 0;
    if (getrandom(&seed, sizeof seed, 0) < 0) {
        seed = time(NULL);
    }
    (void)srand48_r(seed, &state);
    for (size_t i = list->count; i > 1; i--) {
        size_t other = random_below(&state, i);
        struct row *row = list->rows[i - 1];
        list->rows[i - 1] = list->rows[other];
        list->rows[other] = row;
    }
}

static bool is_stopping(struct reader *reader)
{
    (void)pthread_mutex_lock(&reader->lock);
    bool stopping = reader->is_stopping;
    (void)pthread_mutex_unlock(&reader->lock);
    return stopping;
}

static void *thread_main(void *argument)
{
    struct reader *reader = argument;
    struct err err = {0};
    struct row *row;
    int got;

    while ((got = row_source_next(reader->source, &row, &err)) > 0) {
        list_add(&reader->fresh, row);
        if (should_hand_over(reader)) {
            hand_over(reader, NULL);
        }
        if (reader->fresh.count % HAND_OVER_ROWS == 0 && is_stopping(reader)) {
            break;
        }
    }
    if (reader->options.shuffle) {
        shuffle(&reader->fresh);
    }
    if (got < 0 && err.code != ECANCELED) {
        err.code = err.code ? err.code : EIO;
    } else {
        err.code = 0;
    }
    hand_over(reader, &err);
    return NULL;
}

/* ---- the caller ---- */

struct reader *reader_new(const struct reader_options *options)
{
    struct reader *reader = NEW(struct reader);
    reader->options = *options;
    reader->options.all_first = options->all_first || options->shuffle;
    reader->is_waited_for = true;
    reader->stop_fd = eventfd(0, EFD_CLOEXEC);
    (void)pthread_mutex_init(&reader->lock, NULL);
    (void)pthread_cond_init(&reader->changed, NULL);
    return reader;
}

struct row_reader_hooks reader_hooks(struct reader *reader)
{
    return (struct row_reader_hooks){read_patiently, reader};
}

void reader_start(struct reader *reader, struct row_source *source,
                  void (*wake)(void *ctx), void *ctx)
{
    reader->source = source;
    reader->wake = wake;
    reader->ctx = ctx;
    reader->is_started = true;
    reader->knows_total = row_source_total(source, &reader->known_total);
    if (reader->knows_total && !reader->options.shuffle) {
        reader->options.all_first = false; /* it was for the total */
    }
    thread_start(&reader->thread, thread_main, reader);
}

/* Move the whole queue to the caller's list: one lock for many rows. */
static void take_queue(struct reader *reader)
{
    struct row_list empty = reader->taken;
    empty.count = 0;
    empty.bytes = 0;
    reader->taken = reader->queue;
    reader->queue = empty;
    reader->next_taken = 0;
    (void)pthread_cond_signal(&reader->changed);
}

int reader_next(struct reader *reader, struct row **row, struct err *err)
{
    int answer = 1;
    if (reader->next_taken == reader->taken.count) {
        (void)pthread_mutex_lock(&reader->lock);
        if (reader->queue.count) {
            take_queue(reader);
        } else if (reader->has_ended) {
            *err = reader->trouble;
            answer = -1;
        } else {
            reader->is_waited_for = true;
            answer = 0;
        }
        (void)pthread_mutex_unlock(&reader->lock);
    }
    if (answer > 0) {
        *row = reader->taken.rows[reader->next_taken++];
    }
    return answer;
}

bool reader_total(struct reader *reader, uint64_t *total)
{
    (void)pthread_mutex_lock(&reader->lock);
    bool known = reader->has_ended || reader->knows_total;
    *total = reader->knows_total && !reader->has_ended ? reader->known_total
                                                       : reader->total;
    (void)pthread_mutex_unlock(&reader->lock);
    return known;
}

bool reader_has_more(struct reader *reader, uint64_t count)
{
    uint64_t total;
    return !reader_total(reader, &total) || total > count;
}

static void stop(struct reader *reader)
{
    uint64_t one = 1;
    (void)pthread_mutex_lock(&reader->lock);
    reader->is_stopping = true;
    (void)pthread_mutex_unlock(&reader->lock);
    (void)pthread_cond_signal(&reader->changed);
    ssize_t written = write(reader->stop_fd, &one, sizeof one);
    (void)written; /* an eventfd takes a first 1 always */
}

/* False: the thread hangs. */
static bool end_thread(struct reader *reader)
{
    struct timespec deadline;
    stop(reader);
    (void)clock_gettime(CLOCK_REALTIME, &deadline);
    deadline.tv_sec++;
    if (!pthread_timedjoin_np(reader->thread, NULL, &deadline)) {
        return true;
    }
    (void)pthread_detach(reader->thread);
    return false;
}

const char *reader_warning(struct reader *reader)
{
    return reader_total(reader, &(uint64_t){0})
               ? row_source_warning(reader->source)
               : NULL;
}

void reader_free(struct reader *reader)
{
    if (!reader || (reader->is_started && !end_thread(reader))) {
        return; /* the thread hangs, and keeps what it uses */
    }
    row_source_free(reader->source);
    list_release(&reader->fresh, 0);
    list_release(&reader->queue, 0);
    list_release(&reader->taken, reader->next_taken);
    (void)close(reader->stop_fd);
    (void)pthread_mutex_destroy(&reader->lock);
    (void)pthread_cond_destroy(&reader->changed);
    free(reader);
}

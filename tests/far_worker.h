/* SPDX-License-Identifier: MIT */
/* far_worker.h - a worker process, and a test that speaks frames to it
 *
 * The program is the one that POOLRUN names, as `make check` sets it.
 */

#ifndef POOLRUN_FAR_WORKER_H
#define POOLRUN_FAR_WORKER_H

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fd.h"
#include "job/result.h"
#include "wire/batch_flag.h"
#include "wire/frame.h"
#include "wire/hello.h"

enum { TOO_LATE_MS = 60000, BATCH = 9 };

/* A worker process, and the end of its channel that is ours. */
struct far {
    pid_t pid; /* 0 = reaped */
    int fd;
    struct buf in;
    struct frame_decoder *decoder;
    size_t eaten; /* bytes of the frame in hand, at the front of in */
    struct buf out[2];
};

static inline int far_set_up(void **state)
{
    const char *program = getenv("POOLRUN");
    int ends[2];
    if (!program) {
        fail_msg("POOLRUN must name the program");
    }
    struct far *far = calloc(1, sizeof *far);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends),
                     0);
    far->pid = fork();
    if (!far->pid) {
        if (dup2(ends[1], 3) == 3 && fcntl(3, F_SETFD, 0) == 0) {
            (void)execl(program, "poolrun", "--worker", (char *)NULL);
        }
        _exit(99);
    }
    (void)close(ends[1]);
    far->fd = ends[0];
    far->decoder = frame_decoder_new();
    *state = far;
    return 0;
}

static inline int far_tear_down(void **state)
{
    struct far *far = *state;
    if (far->pid) {
        (void)kill(far->pid, SIGKILL);
        (void)waitpid(far->pid, NULL, 0);
    }
    if (far->fd >= 0) {
        (void)close(far->fd);
    }
    frame_decoder_free(far->decoder);
    buf_release(&far->in);
    buf_release(&far->out[0]);
    buf_release(&far->out[1]);
    free(far);
    return 0;
}

/* ---- speaking ---- */

static inline void say(struct far *far, struct frame frame)
{
    AUTO_BUF struct buf buf = {0};
    frame_encode(&frame, &buf);
    assert_int_equal(fd_write_all(far->fd, buf.data, buf.len), 0);
}

static inline struct frame_id id_of(uint64_t job)
{
    return (struct frame_id){11, 22, job, 1};
}

static inline void say_batch(struct far *far, const char *const *words,
                             size_t count, uint64_t flags)
{
    struct bytes all[8];
    for (size_t i = 0; i < count; i++) {
        all[i] = bytes_of(words[i]);
    }
    say(far,
        (struct frame){.type = FRAME_BATCH,
                       .batch = {.batch = BATCH,
                                 .flags = flags,
                                 .words = {all, count},
                                 .term_seq = bytes_of("TERM,3600000,KILL")}});
}

/* Jobs are then scripts: the row is run by a shell. */
static inline void greet(struct far *far)
{
    say(far, hello_make(HELLO_OWNER));
    say(far, (struct frame){.type = FRAME_WELCOME,
                            .welcome = {.pool = bytes_of("lab"), .slot = 4}});
    say_batch(far, NULL, 0, 0);
}

static inline void say_run(struct far *far, uint64_t job, const char *script)
{
    struct bytes field = bytes_of(script);
    say(far, (struct frame){.type = FRAME_RUN,
                            .run = {.id = id_of(job),
                                    .batch = BATCH,
                                    .line = job,
                                    .fields = {&field, 1}}});
}

static inline void say_cancel(struct far *far, struct frame_id id)
{
    say(far, (struct frame){.type = FRAME_CANCEL, .cancel = {.id = id}});
}

static inline void say_pause(struct far *far, bool on)
{
    say(far, (struct frame){.type = FRAME_PAUSE, .pause = {.on = on}});
}

/* ---- hearing ---- */

/* False at the end of the channel. */
static inline bool fill(struct far *far)
{
    struct pollfd entry = {.fd = far->fd, .events = POLLIN};
    if (poll(&entry, 1, TOO_LATE_MS) != 1) {
        fail_msg("the worker has nothing to say");
    }
    ssize_t got = read(far->fd, buf_reserve(&far->in, 65536), 65536);
    buf_grow(&far->in, got > 0 ? (size_t)got : 0);
    return got > 0;
}

/* The next frame, lent until the next call; false at the end. */
static inline bool hear_any(struct far *far, struct frame *frame)
{
    struct err err = {0};
    int64_t len;
    buf_eat(&far->in, far->eaten);
    far->eaten = 0;
    while ((len = frame_length(buf_bytes(&far->in))) == 0 ||
           (size_t)len > far->in.len) {
        if (!fill(far)) {
            return false;
        }
    }
    struct bytes body = {far->in.data + FRAME_HEADER_BYTES,
                         (size_t)len - FRAME_HEADER_BYTES};
    assert_int_equal(frame_decode(far->decoder, body, frame, &err), 1);
    far->eaten = (size_t)len;
    return true;
}

static inline void keep_output(struct far *far,
                               const struct frame_output *output)
{
    struct buf *out = &far->out[output->stream == FRAME_STDERR];
    assert_int_equal(output->offset, out->len);
    buf_add_bytes(out, output->data);
}

/* The next frame that is no OUTPUT. */
static inline struct frame hear(struct far *far, enum frame_type type)
{
    struct frame frame = {0};
    do {
        if (!hear_any(far, &frame)) {
            fail_msg("the channel has ended");
        }
        if (frame.type == FRAME_OUTPUT) {
            keep_output(far, &frame.output);
        }
    } while (frame.type == FRAME_OUTPUT);
    assert_string_equal(frame_name(frame.type), frame_name(type));
    return frame;
}

/* Read until stdout holds this. */
static inline void hear_output(struct far *far, const char *text)
{
    struct frame frame;
    while (!strstr(buf_text(&far->out[0]), text)) {
        assert_true(hear_any(far, &frame));
        assert_int_equal(frame.type, FRAME_OUTPUT);
        keep_output(far, &frame.output);
    }
}

static inline void expect_id(const struct frame_id *id, uint64_t job)
{
    struct frame_id expected = id_of(job);
    assert_memory_equal(id, &expected, sizeof expected);
}

static inline pid_t hear_started(struct far *far, uint64_t job)
{
    struct frame frame = hear(far, FRAME_STARTED);
    expect_id(&frame.started.id, job);
    assert_int_equal(frame.started.slot, 4);
    assert_true(frame.started.pid > 1);
    return (pid_t)frame.started.pid;
}

static inline void hear_done(struct far *far, uint64_t job,
                             enum result_status status, int code)
{
    struct frame frame = hear(far, FRAME_DONE);
    expect_id(&frame.done.id, job);
    assert_int_equal(frame.done.status, status);
    assert_int_equal(status == RESULT_SIGNALED ? (int)frame.done.signal
                                               : (int)frame.done.exit_code,
                     code);
}

static inline void hear_returned(struct far *far, uint64_t job)
{
    struct frame frame = hear(far, FRAME_RETURNED);
    expect_id(&frame.returned.id, job);
}

static inline void hear_end(struct far *far, int status)
{
    struct frame frame;
    int ended;
    while (far->fd >= 0 && hear_any(far, &frame)) {
        assert_int_not_equal(frame.type, FRAME_STARTED);
    }
    assert_int_equal(waitpid(far->pid, &ended, 0), far->pid);
    far->pid = 0;
    assert_true(WIFEXITED(ended));
    assert_int_equal(WEXITSTATUS(ended), status);
}

static inline void expect_gone(pid_t pid)
{
    assert_int_equal(kill(pid, 0), -1);
    assert_int_equal(errno, ESRCH);
}

static inline int far_set_up_greeted(void **state)
{
    (void)far_set_up(state);
    (void)hear(*state, FRAME_HELLO);
    greet(*state);
    return 0;
}

#endif

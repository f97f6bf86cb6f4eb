/* SPDX-License-Identifier: MIT */
/* capture.h - read what a job writes, as much as is allowed
 *
 * Two pipes, stdout and stderr. When the allowance is used up they are left to
 * fill, and the job waits. Once the job has ended, what the pipes hold at that
 * moment is the rest: somebody who keeps them open delays nothing.
 */

#ifndef POOLRUN_CAPTURE_H
#define POOLRUN_CAPTURE_H

#include <ev.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;

struct capture_events {
    /* stream: 0 stdout, 1 stderr. offset: of data within the stream. */
    void (*on_data)(void *ctx, unsigned stream, uint64_t offset,
                    const char *data, size_t len);
    /* After capture_finish: all is read. May come from within it. */
    void (*on_drained)(void *ctx);
};

struct capture_pipe {
    int fd; /* -1 = closed */
    int write_fd;
    uint64_t offset; /* bytes read */
    uint64_t rest;   /* bytes still to be read; UINT64_MAX = no end known */
    ev_io readable;
};

struct capture {
    struct ev_loop *loop;
    const struct capture_events *events;
    void *ctx;
    struct capture_pipe pipes[2];
    uint64_t allowed; /* bytes of both, since the job began */
};

void capture_init(struct capture *capture, struct ev_loop *loop,
                  const struct capture_events *events, void *ctx);

/* Make the pipes; their ends for the job are pipes[].write_fd. */
int capture_open(struct capture *capture, struct err *err)
    __attribute__((warn_unused_result));

/* The job has its ends: close ours and begin to read. */
void capture_start(struct capture *capture, uint64_t allowed);

/* Never less than before. */
void capture_allow(struct capture *capture, uint64_t allowed);

void capture_finish(struct capture *capture);
void capture_close(struct capture *capture);

#endif

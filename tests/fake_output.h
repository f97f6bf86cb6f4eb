/* SPDX-License-Identifier: MIT */
/* fake_output.h - a standard output and error of which a test is the reader
 *
 * Between begin and end descriptors 1 and 2 are files, or pipes that fill. A
 * test ends it in its teardown, so that what cmocka says of a failure is seen.
 */

#ifndef POOLRUN_FAKE_OUTPUT_H
#define POOLRUN_FAKE_OUTPUT_H

#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"

enum { FAKE_OUTPUT_PATIENCE_MS = 60000 };

struct fake_output {
    int saved[2];   /* what 1 and 2 were */
    int read_fd[2]; /* of stdout and stderr */
    struct buf text;
};

/* Put write_fd (taken over) in the place of 1 or 2. */
static inline void fake_output_put(struct fake_output *output, int stream,
                                   int write_fd, int read_fd)
{
    (void)fflush(stream ? stderr : stdout);
    output->saved[stream] = fcntl(1 + stream, F_DUPFD_CLOEXEC, 10);
    assert_true(output->saved[stream] >= 10);
    assert_int_equal(dup2(write_fd, 1 + stream), 1 + stream);
    (void)close(write_fd);
    output->read_fd[stream] = read_fd;
}

static inline void fake_output_files(struct fake_output *output)
{
    *output = (struct fake_output){0};
    for (int stream = 0; stream < 2; stream++) {
        FILE *file = tmpfile();
        assert_non_null(file);
        int fd = fcntl(fileno(file), F_DUPFD_CLOEXEC, 10);
        int read_fd = fcntl(fd, F_DUPFD_CLOEXEC, 10);
        (void)fclose(file);
        fake_output_put(output, stream, fd, read_fd);
    }
}

static inline void fake_output_pipes(struct fake_output *output)
{
    *output = (struct fake_output){0};
    for (int stream = 0; stream < 2; stream++) {
        int ends[2];
        assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
        fake_output_put(output, stream, ends[1], ends[0]);
    }
}

/* The reader of a pipe goes away. */
static inline void fake_output_close(struct fake_output *output, int stream)
{
    if (output->read_fd[stream] >= 0) {
        (void)close(output->read_fd[stream]);
        output->read_fd[stream] = -1;
    }
}

static inline void fake_output_end(struct fake_output *output)
{
    for (int stream = 0; stream < 2; stream++) {
        (void)dup2(output->saved[stream], 1 + stream);
        (void)close(output->saved[stream]);
        fake_output_close(output, stream);
    }
    buf_release(&output->text);
}

/* All that was written to a file; lent until the next call. */
static inline const char *fake_output_text(struct fake_output *output,
                                           int stream)
{
    ssize_t len;
    off_t offset = 0;
    buf_clear(&output->text);
    while ((len = pread(output->read_fd[stream],
                        buf_reserve(&output->text, 65536), 65536, offset)) >
           0) {
        buf_grow(&output->text, (size_t)len);
        offset += len;
    }
    return buf_text(&output->text);
}

/* The next len bytes of a pipe; lent until the next call. */
static inline const char *fake_output_read(struct fake_output *output,
                                           int stream, size_t len)
{
    struct pollfd entry = {.fd = output->read_fd[stream], .events = POLLIN};
    buf_clear(&output->text);
    while (output->text.len < len) {
        assert_int_equal(poll(&entry, 1, FAKE_OUTPUT_PATIENCE_MS), 1);
        char *place = buf_reserve(&output->text, len);
        ssize_t got = read(entry.fd, place, len - output->text.len);
        assert_true(got > 0);
        buf_grow(&output->text, (size_t)got);
    }
    return buf_text(&output->text);
}

#endif

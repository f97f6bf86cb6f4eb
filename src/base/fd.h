/* SPDX-License-Identifier: MIT */
/* fd.h - descriptors: born close-on-exec, read and written whole */

#ifndef POOLRUN_FD_H
#define POOLRUN_FD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct err;

/* Write all of data, however often the kernel stops short; waits for room on
 * a descriptor somebody made non-blocking. 0, or -1 with errno. */
int fd_write_all(int fd, const void *data, size_t len)
    __attribute__((warn_unused_result));

/* Read up to len bytes, again after EINTR and EAGAIN. Bytes read, 0 at the
 * end, or -1 with errno. */
ssize_t fd_read(int fd, void *data, size_t len)
    __attribute__((warn_unused_result));

int fd_set_nonblocking(int fd, struct err *err)
    __attribute__((warn_unused_result));

/* Make sure that 0, 1 and 2 are open (on /dev/null where they were not), so
 * that no file of ours ever gets one of these numbers. */
int fd_open_standard(struct err *err) __attribute__((warn_unused_result));

/* Does this errno say that there is no room, which may come back? */
bool fd_means_full(int code);

/* Close this descriptor and all above it. */
void fd_close_from(int first);

#endif

/* SPDX-License-Identifier: MIT */
#include "base/fd.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/err.h"

static void wait_for(int fd, short events)
{
    struct pollfd entry = {.fd = fd, .events = events};
    (void)poll(&entry, 1, -1); /* an error shows at the next read or write */
}

int fd_write_all(int fd, const void *data, size_t len)
{
    const char *next = data;
    while (len) {
        ssize_t done = write(fd, next, len);
        if (done >= 0) {
            next += done;
            len -= (size_t)done;
        } else if (errno == EAGAIN) {
            wait_for(fd, POLLOUT);
        } else if (errno != EINTR) {
            return -1;
        }
    }
    return 0;
}

ssize_t fd_read(int fd, void *data, size_t len)
{
    for (;;) {
        ssize_t done = read(fd, data, len);
        if (done >= 0 || (errno != EINTR && errno != EAGAIN)) {
            return done;
        }
        if (errno == EAGAIN) {
            wait_for(fd, POLLIN);
        }
    }
}

int fd_set_nonblocking(int fd, struct err *err)
{
    int flags = fcntl(fd, F_GETFL);
    if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0) {
        return err_set_errno(err, errno,
                             "cannot make descriptor %d "
                             "non-blocking",
                             fd);
    }
    return 0;
}

/* For kernels before 5.9. */
static void close_listed(int first)
{
    DIR *folder = opendir("/proc/self/fd");
    const struct dirent *entry;
    while (folder && (entry = readdir(folder))) {
        int fd = (int)strtol(entry->d_name, NULL, 10);
        if (fd >= first && fd != dirfd(folder)) {
            (void)close(fd); /* nobody's: there is nobody to tell */
        }
    }
    if (folder) {
        (void)closedir(folder);
    }
}

/* By the system call, which is older (Linux 5.9) than its function in libc. */
void fd_close_from(int first)
{
#ifdef SYS_close_range
    if (syscall(SYS_close_range, (unsigned)first, ~0U, 0) == 0) {
        return;
    }
#endif
    close_listed(first);
}

int fd_open_standard(struct err *err)
{
    for (;;) {
        int fd = open("/dev/null", O_RDWR | O_CLOEXEC);
        if (fd < 0) {
            return err_set_errno(err, errno, "cannot open /dev/null");
        }
        if (fd > STDERR_FILENO) {
            (void)close(fd);
            return 0;
        }
        if (fcntl(fd, F_SETFD, 0) < 0) {
            return err_set_errno(err, errno, "cannot keep descriptor %d", fd);
        }
    }
}

bool fd_means_full(int code)
{
    return code == ENOSPC || code == EDQUOT;
}

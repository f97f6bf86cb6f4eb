/* SPDX-License-Identifier: MIT */
#include "job/input_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/auto.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/xalloc.h"

struct input_file {
    char *name;
    int fd;
    bool is_ended; /* a terminal would go on after its first end */
    bool skips_bom;
    struct buf held;
    struct row_reader_hooks hooks;
};

static ssize_t read_plainly(void *ctx, int fd, void *data, size_t len)
{
    (void)ctx;
    return fd_read(fd, data, len);
}

static int open_path(const char *path, struct err *err)
{
    struct stat status;
    AUTO_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0) {
        return err_set_errno(err, errno, "cannot open %s", path);
    }
    if (!fstat(fd, &status) && S_ISDIR(status.st_mode)) {
        return err_set_errno(err, EISDIR, "cannot read %s", path);
    }
    return TAKE_FD(fd);
}

struct input_file *input_file_open(const char *path,
                                   const struct row_reader_hooks *hooks,
                                   bool skips_bom, struct err *err)
{
    bool is_standard = !strcmp(path, "-");
    int fd = is_standard ? STDIN_FILENO : open_path(path, err);

    if (fd < 0) {
        return NULL;
    }
    struct input_file *file = NEW(struct input_file);
    file->name = xstrdup(is_standard ? "standard input" : path);
    file->fd = fd;
    file->skips_bom = skips_bom;
    file->hooks = *hooks;
    if (!file->hooks.read) {
        file->hooks.read = read_plainly;
    }
    return file;
}

void input_file_close(struct input_file *file)
{
    if (!file) {
        return;
    }
    if (file->fd != STDIN_FILENO) {
        (void)close(file->fd); /* only read from */
    }
    buf_release(&file->held);
    free(file->name);
    free(file);
}

const char *input_file_name(const struct input_file *file)
{
    return file->name;
}

struct buf *input_file_held(struct input_file *file)
{
    return &file->held;
}

static ssize_t read_more(struct input_file *file, struct err *err)
{
    if (file->is_ended) {
        return 0;
    }
    char *place = buf_reserve(&file->held, INPUT_FILE_READ_BYTES);
    ssize_t len = file->hooks.read(file->hooks.ctx, file->fd, place,
                                   INPUT_FILE_READ_BYTES);
    if (len < 0) {
        return err_set_errno(err, errno, "cannot read %s", file->name);
    }
    buf_grow(&file->held, (size_t)len);
    file->is_ended = !len;
    return len;
}

/* After the first read: drop the mark, which may come in pieces. */
static int skip_bom(struct input_file *file, struct err *err)
{
    static const char mark[] = "\xef\xbb\xbf";
    const size_t len = sizeof mark - 1;
    struct buf *held = &file->held;
    ssize_t added = 1;

    while (added && held->len < len && !memcmp(held->data, mark, held->len)) {
        added = read_more(file, err);
        if (added < 0) {
            return -1;
        }
    }
    if (held->len >= len && !memcmp(held->data, mark, len)) {
        buf_eat(held, len);
    }
    return 0;
}

ssize_t input_file_fill(struct input_file *file, struct err *err)
{
    ssize_t added = read_more(file, err);

    if (added > 0 && file->skips_bom) {
        file->skips_bom = false;
        if (skip_bom(file, err) < 0) {
            return -1;
        }
        added = (ssize_t)file->held.len;
        return added ? added : read_more(file, err);
    }
    return added;
}

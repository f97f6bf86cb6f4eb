/* SPDX-License-Identifier: MIT */
#include "out/results_dir.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/auto.h"
#include "base/blob_walk.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/xalloc.h"
#include "job/result.h"
#include "out/results_path.h"

struct results_dir {
    char *path;
    int fd;
    const struct bytes *names;
    size_t name_count;
};

/* Like mkdir -p: what is there is as good. */
static int make_folders(const char *path, struct err *err)
{
    AUTO_FREE char *copy = xstrdup(path);
    for (char *at = copy; *at; at++) {
        bool is_end_of_name = at[1] == '/' || at[1] == '\0';
        if (*at == '/' || !is_end_of_name) {
            continue;
        }
        char next = at[1];
        at[1] = '\0';
        if (mkdir(copy, 0777) && errno != EEXIST) {
            return err_set_errno(err, errno, "cannot make the folder %s", copy);
        }
        at[1] = next;
    }
    return 0;
}

struct results_dir *results_dir_open(const char *path,
                                     const struct bytes *names,
                                     size_t name_count, struct err *err)
{
    if (make_folders(path, err)) {
        return NULL;
    }
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        (void)err_set_errno(err, errno, "cannot open the folder %s", path);
        return NULL;
    }
    struct results_dir *dir = NEW(struct results_dir);
    *dir = (struct results_dir){xstrdup(path), fd, names, name_count};
    return dir;
}

void results_dir_close(struct results_dir *dir)
{
    if (dir) {
        (void)close(dir->fd); /* nothing was written through it */
        free(dir->path);
        free(dir);
    }
}

/* Make and open the folder `path` below DIR, name by name: the whole may be
 * longer than the kernel takes, and no link may lead out of DIR. */
static int open_folder(const struct results_dir *dir, const char *path)
{
    AUTO_CLOSE int fd = fcntl(dir->fd, F_DUPFD_CLOEXEC, 0);
    AUTO_FREE char *copy = xstrdup(path);
    char *rest = NULL;

    for (char *name = strtok_r(copy, "/", &rest); name && fd >= 0;
         name = strtok_r(NULL, "/", &rest)) {
        if (mkdirat(fd, name, 0777) && errno != EEXIST) {
            return -1;
        }
        int below =
            openat(fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        (void)close(fd); /* nothing was written through it */
        fd = below;
    }
    return TAKE_FD(fd);
}

static int write_blob(int fd, const struct blob *blob, struct err *err)
{
    struct blob_walk walk;
    int more;

    blob_walk_init(&walk, blob, 0, UINT64_MAX);
    while ((more = blob_walk_next(&walk, err)) > 0) {
        if (fd_write_all(fd, walk.piece.data, walk.piece.len)) {
            return err_set_errno(err, errno, "cannot write");
        }
    }
    return more;
}

static int write_seq(int fd, uint64_t seq, struct err *err)
{
    char text[24];
    int len = snprintf(text, sizeof text, "%" PRIu64, seq);
    if (fd_write_all(fd, text, (size_t)len)) {
        return err_set_errno(err, errno, "cannot write");
    }
    return 0;
}

/* Open the file under the name it has until it is whole. */
static int open_unfinished(int folder_fd, const char *name, struct err *err)
{
    int fd =
        openat(folder_fd, name,
               O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
    return fd < 0 ? err_set_errno(err, errno, "cannot make the file") : fd;
}

enum part { PART_STDOUT, PART_STDERR, PART_SEQ, PART_COUNT };

static const struct {
    const char *name;
    const char *unfinished;
} parts[PART_COUNT] = {
    [PART_STDOUT] = {"stdout", ".stdout~"},
    [PART_STDERR] = {"stderr", ".stderr~"},
    [PART_SEQ] = {"seq", ".seq~"},
};

static int write_part(int folder_fd, enum part part,
                      const struct result *result, struct err *err)
{
    AUTO_CLOSE int fd = open_unfinished(folder_fd, parts[part].unfinished, err);
    if (fd < 0) {
        return -1;
    }
    if (part == PART_SEQ
            ? write_seq(fd, result->seq, err)
            : write_blob(fd, part == PART_STDOUT ? result->out : result->err,
                         err)) {
        return -1;
    }
    if (close(TAKE_FD(fd))) {
        return err_set_errno(err, errno, "cannot write");
    }
    return 0;
}

static void remove_unfinished(int folder_fd)
{
    for (int part = 0; part < PART_COUNT; part++) {
        /* Mostly there is none; one left behind is overwritten next time. */
        (void)unlinkat(folder_fd, parts[part].unfinished, 0);
    }
}

static int write_parts(int folder_fd, const struct result *result,
                       const char **name, struct err *err)
{
    for (int part = 0; part < PART_COUNT; part++) {
        *name = parts[part].name;
        if (write_part(folder_fd, (enum part)part, result, err)) {
            return -1;
        }
    }
    for (int part = 0; part < PART_COUNT; part++) {
        *name = parts[part].name;
        if (renameat(folder_fd, parts[part].unfinished, folder_fd, *name)) {
            return err_set_errno(err, errno, "cannot rename to it");
        }
    }
    return 0;
}

int results_dir_write(struct results_dir *dir, const struct result *result,
                      struct err *err)
{
    AUTO_BUF struct buf path = {0};
    results_path(dir->names, dir->name_count, result->row, &path);
    AUTO_CLOSE int folder_fd = open_folder(dir, buf_text(&path));
    if (folder_fd < 0) {
        return err_set_errno(err, errno, "cannot make the folder %s/%.300s",
                             dir->path, buf_text(&path));
    }
    const char *name = "";
    if (write_parts(folder_fd, result, &name, err)) {
        remove_unfinished(folder_fd);
        return err_wrap(err, "%s/%.300s%s", dir->path, buf_text(&path), name);
    }
    return 0;
}

/* SPDX-License-Identifier: MIT */
#include "base/spool.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/auto.h"
#include "base/err.h"
#include "base/xalloc.h"

/* Bytes of each segment that are still wanted, and whether it is being filled
 * or waits to be filled again. */
struct segment {
    uint32_t live;
    uint32_t next_free; /* index + 1 of the next free segment, 0 = none */
};

struct spool {
    pthread_mutex_t lock; /* for all that follows, but not for reading */
    char *folder;
    int fd; /* -1 until the first write */
    struct segment *segments;
    uint32_t segment_count;
    uint32_t segment_room;
    uint32_t filling;   /* index + 1 of the newest segment, 0 = none */
    uint32_t used;      /* bytes of it */
    uint32_t free_list; /* index + 1, 0 = none */
    uint64_t held;
};

struct spool *spool_new(const char *folder)
{
    const char *wanted = folder ? folder : getenv("TMPDIR");
    struct spool *spool = NEW(struct spool);
    int failed = pthread_mutex_init(&spool->lock, NULL);
    assert(!failed);
    (void)failed; /* Linux never fails a plain mutex */
    spool->folder = xstrdup(wanted && *wanted ? wanted : "/tmp");
    spool->fd = -1;
    return spool;
}

void spool_free(struct spool *spool)
{
    if (spool) {
        if (spool->fd >= 0) {
            (void)close(spool->fd); /* unlinked: nothing is kept */
        }
        (void)pthread_mutex_destroy(&spool->lock);
        free(spool->folder);
        free(spool->segments);
        free(spool);
    }
}

static int open_file(struct spool *spool, struct err *err)
{
    int fd = open(spool->folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL)) {
        AUTO_FREE char *path = xasprintf("%s/poolrun.XXXXXX", spool->folder);
        fd = mkostemp(path, O_CLOEXEC);
        if (fd >= 0) {
            (void)unlink(path); /* left behind at worst, and empty */
        }
    }
    if (fd < 0) {
        return err_set_errno(err, errno,
                             "cannot make a spool file in %s (set TMPDIR to "
                             "a folder with room)",
                             spool->folder);
    }
    spool->fd = fd;
    return 0;
}

/* Make a segment with room the one that is filled. */
static void next_segment(struct spool *spool)
{
    if (spool->free_list) {
        spool->filling = spool->free_list;
        spool->free_list = spool->segments[spool->filling - 1].next_free;
    } else {
        if (spool->segment_count == spool->segment_room) {
            spool->segment_room =
                spool->segment_room ? spool->segment_room * 2 : 16;
            spool->segments = xrealloc_array(
                spool->segments, spool->segment_room, sizeof *spool->segments);
        }
        spool->filling = ++spool->segment_count;
    }
    spool->segments[spool->filling - 1] = (struct segment){0};
    spool->used = 0;
}

static int write_whole(struct spool *spool, uint64_t offset, const char *data,
                       size_t len, struct err *err)
{
    while (len) {
        ssize_t done = pwrite(spool->fd, data, len, (off_t)offset);
        if (done < 0 && errno == EINTR) {
            continue;
        }
        if (done <= 0) {
            return err_set_errno(err, done ? errno : ENOSPC,
                                 "cannot write to the spool file in %s",
                                 spool->folder);
        }
        data += done;
        offset += (uint64_t)done;
        len -= (size_t)done;
    }
    return 0;
}

static int write_locked(struct spool *spool, const void *data, size_t len,
                        struct extent *extent, struct err *err)
{
    if (spool->fd < 0 && open_file(spool, err)) {
        return -1;
    }
    if (!spool->filling || spool->used == SPOOL_SEGMENT_BYTES) {
        next_segment(spool);
    }
    uint32_t index = spool->filling - 1;
    uint32_t room = SPOOL_SEGMENT_BYTES - spool->used;
    uint32_t count = len < room ? (uint32_t)len : room;
    uint64_t offset = (uint64_t)index * SPOOL_SEGMENT_BYTES + spool->used;
    if (write_whole(spool, offset, data, count, err)) {
        return -1;
    }
    spool->used += count;
    spool->segments[index].live += count;
    spool->held += count;
    *extent = (struct extent){offset, count};
    return 0;
}

int spool_write(struct spool *spool, const void *data, size_t len,
                struct extent *extent, struct err *err)
{
    assert(len > 0);
    (void)pthread_mutex_lock(&spool->lock);
    int failed = write_locked(spool, data, len, extent, err);
    (void)pthread_mutex_unlock(&spool->lock);
    return failed;
}

int spool_read(struct spool *spool, struct extent extent, uint32_t from,
               void *data, uint32_t len, struct err *err)
{
    char *place = data;
    assert(from <= extent.len && len <= extent.len - from);
    uint64_t offset = extent.offset + from;
    while (len) {
        ssize_t done = pread(spool->fd, place, len, (off_t)offset);
        if (done < 0 && errno == EINTR) {
            continue;
        }
        if (done <= 0) {
            return err_set_errno(err, done ? errno : EIO,
                                 "cannot read the spool file in %s",
                                 spool->folder);
        }
        place += done;
        offset += (uint64_t)done;
        len -= (uint32_t)done;
    }
    return 0;
}

void spool_release(struct spool *spool, struct extent extent)
{
    uint32_t index = (uint32_t)(extent.offset / SPOOL_SEGMENT_BYTES);
    (void)pthread_mutex_lock(&spool->lock);
    struct segment *segment = &spool->segments[index];
    assert(segment->live >= extent.len);
    segment->live -= extent.len;
    spool->held -= extent.len;
    if (!segment->live && index + 1 == spool->filling) {
        spool->used = 0;
    } else if (!segment->live) {
        segment->next_free = spool->free_list;
        spool->free_list = index + 1;
    }
    if (!segment->live) {
        /* Where the file system cannot, the blocks are used again later. */
        (void)fallocate(spool->fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
                        (off_t)index * SPOOL_SEGMENT_BYTES,
                        SPOOL_SEGMENT_BYTES);
    }
    (void)pthread_mutex_unlock(&spool->lock);
}

uint64_t spool_held_bytes(struct spool *spool)
{
    (void)pthread_mutex_lock(&spool->lock);
    uint64_t held = spool->held;
    (void)pthread_mutex_unlock(&spool->lock);
    return held;
}

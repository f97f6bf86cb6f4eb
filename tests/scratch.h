/* SPDX-License-Identifier: MIT */
/* scratch.h - a folder of its own for a test program, gone at its end */

#ifndef POOLRUN_SCRATCH_H
#define POOLRUN_SCRATCH_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Its path goes into name. */
static inline void scratch_make(char name[64])
{
    (void)snprintf(name, 64, "/tmp/poolrun-test.XXXXXX");
    assert_non_null(mkdtemp(name));
}

static inline int scratch_remove_one(const char *path,
                                     const struct stat *status, int type,
                                     struct FTW *place)
{
    (void)status;
    (void)type;
    (void)place;
    return remove(path);
}

static inline void scratch_remove(const char *name)
{
    (void)nftw(name, scratch_remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* Make a file below the folder with this text and mode. */
static inline void scratch_write(const char *folder, const char *name,
                                 const void *data, size_t len, mode_t mode)
{
    char path[256];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, mode), 0);
}

static inline void scratch_mkdir(const char *folder, const char *name)
{
    char path[256];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(mkdir(path, 0755), 0);
}

#endif

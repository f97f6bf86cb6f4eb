/* SPDX-License-Identifier: MIT */
/* auto.h - locals that are released when their scope ends
 *
 *     AUTO_FREE char *name = xstrdup("a");
 *     AUTO_CLOSE int fd = open(...);
 *     return TAKE(name);      hands it over: the local is NULL afterwards
 *
 * A module offers its own: AUTO_BUF stands in base/buf.h.
 */

#ifndef POOLRUN_AUTO_H
#define POOLRUN_AUTO_H

#include <stdlib.h>
#include <unistd.h>

static inline void auto_free(void *pointer)
{
    free(*(void **)pointer);
}

static inline void auto_close(const int *fd)
{
    if (*fd >= 0) {
        (void)close(*fd); /* nothing was written that close could lose */
    }
}

#define AUTO_FREE __attribute__((cleanup(auto_free)))
#define AUTO_CLOSE __attribute__((cleanup(auto_close)))

#define TAKE(pointer)                                                          \
    ({                                                                         \
        __typeof__(pointer) *place_ = &(pointer);                              \
        __typeof__(pointer) taken_ = *place_;                                  \
        *place_ = NULL;                                                        \
        taken_;                                                                \
    })

#define TAKE_FD(fd)                                                            \
    ({                                                                         \
        int *place_ = &(fd);                                                   \
        int taken_ = *place_;                                                  \
        *place_ = -1;                                                          \
        taken_;                                                                \
    })

#endif

/* SPDX-License-Identifier: MIT */
#include "wire/hello.h"

#include <errno.h>
#include <inttypes.h>

#include "base/err.h"
#include "wire/frame.h"

struct frame hello_make(const char *role)
{
    return (struct frame){
        .type = FRAME_HELLO,
        .hello = {.version_min = FRAME_VERSION_MIN,
                  .version_max = FRAME_VERSION_MAX,
                  .role = bytes_of(role)},
    };
}

int hello_check(const struct frame_hello *hello, const char *role,
                struct err *err)
{
    if (hello->version_max < FRAME_VERSION_MIN ||
        hello->version_min > FRAME_VERSION_MAX) {
        return err_set(err, EPROTONOSUPPORT,
                       "you speak versions %" PRIu64 " to %" PRIu64
                       " of the protocol, " PACKAGE_STRING
                       " speaks %d to %d: use the same poolrun on both sides",
                       hello->version_min, hello->version_max,
                       FRAME_VERSION_MIN, FRAME_VERSION_MAX);
    }
    if (!bytes_equal(hello->role, bytes_of(role))) {
        return err_set(err, EPROTO,
                       "the far end of this channel must be the %s", role);
    }
    return 0;
}

struct frame hello_refuse(const struct err *err)
{
    return (struct frame){
        .type = FRAME_REFUSE,
        .refuse = {.reason = bytes_of(err->text)},
    };
}

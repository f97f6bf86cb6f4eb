/* SPDX-License-Identifier: MIT */
#include "out/joblog.h"

#include <inttypes.h>

#include "base/blob.h"
#include "base/clock.h"
#include "job/result.h"

void joblog_header(struct buf *out)
{
    buf_add_text(out, "Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\t"
                      "Exitval\tSignal\tCommand\n");
}

int joblog_exit(const struct result *result)
{
    switch (result->status) {
    case RESULT_EXITED:
    case RESULT_NOT_STARTED:
        return result->exit_code;
    case RESULT_SIGNALED:
        return 0;
    case RESULT_TIMED_OUT:
        return -1;
    case RESULT_OUT_OF_MEMORY:
    case RESULT_WORKER_LOST:
        return result->signal ? 0 : -1;
    }
    return -1;
}

const char *joblog_host(const struct result *result)
{
    bool is_local = !result->pool || !strcmp(result->pool, JOBLOG_LOCAL_POOL);
    return is_local ? ":" : result->pool;
}

static void add_command(struct bytes command, struct buf *out)
{
    static const char from[] = "\n\r\t"; /* and the NUL at its end */
    static const char to[] = "nrt0";

    for (size_t i = 0; i < command.len; i++) {
        const char *found = memchr(from, command.data[i], sizeof from);
        if (found) {
            buf_add_char(out, '\\');
            buf_add_char(out, to[found - from]);
        } else {
            buf_add_char(out, command.data[i]);
        }
    }
}

void joblog_line(const struct result *result, struct bytes command,
                 struct buf *out)
{
    const double us_per_second = CLOCK_US_PER_SECOND;

    buf_printf(out, "%" PRIu64 "\t%s\t%.3f\t%10.3f\t0\t%" PRIu64 "\t%d\t%d\t",
               result->seq, joblog_host(result),
               (double)result->started_us / us_per_second,
               (double)result->duration_us / us_per_second, result->out_bytes,
               joblog_exit(result), result->signal);
    add_command(command, out);
    buf_add_char(out, '\n');
}

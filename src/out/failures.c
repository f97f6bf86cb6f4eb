/* SPDX-License-Identifier: MIT */
#include "out/failures.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/text.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "job/result.h"

/* Enough for every cause; a longer message of a job that was not started is
 * cut. */
enum { CAUSE_BYTES = 512, TAIL_BYTES = FAILURES_COMMAND_BYTES / 3 };

struct failures {
    uint64_t count;
    struct buf lines;
};

struct failures *failures_new(void)
{
    return NEW(struct failures);
}

void failures_free(struct failures *failures)
{
    if (failures) {
        buf_release(&failures->lines);
        free(failures);
    }
}

uint64_t failures_count(const struct failures *failures)
{
    return failures->count;
}

/* Cut between two characters. */
static void add_command(struct bytes command, struct buf *out)
{
    if (command.len <= FAILURES_COMMAND_BYTES) {
        text_printable(command, out);
        return;
    }
    struct bytes head = {command.data, FAILURES_COMMAND_BYTES - TAIL_BYTES};
    head.len -= utf8_unfinished(head);
    size_t tail_at = command.len - TAIL_BYTES;
    tail_at -= utf8_unfinished((struct bytes){command.data, tail_at});
    text_printable(head, out);
    buf_add_text(out, "[...]");
    text_printable(
        (struct bytes){command.data + tail_at, command.len - tail_at}, out);
}

static void add_place(const struct result *result, struct buf *out)
{
    if (!result->attempt) {
        buf_add_char(out, '\n'); /* it never came to a pool */
        return;
    }
    buf_add_text(out, " (");
    if (result->pool) {
        buf_add_text(out, "pool ");
        text_printable(bytes_of(result->pool), out);
        buf_add_text(out, ", ");
    }
    buf_printf(out, "attempt %u", result->attempt);
    if (result->status != RESULT_NOT_STARTED) {
        buf_printf(out, ", %.2f s",
                   (double)result->duration_us / CLOCK_US_PER_SECOND);
    }
    buf_add_text(out, ")\n");
}

void failures_add(struct failures *failures, const struct result *result,
                  struct bytes command)
{
    char cause[CAUSE_BYTES];

    if (result_ok(result) || failures->count++ >= FAILURES_TOLD) {
        return;
    }
    struct buf *out = &failures->lines;
    buf_printf(out, "poolrun: job %" PRIu64 " failed: ", result->seq);
    text_printable(bytes_of(result_cause(result, cause, sizeof cause)), out);
    if (command.len) {
        buf_add_text(out, ": ");
        add_command(command, out);
    }
    add_place(result, out);
}

void failures_print(const struct failures *failures, struct buf *out)
{
    buf_add_bytes(out, buf_bytes(&failures->lines));
    if (failures->count > FAILURES_TOLD) {
        buf_printf(out, "poolrun: ... and %" PRIu64 " more failed\n",
                   failures->count - FAILURES_TOLD);
    }
}

/* SPDX-License-Identifier: MIT */
#include "base/term_seq.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>

#include "base/bytes.h"
#include "base/err.h"
#include "base/signal_name.h"

/* The part up to the next comma; *text then stands on it, or on the end. */
static struct bytes take_part(const char **text)
{
    struct bytes part = {*text, strcspn(*text, ",")};
    *text += part.len;
    return part;
}

static bool parse_number(struct bytes part, unsigned max, unsigned *value)
{
    unsigned number = 0;
    for (size_t i = 0; i < part.len; i++) {
        if (part.data[i] < '0' || part.data[i] > '9' || number > max) {
            return false;
        }
        number = number * 10 + (unsigned)(part.data[i] - '0');
    }
    *value = number;
    return part.len && number <= max;
}

/* 0 if it is none. */
static int parse_signal(struct bytes part)
{
    unsigned number;

    if (parse_number(part, NSIG - 1, &number)) {
        return (int)number;
    }
    if (part.len > 3 && !memcmp(part.data, "SIG", 3)) {
        part = (struct bytes){part.data + 3, part.len - 3};
    }
    for (int signal = 1; signal < NSIG; signal++) {
        const char *name = signal_name(signal);
        if (name && bytes_equal(part, bytes_of(name))) {
            return signal;
        }
    }
    return 0;
}

static int refuse(const char *text, struct bytes part, const char *why,
                  struct err *err)
{
    return err_set(err, EINVAL, "\"%.*s\" in \"%s\" is no %s; an example: %s",
                   (int)part.len, part.data, text, why, TERM_SEQ_DEFAULT);
}

int term_seq_parse(const char *text, struct term_seq *seq, struct err *err)
{
    struct term_seq result = {0};
    const char *at = text;

    for (;;) {
        struct bytes part = take_part(&at);
        struct term_step step = {.signal = parse_signal(part)};
        if (!step.signal) {
            return refuse(text, part, "signal", err);
        }
        if (*at) {
            at++;
            part = take_part(&at);
            if (!parse_number(part, TERM_SEQ_MAX_WAIT_MS, &step.wait_ms)) {
                return refuse(text, part, "wait in milliseconds", err);
            }
        }
        if (result.count == TERM_SEQ_MAX_STEPS) {
            return err_set(err, EINVAL, "\"%s\" has more than %d signals", text,
                           TERM_SEQ_MAX_STEPS);
        }
        result.steps[result.count++] = step;
        if (!*at) {
            break;
        }
        at++;
    }
    *seq = result;
    return 0;
}

/* SPDX-License-Identifier: MIT */
#include "out/progress.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"

enum {
    PLAIN_EVERY_US = 10 * CLOCK_US_PER_SECOND,
    BAR_LEAST = 12,
    BAR_MOST = 40,
    PART_BYTES = 96,
    MINUTE = 60,
    HOUR = 60 * MINUTE,
    DAY = 24 * HOUR,
};

/* Longer is no forecast, and keeps the sums far from the end of their type. */
static const double longest_left = 1000.0 * DAY;

static const char red[] = "\033[31m";
static const char green[] = "\033[32m";
static const char normal[] = "\033[m";

enum part {
    PART_DONE, /* the first one: it is cut, where others are left out */
    PART_FAILED,
    PART_RUNNING,
    PART_RATE,
    PART_TIME,
    PART_WORKERS,
    PARTS
};

/* A part that has nothing to say is empty. */
struct line {
    char parts[PARTS][PART_BYTES];
};

static void say(struct line *line, enum part part, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void say(struct line *line, enum part part, const char *format, ...)
{
    size_t used = strlen(line->parts[part]);
    va_list args;

    va_start(args, format);
    (void)vsnprintf(line->parts[part] + used, PART_BYTES - used, format, args);
    va_end(args);
}

static double share_done(const struct progress_state *state)
{
    if (!state->total) {
        return 1;
    }
    double share = (double)state->done / (double)state->total;
    return share < 1 ? share : 1;
}

static bool is_finished(const struct progress_state *state)
{
    return state->total_known && state->done >= state->total;
}

static void say_duration(struct line *line, double seconds)
{
    int64_t whole = (int64_t)(seconds + 0.5);

    if (whole < MINUTE) {
        say(line, PART_TIME, "%d s", (int)whole);
    } else if (whole < HOUR) {
        say(line, PART_TIME, "%d min %d s", (int)(whole / MINUTE),
            (int)(whole % MINUTE));
    } else if (whole < DAY) {
        say(line, PART_TIME, "%d h %d min", (int)(whole / HOUR),
            (int)(whole % HOUR / MINUTE));
    } else {
        say(line, PART_TIME, "%" PRId64 " d %d h", whole / DAY,
            (int)(whole % DAY / HOUR));
    }
}

/* The clock alone is enough for today; later days are named. */
static void say_end(struct line *line, int64_t wall_us, double left)
{
    time_t end = (time_t)((double)wall_us / CLOCK_US_PER_SECOND + left + 0.5);
    struct tm local;
    char text[32];
    size_t len = 0;

    if (!localtime_r(&end, &local)) {
        return;
    }
    if (left < DAY * 0.5) {
        len = strftime(text, sizeof text, "%H:%M:%S", &local);
    } else if (left < 6 * DAY) {
        len = strftime(text, sizeof text, "%a %H:%M", &local);
    } else {
        len = strftime(text, sizeof text, "%Y-%m-%d", &local);
    }
    if (len) {
        say(line, PART_TIME, " left (ends %s)", text);
    }
}

static void say_time(struct line *line, const struct progress_state *state)
{
    if (is_finished(state)) {
        say(line, PART_TIME, "in ");
        say_duration(line, (double)state->elapsed_us / CLOCK_US_PER_SECOND);
        return;
    }
    if (!state->total_known || state->per_second <= 0) {
        return;
    }
    double left = (double)(state->total - state->done) / state->per_second;
    if (left < longest_left) {
        say_duration(line, left);
        say_end(line, state->wall_us, left);
    }
}

static void say_rate(struct line *line, double per_second)
{
    if (per_second >= 9.95) {
        say(line, PART_RATE, "%.0f/s", per_second);
    } else if (per_second >= 0.95) {
        say(line, PART_RATE, "%.1f/s", per_second);
    } else if (per_second * MINUTE >= 0.95) {
        say(line, PART_RATE, "%.1f/min", per_second * MINUTE);
    } else if (per_second > 0) {
        say(line, PART_RATE, "%.1f/h", per_second * HOUR);
    }
}

static void say_workers(struct line *line, const struct progress_state *state)
{
    say(line, PART_WORKERS, "%u worker%s", state->workers,
        state->workers == 1 ? "" : "s");
    if (state->pools != 1) {
        say(line, PART_WORKERS, " in %u pools", state->pools);
    }
}

static void say_all(struct line *line, const struct progress_state *state)
{
    memset(line, 0, sizeof *line);
    say(line, PART_DONE, "%" PRIu64 "/%" PRIu64 "%s", state->done, state->total,
        state->total_known ? "" : "+");
    if (state->total_known) {
        say(line, PART_DONE, " %d%%", (int)(share_done(state) * 100));
    }
    if (state->failed) {
        say(line, PART_FAILED, "%" PRIu64 " failed", state->failed);
    }
    if (!is_finished(state)) {
        say(line, PART_RUNNING, "%" PRIu64 " running", state->running);
    }
    say_rate(line, state->per_second);
    say_time(line, state);
    say_workers(line, state);
}

/* All the text is ASCII, so bytes are columns. */
static unsigned columns(const struct line *line)
{
    size_t sum = 0;
    for (int part = 0; part < PARTS; part++) {
        size_t len = strlen(line->parts[part]);
        sum += len ? len + (part > 0) : 0;
    }
    return (unsigned)sum;
}

static void add_bar(double share, unsigned width, bool color, struct buf *out)
{
    unsigned inner = width - 2;
    unsigned filled = (unsigned)(share * inner);

    buf_add_char(out, '[');
    buf_add_text(out, color ? green : "");
    for (unsigned i = 0; i < inner; i++) {
        buf_add_char(out, i < filled ? '=' : i == filled ? '>' : ' ');
    }
    buf_add_text(out, color ? normal : "");
    buf_add_char(out, ']');
}

static void add_part(const struct line *line, enum part part, bool color,
                     struct buf *out)
{
    bool is_red = color && part == PART_FAILED;
    buf_add_text(out, is_red ? red : "");
    buf_add_text(out, line->parts[part]);
    buf_add_text(out, is_red ? normal : "");
}

void progress_bar_line(const struct progress_state *state, unsigned width,
                       bool color, struct buf *out)
{
    struct line line;
    say_all(&line, state);
    size_t first = strlen(line.parts[PART_DONE]);
    if (first > width) {
        buf_add(out, line.parts[PART_DONE], width);
        return;
    }
    unsigned used = columns(&line);
    unsigned rest = width > used ? width - used - 1 : 0;
    add_part(&line, PART_DONE, color, out);
    if (state->total_known && rest >= BAR_LEAST) {
        buf_add_char(out, ' ');
        add_bar(share_done(state), rest < BAR_MOST ? rest : BAR_MOST, color,
                out);
    }
    used = (unsigned)first;
    for (int part = PART_DONE + 1; part < PARTS; part++) {
        unsigned len = (unsigned)strlen(line.parts[part]);
        if (len && len + 1 <= width - used) {
            buf_add_char(out, ' ');
            add_part(&line, (enum part)part, color, out);
            used += len + 1;
        }
    }
}

void progress_plain_line(const struct progress_state *state, struct buf *out)
{
    struct line line;
    say_all(&line, state);
    for (int part = 0; part < PARTS; part++) {
        if (line.parts[part][0]) {
            buf_add_text(out, part ? " " : "");
            add_part(&line, (enum part)part, false, out);
        }
    }
    buf_add_char(out, '\n');
}

bool progress_is_due(struct progress_mark *mark,
                     const struct progress_state *state)
{
    unsigned tenths = mark->tenths;
    if (state->total_known && state->total) {
        tenths = (unsigned)(share_done(state) * 10);
    }
    if (tenths <= mark->tenths &&
        state->elapsed_us - mark->elapsed_us < PLAIN_EVERY_US) {
        return false;
    }
    *mark = (struct progress_mark){state->elapsed_us, tenths};
    return true;
}

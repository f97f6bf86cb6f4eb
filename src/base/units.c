/* SPDX-License-Identifier: MIT */
#include "base/units.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/err.h"

enum { MICRO = 1000000, PERCENT_MAX = 1000000 };

/* whole + micro / MICRO */
struct decimal {
    uint64_t whole;
    uint32_t micro;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Take a number off the front of *text: 12, 1.5, .5, not 5. */
static bool take_decimal(const char **text, struct decimal *out)
{
    const char *at = *text;
    struct decimal number = {0};

    if (!is_digit(*at) && !(*at == '.' && is_digit(at[1]))) {
        return false;
    }
    for (; is_digit(*at); at++) {
        if (__builtin_mul_overflow(number.whole, 10, &number.whole) ||
            __builtin_add_overflow(number.whole, *at - '0', &number.whole)) {
            return false;
        }
    }
    if (*at == '.') {
        if (!is_digit(*++at)) {
            return false;
        }
        for (uint32_t weight = MICRO / 10; is_digit(*at); at++) {
            number.micro += (uint32_t)(*at - '0') * weight;
            weight /= 10;
        }
    }
    *text = at;
    *out = number;
    return true;
}

/* sum += number * unit */
static bool add_scaled(struct decimal number, uint64_t unit, uint64_t *sum)
{
    uint64_t whole;
    /* unit / MICRO first: unit * micro may be too large */
    uint64_t part =
        unit / MICRO * number.micro + unit % MICRO * number.micro / MICRO;

    return !__builtin_mul_overflow(number.whole, unit, &whole) &&
           !__builtin_add_overflow(*sum, whole, sum) &&
           !__builtin_add_overflow(*sum, part, sum);
}

struct unit {
    const char *name;
    uint64_t size;
};

static size_t name_len(const char *text)
{
    return strcspn(text, ".0123456789");
}

/* The unit at the front of text, whose name is len long; NULL if none. */
static const struct unit *find_unit(const struct unit *units, const char *text,
                                    size_t len)
{
    for (; units->name; units++) {
        if (strlen(units->name) == len && !memcmp(units->name, text, len)) {
            return units;
        }
    }
    return NULL;
}

static bool sum_durations(const char *text, uint64_t *sum)
{
    static const struct unit units[] = {
        {"d", UINT64_C(86400) * MICRO},
        {"h", UINT64_C(3600) * MICRO},
        {"m", UINT64_C(60) * MICRO},
        {"s", MICRO},
        {"ms", 1000},
        {"us", 1},
        {NULL, 0},
    };
    const struct unit *left = units; /* those that may still come */
    struct decimal number;

    for (*sum = 0; *text;) {
        if (!take_decimal(&text, &number)) {
            return false;
        }
        if (!*text && left == units) {
            return add_scaled(number, MICRO, sum); /* a lone number */
        }
        size_t len = name_len(text);
        const struct unit *unit = find_unit(left, text, len);
        if (!unit || !add_scaled(number, unit->size, sum)) {
            return false;
        }
        left = unit + 1;
        text += len;
    }
    return true;
}

int units_parse_duration(const char *text, int64_t *duration_us,
                         struct err *err)
{
    uint64_t sum;

    if (!*text || !sum_durations(text, &sum) || sum > INT64_MAX) {
        return err_set(err, EINVAL,
                       "\"%s\" is no duration: give seconds (10, 0.5), or "
                       "numbers with d, h, m, s or ms (1.5m, 1m30s, 100ms)",
                       text);
    }
    *duration_us = (int64_t)sum;
    return 0;
}

static bool scale_size(const char *text, uint64_t *sum)
{
    static const struct unit units[] = {
        {"", 1},
        {"B", 1},
        {"k", UINT64_C(1000)},
        {"m", UINT64_C(1000000)},
        {"g", UINT64_C(1000000000)},
        {"t", UINT64_C(1000000000000)},
        {"p", UINT64_C(1000000000000000)},
        {"kB", UINT64_C(1000)},
        {"MB", UINT64_C(1000000)},
        {"GB", UINT64_C(1000000000)},
        {"TB", UINT64_C(1000000000000)},
        {"PB", UINT64_C(1000000000000000)},
        {"K", UINT64_C(1) << 10},
        {"M", UINT64_C(1) << 20},
        {"G", UINT64_C(1) << 30},
        {"T", UINT64_C(1) << 40},
        {"P", UINT64_C(1) << 50},
        {"KiB", UINT64_C(1) << 10},
        {"MiB", UINT64_C(1) << 20},
        {"GiB", UINT64_C(1) << 30},
        {"TiB", UINT64_C(1) << 40},
        {"PiB", UINT64_C(1) << 50},
        {NULL, 0},
    };
    struct decimal number;

    if (!take_decimal(&text, &number)) {
        return false;
    }
    const struct unit *unit = find_unit(units, text, strlen(text));
    *sum = 0;
    return unit && add_scaled(number, unit->size, sum);
}

int units_parse_size(const char *text, uint64_t *size_bytes, struct err *err)
{
    uint64_t sum;

    if (!scale_size(text, &sum)) {
        return err_set(err, EINVAL,
                       "\"%s\" is no size: give bytes (4096), or a number "
                       "with K, M, G, T or P (2G, 1.5GiB; k, m, g or kB, MB, "
                       "GB for powers of 1000)",
                       text);
    }
    *size_bytes = sum;
    return 0;
}

int units_parse_percent(const char *text, unsigned *percent, struct err *err)
{
    const char *at = text;
    unsigned value = 0;

    for (; is_digit(*at) && value <= PERCENT_MAX; at++) {
        value = value * 10 + (unsigned)(*at - '0');
    }
    if (at == text || strcmp(at, "%") != 0 || value > PERCENT_MAX) {
        return err_set(err, EINVAL,
                       "\"%s\" is no percentage: give a whole number and %% "
                       "(300%%)",
                       text);
    }
    *percent = value;
    return 0;
}

const char *units_format_duration(int64_t duration_us,
                                  char text[UNITS_TEXT_SIZE])
{
    int64_t s = duration_us / CLOCK_US_PER_SECOND;
    int64_t min = s / 60;
    int64_t h = min / 60;

    if (s < 1) {
        int64_t ms = duration_us > 0 ? duration_us / CLOCK_US_PER_MS : 0;
        (void)snprintf(text, UNITS_TEXT_SIZE, "%" PRId64 " ms", ms);
    } else if (min < 1) {
        (void)snprintf(text, UNITS_TEXT_SIZE, "%" PRId64 " s", s);
    } else if (h < 1) {
        (void)snprintf(text, UNITS_TEXT_SIZE, "%" PRId64 " min %" PRId64 " s",
                       min, s % 60);
    } else if (h < 24) {
        (void)snprintf(text, UNITS_TEXT_SIZE, "%" PRId64 " h %" PRId64 " min",
                       h, min % 60);
    } else {
        (void)snprintf(text, UNITS_TEXT_SIZE, "%" PRId64 " d %" PRId64 " h",
                       h / 24, h % 24);
    }
    return text;
}

const char *units_format_size(uint64_t size_bytes, char text[UNITS_TEXT_SIZE])
{
    static const char *const names[] = {"B",   "KiB", "MiB", "GiB",
                                        "TiB", "PiB", "EiB"};
    size_t step = 0;
    unsigned shift = 0;

    while ((size_bytes >> shift) >= 1024) {
        shift += 10;
        step++;
    }
    uint64_t whole = size_bytes >> shift;
    uint64_t rest = size_bytes - (whole << shift);
    /* rest * 10 fits: it is below 2^60 */
    uint64_t tenth = (rest * 10) >> shift;
    if (tenth && whole < 10) {
        (void)snprintf(text, UNITS_TEXT_SIZE, "%" PRIu64 ".%" PRIu64 " %s",
                       whole, tenth, names[step]);
    } else {
        (void)snprintf(text, UNITS_TEXT_SIZE, "%" PRIu64 " %s", whole,
                       names[step]);
    }
    return text;
}

const char *units_format_clock(int64_t wall_us, int64_t now_us,
                               char text[UNITS_TEXT_SIZE])
{
    time_t then = (time_t)(wall_us / CLOCK_US_PER_SECOND);
    time_t now = (time_t)(now_us / CLOCK_US_PER_SECOND);
    struct tm then_tm;
    struct tm now_tm;

    if (!localtime_r(&then, &then_tm) || !localtime_r(&now, &now_tm)) {
        (void)snprintf(text, UNITS_TEXT_SIZE, "?"); /* a year beyond int */
        return text;
    }
    bool is_today =
        then_tm.tm_year == now_tm.tm_year && then_tm.tm_yday == now_tm.tm_yday;
    if (!strftime(text, UNITS_TEXT_SIZE, is_today ? "%H:%M:%S" : "%F %H:%M:%S",
                  &then_tm)) {
        (void)snprintf(text, UNITS_TEXT_SIZE, "?");
    }
    return text;
}

/* SPDX-License-Identifier: MIT */
/* units.h - durations, sizes and percents as people write them
 *
 * Decimal arithmetic on integers: 0.3s is 300000 us, never a bit less. Digits
 * beyond the sixth behind the point are dropped. An error names the text and
 * what is allowed.
 */

#ifndef POOLRUN_UNITS_H
#define POOLRUN_UNITS_H

#include <stddef.h>
#include <stdint.h>

struct err;

/* Seconds (10, 0.5), or numbers with units that get smaller: 1.5m, 2h, 3d,
 * 100ms, 1m30s; d h m s ms us. Never negative. */
int units_parse_duration(const char *text, int64_t *duration_us,
                         struct err *err) __attribute__((warn_unused_result));

/* Bytes (4096), or a number with a unit, case counts: K M G T P and KiB MiB
 * ... are powers of 1024; k m g t p and kB MB GB TB PB are powers of 1000, as
 * GNU parallel and the GNU coreutils read them. */
int units_parse_size(const char *text, uint64_t *size_bytes, struct err *err)
    __attribute__((warn_unused_result));

/* A whole number and %: 300%. At most 1000000. */
int units_parse_percent(const char *text, unsigned *percent, struct err *err)
    __attribute__((warn_unused_result));

/* Each of these writes a text that fits into UNITS_TEXT_SIZE, and returns
 * it. */
enum { UNITS_TEXT_SIZE = 48 };

/* 250 ms, 3 s, 2 min 5 s, 1 h 20 min, 2 d 3 h: rounded down. */
const char *units_format_duration(int64_t duration_us,
                                  char text[UNITS_TEXT_SIZE]);

/* 512 B, 1.5 KiB, 20 MiB: powers of 1024, rounded down. */
const char *units_format_size(uint64_t size_bytes, char text[UNITS_TEXT_SIZE]);

/* The local time of day, 14:05:09; with the date before it if that is another
 * day than now's: 2031-02-28 14:05:09. Both since 1970. */
const char *units_format_clock(int64_t wall_us, int64_t now_us,
                               char text[UNITS_TEXT_SIZE]);

#endif

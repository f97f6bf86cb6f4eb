/* SPDX-License-Identifier: MIT */
/* decimal.h - numbers as people write them: 0.1 + 0.2 is 0.3
 *
 * A number is digits * 10^exponent with at most 18 digits, none of them a
 * trailing zero; so equal numbers are equal structs. Zero is {0, 0}.
 *
 * It is written in plain digits (0.000001, 100000) unless more than 15 zeros
 * would have to be filled in; then as 1e-20 or 2.5e+30.
 */

#ifndef POOLRUN_DECIMAL_H
#define POOLRUN_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/bytes.h"

struct err;

enum { DECIMAL_MAX_DIGITS = 18, DECIMAL_MAX_EXPONENT = 999 };

struct decimal {
    int64_t digits;
    int exponent;
};

/* Read 3, -0.25, +.5, 1e-6. -1 if the text is no number, or one that has too
 * many digits or lies out of range. */
int decimal_parse(struct bytes text, struct decimal *number, struct err *err)
    __attribute__((warn_unused_result));

/* units * 10^exponent; |units| < 10^18. */
struct decimal decimal_of(int64_t units, int exponent);

/* The number as a multiple of 10^exponent; false if it is none, or one of
 * more than 18 digits. With one exponent for all, sums are those of int64_t. */
bool decimal_units(struct decimal number, int exponent, int64_t *units)
    __attribute__((warn_unused_result));

/* Less than, equal to or greater than 0 as a is to b. */
int decimal_compare(struct decimal a, struct decimal b);

/* a * b: exact where 18 digits hold it, else rounded to them, a half away
 * from zero. -1 if it lies out of range. */
int decimal_multiply(struct decimal a, struct decimal b,
                     struct decimal *product, struct err *err)
    __attribute__((warn_unused_result));

void decimal_format(struct decimal number, struct buf *out);

#endif

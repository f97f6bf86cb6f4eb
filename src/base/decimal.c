/* SPDX-License-Identifier: MIT */
#include "base/decimal.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/err.h"

enum { MAX_ZEROS = 15 };

static const int64_t limit =
    1000000000000000000; /* 10^18: no digits reach it */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int64_t power_of_ten(int exponent)
{
    int64_t power = 1;
    assert(exponent >= 0 && exponent <= DECIMAL_MAX_DIGITS);
    while (exponent--) {
        power *= 10;
    }
    return power;
}

static int count_digits(int64_t digits)
{
    int count = 0;
    for (; digits; digits /= 10) {
        count++;
    }
    return count;
}

static struct decimal normal(int64_t digits, int exponent)
{
    if (!digits) {
        return (struct decimal){0};
    }
    while (digits % 10 == 0) {
        digits /= 10;
        exponent++;
    }
    return (struct decimal){digits, exponent};
}

struct decimal decimal_of(int64_t units, int exponent)
{
    assert(units < limit && units > -limit);
    return normal(units, exponent);
}

/* What has been read of a number. Zeros wait until a digit follows: the
 * trailing ones need no room. */
struct reading {
    int64_t digits;
    int64_t zeros;
    int64_t exponent;
    bool has_digit;
    bool is_too_long;
};

static void add_digit(struct reading *reading, char c)
{
    reading->has_digit = true;
    if (c == '0') {
        reading->zeros += reading->digits != 0;
        return;
    }
    for (; reading->zeros >= 0 && !reading->is_too_long; reading->zeros--) {
        reading->is_too_long = reading->digits >= limit / 10;
        reading->digits *= reading->is_too_long ? 1 : 10;
    }
    reading->zeros = 0;
    reading->digits += reading->is_too_long ? 0 : c - '0';
}

static const char *read_digits(struct reading *reading, const char *at,
                               const char *end, int64_t exponent_each)
{
    for (; at < end && is_digit(*at); at++) {
        add_digit(reading, *at);
        reading->exponent += exponent_each;
    }
    return at;
}

/* The exponent behind an e; NULL where there is none. */
static const char *read_exponent(struct reading *reading, const char *at,
                                 const char *end)
{
    bool is_negative = at < end && *at == '-';
    int64_t exponent = 0;

    at += at < end && (*at == '-' || *at == '+');
    if (at == end || !is_digit(*at)) {
        return NULL;
    }
    for (; at < end && is_digit(*at); at++) {
        if (exponent < 1000000) {
            exponent = exponent * 10 + (*at - '0');
        }
    }
    reading->exponent += is_negative ? -exponent : exponent;
    return at;
}

static bool read_number(struct reading *reading, const char *at,
                        const char *end)
{
    at = read_digits(reading, at, end, 0);
    if (at < end && *at == '.') {
        at = read_digits(reading, at + 1, end, -1);
    }
    if (!reading->has_digit) {
        return false;
    }
    if (at < end && (*at == 'e' || *at == 'E')) {
        at = read_exponent(reading, at + 1, end);
    }
    return at == end;
}

int decimal_parse(struct bytes text, struct decimal *number, struct err *err)
{
    struct reading reading = {0};
    const char *end = text.data + text.len;
    bool is_signed = text.len && (text.data[0] == '-' || text.data[0] == '+');
    int len = text.len < 100 ? (int)text.len : 100;

    if (!text.len || !read_number(&reading, text.data + is_signed, end)) {
        return err_set(err, EINVAL, "\"%.*s\" is no number", len,
                       text.len ? text.data : "");
    }
    if (reading.is_too_long) {
        return err_set(err, EOVERFLOW, "%.*s has more than %d digits", len,
                       text.data, DECIMAL_MAX_DIGITS);
    }
    int64_t exponent = reading.exponent + reading.zeros;
    if (reading.digits &&
        (exponent > DECIMAL_MAX_EXPONENT || exponent < -DECIMAL_MAX_EXPONENT)) {
        return err_set(err, EOVERFLOW, "%.*s is out of range", len, text.data);
    }
    bool is_negative = is_signed && text.data[0] == '-';
    *number = normal(is_negative ? -reading.digits : reading.digits,
                     reading.digits ? (int)exponent : 0);
    return 0;
}

bool decimal_units(struct decimal number, int exponent, int64_t *units)
{
    int shift = number.exponent - exponent;

    if (!number.digits) {
        *units = 0;
        return true;
    }
    if (shift < 0 || shift + count_digits(number.digits) > DECIMAL_MAX_DIGITS) {
        return false;
    }
    *units = number.digits * power_of_ten(shift);
    return true;
}

/* All 18 digits used: comparable between numbers of the same magnitude. */
static int64_t stretched(struct decimal number)
{
    return number.digits *
           power_of_ten(DECIMAL_MAX_DIGITS - count_digits(number.digits));
}

static int sign(int64_t digits)
{
    return (digits > 0) - (digits < 0);
}

int decimal_compare(struct decimal a, struct decimal b)
{
    int sign_a = sign(a.digits);

    if (sign_a != sign(b.digits) || !sign_a) {
        return sign_a - sign(b.digits);
    }
    int magnitude_a = a.exponent + count_digits(a.digits);
    int magnitude_b = b.exponent + count_digits(b.digits);
    if (magnitude_a != magnitude_b) {
        return magnitude_a > magnitude_b ? sign_a : -sign_a;
    }
    return sign(stretched(a) - stretched(b));
}

/* a * b of numbers below 10^18, as the 18 leading digits; *dropped tells how
 * many were rounded away. Halves of 9 digits keep it within 64 bits: not every
 * compiler has 128. */
static int64_t multiply_digits(int64_t a, int64_t b, int *dropped)
{
    const int64_t half = 1000000000;
    int64_t middle = a / half * (b % half) + a % half * (b / half);
    int64_t low = a % half * (b % half) + middle % half * half;
    int64_t high = a / half * (b / half) + middle / half + low / limit;

    low %= limit;
    *dropped = count_digits(high);
    if (!high) {
        return low;
    }
    int64_t power = power_of_ten(*dropped);
    int64_t kept = high * (limit / power) + low / power;
    return kept + (low % power >= power - low % power);
}

int decimal_multiply(struct decimal a, struct decimal b,
                     struct decimal *product, struct err *err)
{
    bool is_negative = (a.digits < 0) != (b.digits < 0);
    int dropped;
    int64_t digits =
        multiply_digits(a.digits < 0 ? -a.digits : a.digits,
                        b.digits < 0 ? -b.digits : b.digits, &dropped);
    struct decimal result = normal(is_negative ? -digits : digits,
                                   a.exponent + b.exponent + dropped);

    if (result.exponent > DECIMAL_MAX_EXPONENT ||
        result.exponent < -DECIMAL_MAX_EXPONENT) {
        return err_set(err, EOVERFLOW, "a product is out of range");
    }
    *product = result;
    return 0;
}

static void add_zeros(struct buf *out, int count)
{
    while (count-- > 0) {
        buf_add_char(out, '0');
    }
}

void decimal_format(struct decimal number, struct buf *out)
{
    char text[24];
    bool is_negative = number.digits < 0;
    int len = snprintf(text, sizeof text, "%" PRId64,
                       is_negative ? -number.digits : number.digits);
    int point = len + number.exponent; /* digits before it */

    if (is_negative) {
        buf_add_char(out, '-');
    }
    if (number.exponent > MAX_ZEROS || -point > MAX_ZEROS) {
        buf_add_char(out, text[0]);
        if (len > 1) {
            buf_add_char(out, '.');
            buf_add(out, text + 1, (size_t)len - 1);
        }
        buf_printf(out, "e%+d", point - 1);
    } else if (point <= 0) {
        buf_add_text(out, "0.");
        add_zeros(out, -point);
        buf_add(out, text, (size_t)len);
    } else if (point < len) {
        buf_add(out, text, (size_t)point);
        buf_add_char(out, '.');
        buf_add(out, text + point, (size_t)(len - point));
    } else {
        buf_add(out, text, (size_t)len);
        add_zeros(out, number.exponent);
    }
}

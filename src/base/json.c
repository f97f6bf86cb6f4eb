/* SPDX-License-Identifier: MIT */
#include "base/json.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "base/err.h"

/* Where we are, and inside of what: one bit a level, set for an object. */
struct scan {
    const char *at;
    const char *end;
    const char *why; /* what is wrong at `at`, once something is */
    uint64_t objects;
    unsigned depth;
};

_Static_assert(JSON_MAX_DEPTH <= 64, "one bit of scan.objects a level");

static struct scan scan_of(struct bytes text)
{
    const char *data = text.data ? text.data : "";
    return (struct scan){.at = data, .end = data + text.len};
}

static bool fail(struct scan *scan, const char *why)
{
    scan->why = why;
    return false;
}

/* The next byte, or -1 at the end. */
static int peek(const struct scan *scan)
{
    return scan->at < scan->end ? (unsigned char)*scan->at : -1;
}

static bool skip(struct scan *scan, char c)
{
    if (scan->at < scan->end && *scan->at == c) {
        scan->at++;
        return true;
    }
    return false;
}

static int skip_blanks(struct scan *scan)
{
    int c;
    while ((c = peek(scan)) == ' ' || c == '\t' || c == '\n' || c == '\r') {
        scan->at++;
    }
    return c;
}

static bool is_digit(int c)
{
    return c >= '0' && c <= '9';
}

static bool is_hex_digit(int c)
{
    int lower = c | 0x20;
    return is_digit(c) || (lower >= 'a' && lower <= 'f');
}

static bool scan_escape(struct scan *scan)
{
    int c = peek(scan);
    if (c == 'u') {
        for (int i = 1; i <= 4; i++) {
            if (scan->end - scan->at <= i || !is_hex_digit(scan->at[i])) {
                return fail(scan, "\\u wants four hexadecimal digits");
            }
        }
        scan->at += 5;
        return true;
    }
    if (c <= 0 || !strchr("\"\\/bfnrt", c)) {
        return fail(scan, "an unknown escape in a string");
    }
    scan->at++;
    return true;
}

static bool scan_string(struct scan *scan)
{
    scan->at++;
    for (;;) {
        int c = peek(scan);
        if (c < 0) {
            return fail(scan, "a string does not end");
        }
        if (c < 0x20) {
            return fail(scan, "a control character in a string");
        }
        scan->at++;
        if (c == '"') {
            return true;
        }
        if (c == '\\' && !scan_escape(scan)) {
            return false;
        }
    }
}

static bool scan_digits(struct scan *scan)
{
    if (!is_digit(peek(scan))) {
        return fail(scan, "a digit is missing");
    }
    while (is_digit(peek(scan))) {
        scan->at++;
    }
    return true;
}

static bool scan_number(struct scan *scan)
{
    skip(scan, '-');
    if (skip(scan, '0')) {
        if (is_digit(peek(scan))) {
            return fail(scan, "a number does not start with 0");
        }
    } else if (!scan_digits(scan)) {
        return false;
    }
    if (skip(scan, '.') && !scan_digits(scan)) {
        return false;
    }
    if (skip(scan, 'e') || skip(scan, 'E')) {
        if (!skip(scan, '-')) {
            skip(scan, '+');
        }
        return scan_digits(scan);
    }
    return true;
}

static bool scan_word(struct scan *scan, const char *word)
{
    size_t len = strlen(word);
    if ((size_t)(scan->end - scan->at) < len || memcmp(scan->at, word, len)) {
        return fail(scan, "a value is missing");
    }
    scan->at += len;
    return true;
}

static bool scan_scalar(struct scan *scan)
{
    int c = peek(scan);
    if (c == '"') {
        return scan_string(scan);
    }
    if (c == '-' || is_digit(c)) {
        return scan_number(scan);
    }
    if (c == 't') {
        return scan_word(scan, "true");
    }
    return scan_word(scan, c == 'f' ? "false" : "null");
}

static bool scan_key(struct scan *scan)
{
    if (skip_blanks(scan) != '"') {
        return fail(scan, "a name in quotes is missing");
    }
    if (!scan_string(scan)) {
        return false;
    }
    (void)skip_blanks(scan);
    return skip(scan, ':') || fail(scan, "a colon is missing");
}

static bool in_object(const struct scan *scan)
{
    return scan->objects >> (scan->depth - 1) & 1;
}

static char closer(const struct scan *scan)
{
    return in_object(scan) ? '}' : ']';
}

/* Go into an object or array, up to its first value. *is_empty tells that
 * there is none, and that we are out again. */
static bool scan_open(struct scan *scan, bool is_object, bool *is_empty)
{
    if (scan->depth == JSON_MAX_DEPTH) {
        return fail(scan, "nested too deeply");
    }
    uint64_t bit = (uint64_t)1 << scan->depth++;
    scan->objects = is_object ? scan->objects | bit : scan->objects & ~bit;
    scan->at++;
    (void)skip_blanks(scan);
    *is_empty = skip(scan, closer(scan));
    if (*is_empty) {
        scan->depth--;
        return true;
    }
    return !is_object || scan_key(scan);
}

/* After a value: leave all that ends here, up to the next value. */
static bool scan_after(struct scan *scan)
{
    while (scan->depth) {
        (void)skip_blanks(scan);
        if (skip(scan, ',')) {
            return !in_object(scan) || scan_key(scan);
        }
        if (!skip(scan, closer(scan))) {
            return fail(scan, in_object(scan) ? "a comma or } is missing"
                                              : "a comma or ] is missing");
        }
        scan->depth--;
    }
    return true;
}

static bool scan_value(struct scan *scan)
{
    do {
        int c = skip_blanks(scan);
        if (c == '{' || c == '[') {
            bool is_empty;
            if (!scan_open(scan, c == '{', &is_empty)) {
                return false;
            }
            if (!is_empty) {
                continue;
            }
        } else if (!scan_scalar(scan)) {
            return false;
        }
        if (!scan_after(scan)) {
            return false;
        }
    } while (scan->depth);
    return true;
}

int json_check(struct bytes text, struct err *err)
{
    struct scan scan = scan_of(text);
    const char *start = scan.at;

    if (scan_value(&scan) && skip_blanks(&scan) >= 0) {
        (void)fail(&scan, "more text after the value");
    }
    if (scan.why) {
        return err_set(err, EINVAL, "byte %zu: %s",
                       (size_t)(scan.at - start) + 1, scan.why);
    }
    return 0;
}

/* The value that comes next; false where there is none. */
static bool take_value(struct scan *scan, struct bytes *value)
{
    (void)skip_blanks(scan);
    const char *start = scan->at;
    if (!scan_value(scan)) {
        return false;
    }
    *value = (struct bytes){start, (size_t)(scan->at - start)};
    return true;
}

struct json_walk json_members(struct bytes object)
{
    struct scan scan = scan_of(object);
    struct json_walk walk = {0};

    if (skip_blanks(&scan) == '{') {
        scan.at++;
        walk.rest = (struct bytes){scan.at, (size_t)(scan.end - scan.at)};
    }
    return walk;
}

bool json_next(struct json_walk *walk)
{
    struct scan scan = scan_of(walk->rest);

    (void)skip_blanks(&scan);
    skip(&scan, ',');
    if (skip_blanks(&scan) != '"') {
        return false;
    }
    const char *start = scan.at;
    if (!scan_string(&scan)) {
        return false;
    }
    struct bytes key = {start, (size_t)(scan.at - start)};
    (void)skip_blanks(&scan);
    struct bytes value;
    if (!skip(&scan, ':') || !take_value(&scan, &value)) {
        return false;
    }
    *walk =
        (struct json_walk){{scan.at, (size_t)(scan.end - scan.at)}, key, value};
    return true;
}

static bool key_equals(struct bytes key, struct bytes name)
{
    if (!memchr(key.data, '\\', key.len)) {
        return bytes_equal((struct bytes){key.data + 1, key.len - 2}, name);
    }
    AUTO_BUF struct buf plain = {0};
    json_plain(key, &plain);
    return bytes_equal(buf_bytes(&plain), name);
}

static bool find_member(struct bytes object, struct bytes name,
                        struct bytes *value)
{
    struct json_walk walk = json_members(object);
    bool is_found = false;

    while (json_next(&walk)) {
        if (key_equals(walk.key, name)) {
            *value = walk.value;
            is_found = true;
        }
    }
    return is_found;
}

static bool parse_index(struct bytes name, size_t *index)
{
    size_t number = 0;

    if (name.len == 0 || (name.len > 1 && name.data[0] == '0')) {
        return false;
    }
    for (size_t i = 0; i < name.len; i++) {
        size_t digit = (size_t)(name.data[i] - '0');
        if (!is_digit(name.data[i]) || number > (SIZE_MAX - digit) / 10) {
            return false;
        }
        number = number * 10 + digit;
    }
    *index = number;
    return true;
}

static bool find_element(struct bytes array, struct bytes name,
                         struct bytes *value)
{
    struct scan scan = scan_of(array);
    size_t index;

    (void)skip_blanks(&scan);
    if (!parse_index(name, &index) || !skip(&scan, '[')) {
        return false;
    }
    struct bytes element;
    for (;; index--) {
        if (!take_value(&scan, &element)) {
            return false;
        }
        if (!index) {
            *value = element;
            return true;
        }
        (void)skip_blanks(&scan);
        if (!skip(&scan, ',')) {
            return false;
        }
    }
}

bool json_find(struct bytes text, struct bytes path, struct bytes *value)
{
    struct scan scan = scan_of(text);
    struct bytes at;
    if (!take_value(&scan, &at)) {
        return false;
    }
    bool is_last = path.len == 0;
    while (!is_last) {
        const char *dot = memchr(path.data, '.', path.len);
        struct bytes name = {path.data,
                             dot ? (size_t)(dot - path.data) : path.len};
        bool is_found = at.data[0] == '{' ? find_member(at, name, &at)
                                          : find_element(at, name, &at);
        if (!is_found) {
            return false;
        }
        is_last = !dot;
        if (dot) {
            path = (struct bytes){dot + 1, path.len - name.len - 1};
        }
        if (dot && !path.len) {
            path.data = ""; /* "a." names the member "" of a */
        }
    }
    *value = at;
    return true;
}

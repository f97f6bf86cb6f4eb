/* SPDX-License-Identifier: MIT */
#include "job/grid.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>

#include "base/auto.h"
#include "base/decimal.h"
#include "base/err.h"
#include "base/xalloc.h"

/* One element of the list. `values` tells a geometric range, a step that is
 * not 0 an arithmetic one; else it is text. */
struct grid_piece {
    uint64_t start; /* index of its first value */
    uint64_t count;
    struct bytes text; /* in grid->spec */
    int64_t from;      /* in units of 10^exponent, as step */
    int64_t step;
    int exponent;
    struct decimal *values; /* owned */
};

struct grid {
    char *spec;
    struct grid_piece *pieces;
    size_t piece_count;
    uint64_t count;
};

struct range {
    struct decimal first, last;
    struct decimal step; /* or factor */
};

static const char *find(struct bytes text, const char *needle)
{
    return text.len ? memmem(text.data, text.len, needle, strlen(needle))
                    : NULL;
}

/* Cut text at `at`: what stands before is returned, what stands `len` bytes
 * behind stays. */
static struct bytes cut(struct bytes *text, const char *at, size_t len)
{
    struct bytes before = {text->data, (size_t)(at - text->data)};
    text->data = at + len;
    text->len -= before.len + len;
    return before;
}

/* Parse LAST or LAST:STEP or LAST*FACTOR; *kind is the character between. */
static int parse_end(struct bytes text, struct range *range, char *kind,
                     struct err *err)
{
    const char *mark = find(text, "*");
    mark = mark ? mark : find(text, ":");
    if (!mark) {
        *kind = '\0';
        return decimal_parse(text, &range->last, err);
    }
    *kind = *mark;
    struct bytes last = cut(&text, mark, 1);
    if (decimal_parse(last, &range->last, err) < 0) {
        return -1;
    }
    return decimal_parse(text, &range->step, err);
}

static int min(int a, int b)
{
    return a < b ? a : b;
}

static int make_arithmetic(struct grid_piece *piece, const struct range *range,
                           struct err *err)
{
    int exponent = min(range->first.exponent,
                       min(range->last.exponent, range->step.exponent));
    int64_t last;

    if (!range->step.digits) {
        return err_set(err, EINVAL, "a step of 0 leads nowhere");
    }
    if (!decimal_units(range->first, exponent, &piece->from) ||
        !decimal_units(range->last, exponent, &last) ||
        !decimal_units(range->step, exponent, &piece->step)) {
        return err_set(err, EOVERFLOW, "its values need more than %d digits",
                       DECIMAL_MAX_DIGITS);
    }
    if (last != piece->from && (last < piece->from) != (piece->step < 0)) {
        return err_set(err, EINVAL,
                       "the step leads away from the end of the range");
    }
    piece->exponent = exponent;
    piece->count = (uint64_t)((last - piece->from) / piece->step) + 1;
    return 0;
}

static int make_integers(struct grid_piece *piece, struct range *range,
                         struct err *err)
{
    if (range->first.exponent < 0 || range->last.exponent < 0) {
        return err_set(err, EINVAL,
                       "a range of fractions wants a step, as in 0..1:0.25");
    }
    bool is_down = decimal_compare(range->first, range->last) > 0;
    range->step = decimal_of(is_down ? -1 : 1, 0);
    return make_arithmetic(piece, range, err);
}

static int check_factor(const struct range *range, struct err *err)
{
    const struct decimal one = {1, 0};
    bool is_positive = range->first.digits > 0;

    if (!range->first.digits || !range->last.digits ||
        is_positive != (range->last.digits > 0)) {
        return err_set(err, EINVAL,
                       "a geometric range cannot touch or cross 0");
    }
    int grows = decimal_compare(range->step, one);
    if (range->step.digits <= 0 || !grows) {
        return err_set(err, EINVAL,
                       "the factor must be above 0 and other than 1");
    }
    int way = decimal_compare(range->last, range->first);
    if (way && (way > 0) != ((grows > 0) == is_positive)) {
        return err_set(err, EINVAL,
                       "the factor leads away from the end of the range");
    }
    return 0;
}

static int make_geometric(struct grid_piece *piece, const struct range *range,
                          struct err *err)
{
    if (check_factor(range, err) < 0) {
        return -1;
    }
    size_t room = 16;
    AUTO_FREE struct decimal *values = NEW_ARRAY(struct decimal, room);
    struct decimal value = range->first;
    int way = decimal_compare(range->last, range->first);
    size_t count = 0;
    for (;;) {
        if (count == GRID_MAX_FACTORS) {
            return err_set(err, EINVAL,
                           "more than %d values; take a larger factor",
                           GRID_MAX_FACTORS);
        }
        if (count == room) {
            room *= 2;
            values = xrealloc_array(values, room, sizeof values[0]);
        }
        values[count++] = value;
        if (!way || decimal_multiply(value, range->step, &value, NULL) < 0 ||
            decimal_compare(value, range->last) * way > 0) {
            break; /* beyond all numbers is beyond the end, too */
        }
    }
    piece->count = count;
    piece->values = TAKE(values);
    return 0;
}

static int parse_range(struct grid_piece *piece, const char *dots,
                       struct err *err)
{
    struct bytes end = piece->text;
    struct bytes start = cut(&end, dots, 2);
    struct range range;
    char kind;

    if (decimal_parse(start, &range.first, err) < 0 ||
        parse_end(end, &range, &kind, err) < 0) {
        return -1;
    }
    if (kind == '*') {
        return make_geometric(piece, &range, err);
    }
    return kind ? make_arithmetic(piece, &range, err)
                : make_integers(piece, &range, err);
}

static int parse_piece(struct grid_piece *piece, struct err *err)
{
    const char *dots = find(piece->text, "..");

    if (!piece->text.len) {
        return err_set(err, EINVAL, "an element of the list is empty");
    }
    piece->count = 1;
    if (!dots || find(piece->text, "/")) {
        return 0;
    }
    if (parse_range(piece, dots, err) < 0) {
        int len = piece->text.len < 100 ? (int)piece->text.len : 100;
        return err_wrap(err, "the range %.*s", len, piece->text.data);
    }
    return 0;
}

/* Add the next element, which the grid owns even when it is wrong. */
static int add_piece(struct grid *grid, struct bytes text, struct err *err)
{
    struct grid_piece *piece = &grid->pieces[grid->piece_count++];

    piece->text = text;
    piece->start = grid->count;
    if (parse_piece(piece, err) < 0) {
        return -1;
    }
    if (__builtin_add_overflow(grid->count, piece->count, &grid->count)) {
        return err_set(err, EOVERFLOW, "more values than can be counted");
    }
    return 0;
}

static size_t count_elements(struct bytes spec)
{
    size_t count = 1;
    for (size_t i = 0; i < spec.len; i++) {
        count += spec.data[i] == ',';
    }
    return count;
}

struct grid *grid_new(struct bytes spec, struct err *err)
{
    struct grid *grid = NEW(struct grid);
    bool is_last = false;

    grid->spec = xmemdup0(spec.data ? spec.data : "", spec.len);
    grid->pieces = NEW_ARRAY(struct grid_piece, count_elements(spec));
    struct bytes rest = {grid->spec, spec.len};
    while (!is_last) {
        const char *comma = find(rest, ",");
        is_last = !comma;
        struct bytes element = comma ? cut(&rest, comma, 1) : rest;
        if (add_piece(grid, element, err) < 0) {
            grid_free(grid);
            return NULL;
        }
    }
    return grid;
}

void grid_free(struct grid *grid)
{
    if (!grid) {
        return;
    }
    for (size_t i = 0; i < grid->piece_count; i++) {
        free(grid->pieces[i].values);
    }
    free(grid->pieces);
    free(grid->spec);
    free(grid);
}

uint64_t grid_count(const struct grid *grid)
{
    return grid->count;
}

static const struct grid_piece *piece_at(const struct grid *grid,
                                         uint64_t index)
{
    size_t low = 0;
    size_t high = grid->piece_count;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (grid->pieces[middle].start <= index) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return &grid->pieces[low];
}

void grid_value(const struct grid *grid, uint64_t index, struct buf *out)
{
    assert(index < grid->count);
    const struct grid_piece *piece = piece_at(grid, index);
    index -= piece->start;
    if (piece->values) {
        decimal_format(piece->values[index], out);
    } else if (piece->step) {
        int64_t units = piece->from + (int64_t)index * piece->step;
        decimal_format(decimal_of(units, piece->exponent), out);
    } else {
        buf_add_bytes(out, piece->text);
    }
}

/* SPDX-License-Identifier: MIT */
#include "job/row_cross.h"

#include <assert.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "job/field_list.h"
#include "job/row.h"
#include "job/row_cursor.h"

struct row_member {
    struct row_cursor *cursor;
    bool is_linked; /* to the one before */
    bool has_ended; /* once, at least; see step_wrapping */
};

/* A group is a member and those linked to it, [first, end) of members. */
struct row_cross {
    struct row_member *members;
    size_t count;
    bool wraps;
    bool is_begun;
    bool is_ended;
    struct field_list fields;
};

struct row_cross *row_cross_new(bool wraps)
{
    struct row_cross *cross = NEW(struct row_cross);
    cross->wraps = wraps;
    return cross;
}

void row_cross_free(struct row_cross *cross)
{
    if (!cross) {
        return;
    }
    for (size_t i = 0; i < cross->count; i++) {
        row_cursor_free(cross->members[i].cursor);
    }
    free(cross->members);
    field_list_release(&cross->fields);
    free(cross);
}

void row_cross_add(struct row_cross *cross, struct row_cursor *cursor,
                   bool is_linked)
{
    assert(cross->count || !is_linked);
    cross->members = xrealloc_array(cross->members, cross->count + 1,
                                    sizeof cross->members[0]);
    cross->members[cross->count++] =
        (struct row_member){cursor, is_linked, false};
}

size_t row_cross_count(const struct row_cross *cross)
{
    return cross->count;
}

struct row_cursor *row_cross_cursor(struct row_cross *cross, size_t index)
{
    assert(index < cross->count);
    return cross->members[index].cursor;
}

static size_t group_end(const struct row_cross *cross, size_t first)
{
    size_t end = first + 1;
    while (end < cross->count && cross->members[end].is_linked) {
        end++;
    }
    return end;
}

/* The rows of its shortest member, or of its longest if all have some. */
static bool group_total(const struct row_cross *cross, size_t first, size_t end,
                        uint64_t *total)
{
    uint64_t shortest = UINT64_MAX;
    uint64_t longest = 0;

    for (size_t i = first; i < end; i++) {
        uint64_t count;
        if (!row_cursor_total(cross->members[i].cursor, &count)) {
            return false;
        }
        shortest = count < shortest ? count : shortest;
        longest = count > longest ? count : longest;
    }
    *total = cross->wraps && shortest ? longest : shortest;
    return true;
}

bool row_cross_total(const struct row_cross *cross, uint64_t *total)
{
    uint64_t result = 1;

    for (size_t first = 0; first < cross->count;) {
        size_t end = group_end(cross, first);
        uint64_t count;
        if (!group_total(cross, first, end, &count) ||
            __builtin_mul_overflow(result, count, &result)) {
            return false;
        }
        first = end;
    }
    *total = result;
    return true;
}

/* Step a member whose short rows wrap. It ends when all of its group have
 * ended once: the longest is the last to do so. */
static int step_wrapping(struct row_member *member, struct err *err)
{
    int status = row_cursor_step(member->cursor, err);

    if (status) {
        return status;
    }
    member->has_ended = true;
    row_cursor_rewind(member->cursor);
    return row_cursor_step(member->cursor, err);
}

/* Step all members of the group that begins at first: 1, 0 at its end, -1. */
static int step_group(struct row_cross *cross, size_t first, struct err *err)
{
    size_t end = group_end(cross, first);
    bool all_ended = cross->wraps;

    for (size_t i = first; i < end; i++) {
        struct row_member *member = &cross->members[i];
        int status = cross->wraps ? step_wrapping(member, err)
                                  : row_cursor_step(member->cursor, err);
        if (status <= 0) {
            return status;
        }
        all_ended = all_ended && member->has_ended;
    }
    return !all_ended;
}

static void rewind_group(struct row_cross *cross, size_t first)
{
    size_t end = group_end(cross, first);
    for (size_t i = first; i < end; i++) {
        row_cursor_rewind(cross->members[i].cursor);
        cross->members[i].has_ended = false;
    }
}

/* The group before the one that begins at first, which is not 0. */
static size_t group_before(const struct row_cross *cross, size_t first)
{
    do {
        first--;
    } while (cross->members[first].is_linked);
    return first;
}

/* Only what must be walked over twice is held. */
static void begin(struct row_cross *cross)
{
    size_t first_end = group_end(cross, 0);

    for (size_t i = cross->wraps ? 0 : first_end; i < cross->count; i++) {
        row_cursor_hold(cross->members[i].cursor);
    }
    cross->is_begun = true;
}

static int step_first(struct row_cross *cross, struct err *err)
{
    begin(cross);
    for (size_t i = 0; i < cross->count; i = group_end(cross, i)) {
        int status = step_group(cross, i, err);
        if (status <= 0) {
            return status;
        }
    }
    return 1;
}

/* Step on the next combination: the last group, or, where it ends, the one
 * before and again from its start. */
static int step(struct row_cross *cross, struct err *err)
{
    if (!cross->is_begun) {
        return step_first(cross, err);
    }
    size_t group = cross->count;
    int status;
    do {
        group = group_before(cross, group);
        status = step_group(cross, group, err);
    } while (!status && group);
    for (size_t i = group_end(cross, group); status > 0 && i < cross->count;
         i = group_end(cross, i)) {
        rewind_group(cross, i);
        status = step_group(cross, i, err);
    }
    return status;
}

/* Each source keeps to the limit by itself; together they may not. */
static bool is_too_long(const struct field_list *fields)
{
    size_t len = fields->count;
    for (size_t i = 0; i < fields->count; i++) {
        len = xadd(len, fields->items[i].len);
    }
    return len > ROW_MAX_BYTES;
}

static struct row *combine(struct row_cross *cross)
{
    uint64_t line = 0;
    const char *fault = NULL;

    field_list_clear(&cross->fields);
    for (size_t i = 0; i < cross->count; i++) {
        const struct row *row = row_cursor_row(cross->members[i].cursor);
        line = line ? line : row->line;
        fault = fault ? fault : row->fault;
        for (size_t k = 0; k < row->field_count; k++) {
            field_list_add(&cross->fields, row->fields[k]);
        }
    }
    if (!fault && is_too_long(&cross->fields)) {
        struct bytes nothing = {"", 0};
        return row_new(line, nothing, &nothing, 1,
                       "the fields of all sources together are longer than "
                       "1 MiB");
    }
    return row_new(line, (struct bytes){0}, cross->fields.items,
                   cross->fields.count, fault);
}

int row_cross_next(struct row_cross *cross, struct row **row, struct err *err)
{
    assert(cross->count);
    int status = cross->is_ended ? 0 : step(cross, err);

    if (status <= 0) {
        cross->is_ended = true;
        return status;
    }
    bool is_alone = cross->count == 1 && !cross->wraps;
    *row =
        is_alone ? row_cursor_take(cross->members[0].cursor) : combine(cross);
    return 1;
}

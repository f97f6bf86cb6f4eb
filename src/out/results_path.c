/* SPDX-License-Identifier: MIT */
#include "out/results_path.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/auto.h"
#include "base/xalloc.h"
#include "job/row.h"

enum { NAME_BYTES = 255, HASH_BYTES = 18 /* \~ and 16 digits */ };

/* FNV-1a: it only has to tell apart values that begin alike. */
static uint64_t hash(struct bytes bytes)
{
    uint64_t sum = 0xcbf29ce484222325;
    for (size_t i = 0; i < bytes.len; i++) {
        sum = (sum ^ (unsigned char)bytes.data[i]) * 0x100000001b3;
    }
    return sum;
}

static void add_escaped(struct bytes name, struct buf *out)
{
    static const char from[] = "\\/\t"; /* and the NUL at its end */
    static const char to[] = "\\_t0";

    for (size_t i = 0; i < name.len; i++) {
        const char *found = memchr(from, name.data[i], sizeof from);
        if (found) {
            buf_add_char(out, '\\');
        }
        buf_add_char(out, found ? to[found - from] : name.data[i]);
    }
}

static bool is_special(struct bytes name)
{
    return name.len <= 2 && (name.len < 1 || name.data[0] == '.') &&
           (name.len < 2 || name.data[1] == '.');
}

static void add_name(struct bytes name, struct buf *out)
{
    AUTO_BUF struct buf escaped = {0};
    if (is_special(name)) {
        buf_add_char(&escaped, '\\');
    }
    add_escaped(name, &escaped);
    if (escaped.len > NAME_BYTES) {
        buf_add(out, escaped.data, NAME_BYTES - HASH_BYTES);
        buf_printf(out, "\\~%016" PRIx64, hash(name));
    } else {
        buf_add_bytes(out, buf_bytes(&escaped));
    }
    buf_add_char(out, '/');
}

/* What the folders of one row are sorted by. */
struct label {
    struct bytes name; /* data NULL: it has none but its number */
    double number;     /* what the name begins with, or the field's */
    size_t field;
};

static double leading_number(struct bytes name)
{
    double number = 0;
    for (size_t i = 0; i < name.len; i++) {
        if (name.data[i] < '0' || name.data[i] > '9') {
            break;
        }
        number = number * 10 + (name.data[i] - '0');
    }
    return number;
}

static struct label make_label(const struct bytes *names, size_t name_count,
                               size_t field)
{
    struct label label = {.number = (double)(field + 1), .field = field};
    if (names && field < name_count) {
        label.name = names[field];
        label.number = leading_number(label.name);
    }
    return label;
}

static int compare_bytes(struct bytes left, struct bytes right)
{
    size_t len = left.len < right.len ? left.len : right.len;
    int order = len ? memcmp(left.data, right.data, len) : 0;
    return order ? order : (left.len > right.len) - (left.len < right.len);
}

static int compare_labels(const void *a, const void *b)
{
    const struct label *left = a;
    const struct label *right = b;
    int order = (left->number > right->number) - (left->number < right->number);
    order = order ? order : compare_bytes(left->name, right->name);
    return order ? order : left->field < right->field ? -1 : 1;
}

static void add_label(const struct label *label, struct buf *out)
{
    if (label->name.data) {
        add_name(label->name, out);
    } else {
        buf_printf(out, "%zu/", label->field + 1);
    }
}

void results_path(const struct bytes *names, size_t name_count,
                  const struct row *row, struct buf *out)
{
    size_t count = row ? row->field_count : 0;
    if (!count) {
        buf_add_text(out, "1/\\0noarg/");
        return;
    }
    AUTO_FREE struct label *labels = NEW_ARRAY(struct label, count);
    for (size_t i = 0; i < count; i++) {
        labels[i] = make_label(names, name_count, i);
    }
    qsort(labels, count, sizeof *labels, compare_labels);
    for (size_t i = 0; i < count; i++) {
        add_label(&labels[i], out);
        add_name(row->fields[labels[i].field], out);
    }
}

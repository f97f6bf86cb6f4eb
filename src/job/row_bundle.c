/* SPDX-License-Identifier: MIT */
#include "job/row_bundle.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "job/field_list.h"
#include "job/row.h"

void row_bundle_release(struct row_bundle *bundle)
{
    buf_release(&bundle->text);
    free(bundle->ends);
    free(bundle->fault);
    *bundle = (struct row_bundle){0};
}

static void add_field(struct row_bundle *bundle, struct bytes field)
{
    size_t count = bundle->field_count;

    if (!(count & (count - 1))) { /* room doubles at powers of two */
        bundle->ends = xrealloc_array(bundle->ends, count ? xmul(count, 2) : 1,
                                      sizeof bundle->ends[0]);
    }
    buf_add_bytes(&bundle->text, field);
    bundle->ends[bundle->field_count++] = bundle->text.len;
}

void row_bundle_add(struct row_bundle *bundle, const struct row *row)
{
    if (!bundle->row_count++) {
        bundle->line = row->line;
    }
    if (bundle->fault) {
        return;
    }
    if (row->fault) {
        bundle->fault = xstrdup(row->fault);
        return;
    }
    for (size_t i = 0; i < row->field_count; i++) {
        add_field(bundle, row->fields[i]);
    }
    if (bundle->text.len + bundle->field_count > ROW_MAX_BYTES) {
        bundle->fault = xasprintf("the row that begins in line %" PRIu64
                                  " is longer than 1 MiB",
                                  bundle->line);
    }
}

struct row *row_bundle_row(const struct row_bundle *bundle)
{
    AUTO_FIELD_LIST struct field_list fields = {0};
    const char *data = bundle->text.data ? bundle->text.data : "";
    size_t start = 0;

    if (bundle->fault) {
        struct bytes nothing = {"", 0};
        return row_new(bundle->line, nothing, &nothing, 1, bundle->fault);
    }
    for (size_t i = 0; i < bundle->field_count; i++) {
        size_t end = bundle->ends[i];
        field_list_add(&fields, (struct bytes){data + start, end - start});
        start = end;
    }
    return row_new(bundle->line, (struct bytes){0}, fields.items, fields.count,
                   NULL);
}

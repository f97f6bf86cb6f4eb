/* SPDX-License-Identifier: MIT */
#include "out/table.h"

#include <errno.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/json.h"
#include "base/stream.h"
#include "base/xalloc.h"
#include "job/result.h"
#include "job/row.h"
#include "out/answer.h"
#include "out/cell.h"
#include "out/column.h"
#include "out/column_list.h"
#include "out/label.h"
#include "out/member.h"

struct table {
    enum table_format format;
    struct label_list labels;
    struct column_list list;
    size_t field_count; /* cells that COLUMN_ALL_FIELDS has */
    bool is_log;
    bool are_fields_known;
    bool is_header_done;
    bool needs_answer;
    bool needs_command;
    struct buf scratch;
};

/* One record on its way; the first value has no separator before it. */
struct record {
    struct table *table;
    struct stream *stream;
    const struct column_source *source;
    size_t values;
};

int table_format_parse(const char *name, enum table_format *format,
                       struct err *err)
{
    static const char *const names[] = {
        [TABLE_TSV] = "tsv", [TABLE_CSV] = "csv", [TABLE_JSONL] = "jsonl"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (!strcmp(name, names[i])) {
            *format = (enum table_format)i;
            return 0;
        }
    }
    return err_set(err, EINVAL,
                   "there is no format '%s'; there are tsv, csv and jsonl",
                   name);
}

static void add_default_columns(struct table *table)
{
    static const enum column_kind behind_fields[] = {
        COLUMN_EXIT, COLUMN_SIGNAL, COLUMN_SECONDS, COLUMN_POOL,
        COLUMN_ATTEMPT};

    column_list_add(&table->list, COLUMN_SEQ, column_name(COLUMN_SEQ));
    column_list_add(&table->list, COLUMN_ALL_FIELDS, "");
    for (size_t i = 0; i < sizeof behind_fields / sizeof behind_fields[0];
         i++) {
        column_list_add(&table->list, behind_fields[i],
                        column_name(behind_fields[i]));
    }
    column_list_add(&table->list,
                    table->format == TABLE_JSONL ? COLUMN_ANSWER
                                                 : COLUMN_STDOUT,
                    column_name(COLUMN_STDOUT));
}

static void add_log_columns(struct table *table)
{
    static const struct {
        enum column_kind kind;
        const char *name;
    } columns[] = {
        {COLUMN_SEQ, "Seq"},           {COLUMN_HOST, "Host"},
        {COLUMN_STARTED, "Starttime"}, {COLUMN_SECONDS, "JobRuntime"},
        {COLUMN_SENT, "Send"},         {COLUMN_RECEIVED, "Receive"},
        {COLUMN_EXIT, "Exitval"},      {COLUMN_SIGNAL, "Signal"},
        {COLUMN_COMMAND, "Command"},   {COLUMN_ALL_FIELDS, ""},
        {COLUMN_STDOUT, "Stdout"},     {COLUMN_STDERR, "Stderr"},
    };

    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        column_list_add(&table->list, columns[i].kind, columns[i].name);
    }
}

struct table *table_new(const struct table_options *options, struct err *err)
{
    struct table *table = NEW(struct table);
    table->format = options->format;
    table->field_count = options->field_count;
    label_list_init(&table->labels, options->names, options->field_count,
                    options->format == TABLE_JSONL);
    table->are_fields_known = options->field_count || options->columns;
    table->is_log = options->is_log;
    if (options->is_log) {
        add_log_columns(table);
    } else if (!options->columns) {
        add_default_columns(table);
    } else if (column_list_parse(&table->list, options->columns, &table->labels,
                                 options->field_count, err)) {
        table_free(table);
        return NULL;
    }
    for (size_t i = 0; i < table->list.count; i++) {
        const struct column *column = &table->list.columns[i];
        table->needs_answer |= column_needs_answer(column);
        table->needs_command |= column_needs_command(column);
    }
    return table;
}

void table_free(struct table *table)
{
    if (table) {
        label_list_release(&table->labels);
        column_list_release(&table->list);
        buf_release(&table->scratch);
        free(table);
    }
}

bool table_needs_command(const struct table *table)
{
    return table->needs_command;
}

static int put_cell(struct record *record, const struct value *value,
                    struct err *err)
{
    bool is_csv = record->table->format == TABLE_CSV;
    if (record->values++) {
        stream_put_char(record->stream, is_csv ? ',' : '\t');
    }
    if (record->table->is_log) {
        return cell_put_quoted(value, record->stream, err);
    }
    bool is_alone = record->table->list.count == 1;
    return is_csv ? cell_put_csv(value, is_alone, record->stream, err)
                  : cell_put_tsv(value, record->stream, err);
}

static int put_member(struct record *record, struct bytes key,
                      const struct value *value, struct err *err)
{
    if (record->values++) {
        stream_put_char(record->stream, ',');
    }
    return member_put(key, value, record->stream, err);
}

static void put_name(struct record *record, struct bytes name)
{
    struct value value = {.kind = VALUE_TEXT, .text = name};
    (void)put_cell(record, &value, NULL); /* only a blob can fail */
}

static void put_field_names(struct record *record)
{
    struct buf *name = &record->table->scratch;
    const struct label_list *labels = &record->table->labels;
    for (size_t i = 1; i <= record->table->field_count; i++) {
        bool is_named = i <= labels->count && labels->names[i - 1].len;
        buf_clear(name);
        buf_add_text(name, record->table->is_log && !is_named ? "V" : "");
        label_add(labels, i, name);
        put_name(record, buf_bytes(name));
    }
}

void table_header(struct table *table, struct stream *stream)
{
    struct record record = {.table = table, .stream = stream};

    if (table->format == TABLE_JSONL || table->is_header_done ||
        !table->are_fields_known) {
        return;
    }
    for (size_t i = 0; i < table->list.count; i++) {
        const struct column *column = &table->list.columns[i];
        if (column->kind == COLUMN_ALL_FIELDS) {
            put_field_names(&record);
        } else {
            put_name(&record, column->name);
        }
    }
    stream_put_char(stream, '\n');
    table->is_header_done = true;
}

static int put_all_fields(struct record *record, struct err *err)
{
    struct table *table = record->table;
    const struct row *row = record->source->result->row;
    bool is_jsonl = table->format == TABLE_JSONL;
    size_t count = table->field_count;

    if (is_jsonl) {
        count = row ? row->field_count : 0;
    }
    for (size_t i = 1; i <= count; i++) {
        struct column column = {.kind = COLUMN_FIELD, .number = (long)i};
        struct value value = column_value(&column, record->source);
        AUTO_BUF struct buf key = {0};
        label_add(&table->labels, i, &key);
        if (is_jsonl ? put_member(record, buf_bytes(&key), &value, err)
                     : put_cell(record, &value, err)) {
            return -1;
        }
    }
    return 0;
}

static int put_column(struct record *record, const struct column *column,
                      struct err *err)
{
    if (column->kind == COLUMN_ALL_FIELDS) {
        return put_all_fields(record, err);
    }
    struct value value = column_value(column, record->source);
    if (record->table->format != TABLE_JSONL) {
        return put_cell(record, &value, err);
    }
    bool is_result = column->kind == COLUMN_ANSWER && value.kind == VALUE_JSON;
    struct bytes key =
        is_result ? bytes_of(column_name(COLUMN_RESULT)) : column->name;
    return put_member(record, key, &value, err);
}

static int put_columns(struct record *record, struct err *err)
{
    const struct column_list *list = &record->table->list;
    for (size_t i = 0; i < list->count; i++) {
        if (put_column(record, &list->columns[i], err)) {
            return -1;
        }
    }
    return 0;
}

int table_write(struct table *table, const struct result *result,
                struct bytes command, struct stream *stream, struct err *err)
{
    AUTO_ANSWER struct answer answer = {0};
    if (table->needs_answer && answer_read(&answer, result->out, err)) {
        return -1;
    }
    struct column_source source = {result, command, &answer, &table->scratch};
    struct record record = {table, stream, &source, 0};
    bool is_jsonl = table->format == TABLE_JSONL;

    if (!table->are_fields_known) {
        table->field_count = result->row ? result->row->field_count : 0;
        table->are_fields_known = true;
    }
    table_header(table, stream);
    stream_put_text(stream, is_jsonl ? "{" : "");
    if (put_columns(&record, err)) {
        return -1;
    }
    stream_put_text(stream, is_jsonl ? "}\n" : "\n");
    return 0;
}

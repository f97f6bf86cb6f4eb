/* SPDX-License-Identifier: MIT */
/* table.h - results as a table: --format tsv|csv|jsonl and --columns
 *
 * One record a job. Without --columns it has: seq, every field, exit, signal,
 * seconds, pool, attempt, stdout; in jsonl, instead of stdout, "result" if
 * there is JSON on stdout (out/answer.h), else "stdout". What columns there
 * are, and how they are named, stands in out/column.h, out/column_list.h and
 * out/label.h; how a value is written in out/cell.h and out/member.h.
 *
 * TSV and CSV have a header line and lines that end in a newline. Where the
 * fields have no names and their number is not known, the first record decides
 * how many columns they get: a record with fewer has empty cells, what another
 * has more is left out. JSONL has an object a line, always with all fields of
 * its row; their values are strings.
 *
 *     {"seq":1,"p":"11","q":"24","exit":0,...,"result":{"loss":0.25}}
 *
 * With is_log the columns are those of the joblog, the fields (V1, V2, ... if
 * they have no names), Stdout and Stderr, as GNU parallel has them; cells are
 * quoted as in CSV, and output keeps its last newline.
 *
 * Output of any length is written by pieces.
 */

#ifndef POOLRUN_TABLE_H
#define POOLRUN_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"

struct err;
struct result;
struct stream;
struct table;

enum table_format { TABLE_TSV, TABLE_CSV, TABLE_JSONL };

struct table_options {
    enum table_format format;
    const char *columns;       /* the text of --columns, or NULL */
    const struct bytes *names; /* of the fields; NULL: they have none */
    size_t field_count;        /* also of the names; 0 = not known */
    bool is_log;               /* not for jsonl; columns are NULL */
};

/* The format of this name. */
int table_format_parse(const char *name, enum table_format *format,
                       struct err *err) __attribute__((warn_unused_result));

/* Columns and names are lent until it is freed. NULL: an unknown column. */
struct table *table_new(const struct table_options *options, struct err *err);
void table_free(struct table *table);

/* Must table_write be given the command? */
bool table_needs_command(const struct table *table);

/* Write the header line if there is one and its columns are known; once only.
 * Without this call, or if they are not known, the first record does it. */
void table_header(struct table *table, struct stream *stream);

/* Write one record. -1: the output of the job cannot be read, and the record
 * is torn. Whether it could be written is for stream_flush to tell. */
int table_write(struct table *table, const struct result *result,
                struct bytes command, struct stream *stream, struct err *err)
    __attribute__((warn_unused_result));

#endif

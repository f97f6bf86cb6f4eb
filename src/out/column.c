/* SPDX-License-Identifier: MIT */
#include "out/column.h"

#include <assert.h>
#include <inttypes.h>

#include "base/blob.h"
#include "base/clock.h"
#include "base/json.h"
#include "job/result.h"
#include "job/row.h"
#include "out/answer.h"
#include "out/joblog.h"

enum { CAUSE_BYTES = 1024 };

static const char *const names[] = {
    [COLUMN_SEQ] = "seq",       [COLUMN_EXIT] = "exit",
    [COLUMN_SIGNAL] = "signal", [COLUMN_SECONDS] = "seconds",
    [COLUMN_POOL] = "pool",     [COLUMN_ATTEMPT] = "attempt",
    [COLUMN_SLOT] = "slot",     [COLUMN_STARTED] = "started",
    [COLUMN_CPU] = "cpu",       [COLUMN_PEAK_KIB] = "peak_kib",
    [COLUMN_CAUSE] = "cause",   [COLUMN_COMMAND] = "command",
    [COLUMN_STDOUT] = "stdout", [COLUMN_STDERR] = "stderr",
    [COLUMN_RESULT] = "result",
};

enum { NAME_COUNT = sizeof names / sizeof names[0] };

bool column_find(struct bytes name, enum column_kind *kind)
{
    for (int i = 0; i < NAME_COUNT; i++) {
        if (bytes_equal(name, bytes_of(names[i]))) {
            *kind = (enum column_kind)i;
            return true;
        }
    }
    return false;
}

const char *column_name(enum column_kind kind)
{
    assert((int)kind < NAME_COUNT);
    return names[kind];
}

void column_add_names(struct buf *out)
{
    for (int i = 0; i < NAME_COUNT; i++) {
        buf_add_text(out, i ? ", " : "");
        buf_add_text(out, names[i]);
    }
}

bool column_needs_answer(const struct column *column)
{
    return column->kind == COLUMN_RESULT || column->kind == COLUMN_OUT ||
           column->kind == COLUMN_ANSWER;
}

bool column_needs_command(const struct column *column)
{
    return column->kind == COLUMN_COMMAND;
}

static struct value none(void)
{
    return (struct value){.kind = VALUE_NONE};
}

static struct value text_value(struct bytes text)
{
    return (struct value){.kind = VALUE_TEXT, .text = text};
}

static struct value blob_value(const struct blob *blob)
{
    return (struct value){.kind = VALUE_BLOB, .blob = blob};
}

static struct value json_value(struct bytes json)
{
    return (struct value){.kind = VALUE_JSON, .text = json};
}

static struct value written(const struct column_source *source,
                            enum value_kind kind)
{
    return (struct value){.kind = kind, .text = buf_bytes(source->scratch)};
}

static struct value integer(const struct column_source *source, int64_t number)
{
    buf_printf(source->scratch, "%" PRId64, number);
    return written(source, VALUE_NUMBER);
}

static struct value seconds(const struct column_source *source, int64_t us)
{
    buf_printf(source->scratch, "%.3f", (double)us / CLOCK_US_PER_SECOND);
    return written(source, VALUE_NUMBER);
}

static struct value cause(const struct column_source *source)
{
    char text[CAUSE_BYTES];
    if (result_ok(source->result)) {
        return none();
    }
    buf_add_text(source->scratch,
                 result_cause(source->result, text, sizeof text));
    return written(source, VALUE_TEXT);
}

static struct value field_value(const struct row *row, long number)
{
    bool is_there = row && number >= 1 && (size_t)number <= row->field_count;
    return is_there ? text_value(row->fields[number - 1]) : none();
}

static struct value out_value(const struct answer *answer, long number)
{
    struct bytes field;
    return answer_field(answer, number, &field) ? text_value(field) : none();
}

static struct value result_value(const struct answer *answer, struct bytes path)
{
    struct bytes json;
    struct bytes found;
    if (answer_json(answer, &json) && json_find(json, path, &found)) {
        return json_value(found);
    }
    return none();
}

static struct value answer_value(const struct column_source *source)
{
    struct bytes json;
    if (answer_json(source->answer, &json) && json_is_utf8(json)) {
        return json_value(json);
    }
    return blob_value(source->result->out);
}

struct value column_value(const struct column *column,
                          const struct column_source *source)
{
    const struct result *result = source->result;

    buf_clear(source->scratch);
    switch (column->kind) {
    case COLUMN_SEQ:
        buf_printf(source->scratch, "%" PRIu64, result->seq);
        return written(source, VALUE_NUMBER);
    case COLUMN_EXIT:
        return integer(source, joblog_exit(result));
    case COLUMN_SIGNAL:
        return integer(source, result->signal);
    case COLUMN_SECONDS:
        return seconds(source, result->duration_us);
    case COLUMN_POOL:
        return result->pool ? text_value(bytes_of(result->pool)) : none();
    case COLUMN_ATTEMPT:
        return integer(source, result->attempt);
    case COLUMN_SLOT:
        return result->slot ? integer(source, result->slot) : none();
    case COLUMN_STARTED:
        return result->started_us ? seconds(source, result->started_us)
                                  : none();
    case COLUMN_CPU:
        return seconds(source, result->cpu_us);
    case COLUMN_PEAK_KIB:
        return integer(source, result->peak_kib);
    case COLUMN_CAUSE:
        return cause(source);
    case COLUMN_COMMAND:
        return text_value(source->command);
    case COLUMN_STDOUT:
        return blob_value(result->out);
    case COLUMN_STDERR:
        return blob_value(result->err);
    case COLUMN_RESULT:
        return result_value(source->answer, column->path);
    case COLUMN_FIELD:
        return field_value(result->row, column->number);
    case COLUMN_OUT:
        return out_value(source->answer, column->number);
    case COLUMN_ANSWER:
        return answer_value(source);
    case COLUMN_HOST:
        return text_value(bytes_of(joblog_host(result)));
    case COLUMN_SENT:
        return integer(source, 0);
    case COLUMN_RECEIVED:
        return integer(source, (int64_t)result->out_bytes);
    case COLUMN_ALL_FIELDS:
        break;
    }
    assert(!"a column without a value");
    return none();
}

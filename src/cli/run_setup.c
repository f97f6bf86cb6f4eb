/* SPDX-License-Identifier: MIT */
#include "cli/run_setup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/auto.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/term_seq.h"
#include "base/units.h"
#include "base/xalloc.h"
#include "cli/options.h"
#include "job/row_source.h"
#include "job/template.h"
#include "out/joblog.h"
#include "out/results_dir.h"
#include "out/table.h"
#include "pool/cores.h"
#include "pool/jobs_spec.h"
#include "run/reader.h"

enum { LEAVE_MARGIN_MS = 2000 };

/* ---- input ---- */

static enum input_kind input_kind_of(enum source_kind kind)
{
    switch (kind) {
    case SOURCE_STDIN:
        return INPUT_STDIN;
    case SOURCE_FILE:
        return INPUT_FILE;
    case SOURCE_VALUES:
        return INPUT_VALUES;
    case SOURCE_PARAM:
        return INPUT_PARAM;
    }
    return INPUT_STDIN;
}

static void set_sources(struct run_setup *setup, const struct source_list *list)
{
    setup->sources = NEW_ARRAY(struct input_source, list->len);
    for (size_t i = 0; i < list->len; i++) {
        const struct source_item *item = &list->items[i];
        setup->sources[i] = (struct input_source){
            .kind = input_kind_of(item->kind),
            .is_linked = item->is_linked,
            .text = item->text,
            .values = (const char *const *)item->words,
            .value_count = item->word_count,
        };
    }
}

static int open_input(struct run_setup *setup, const struct options *options,
                      struct err *err)
{
    struct reader_options reader_options = {
        .all_first = halt_needs_total(&setup->run.halt),
        .shuffle = options->shuf,
    };
    set_sources(setup, &options->sources);
    setup->reader = reader_new(&reader_options);
    setup->input = (struct input_options){
        .sources = setup->sources,
        .source_count = options->sources.len,
        .link_all = options->link,
        .delimiter = options->delimiter,
        .lines_per_row = (size_t)options->max_args,
        .drop_empty = options->drop_empty,
        .end_text = options->eof,
        .colsep = options->colsep,
        .trim_none = options->trim == OPTIONS_TRIM_NONE,
        .has_header = options->header == OPTIONS_HEADER_FIRST_ROW,
        .is_csv = options->csv,
        .is_jsonl = options->jsonl,
        .hooks = reader_hooks(setup->reader),
    };
    setup->source = row_source_new(&setup->input, err);
    return setup->source ? 0 : -1;
}

/* ---- the batch ---- */

static int make_template(struct run_setup *setup, const struct options *options,
                         struct err *err)
{
    struct batch *batch = &setup->batch;

    setup->words = NEW_ARRAY(struct bytes, options->command_len);
    for (size_t i = 0; i < options->command_len; i++) {
        setup->words[i] = bytes_of(options->command[i]);
    }
    batch->words = setup->words;
    batch->word_count = options->command_len;
    (void)row_source_names(setup->source, &batch->names, &batch->name_count);
    batch->options = (struct template_options){
        .replace = options->replace,
        .no_names = options->no_names,
        .shell = options->shell,
        .append_fields = row_source_appends_fields(setup->source),
        .append_nothing = options->max_args == 0,
    };
    batch->template =
        template_new(batch->words, batch->word_count, batch->names,
                     batch->name_count, &batch->options, err);
    if (!batch->template) {
        return -1;
    }
    row_source_set_columns(setup->source,
                           template_column_use(batch->template) ==
                                   TEMPLATE_MANY_COLUMNS
                               ? ROW_COLUMNS_MANY
                               : ROW_COLUMNS_ONE);
    return 0;
}

static int add_environment(struct run_setup *setup, const char *list,
                           struct err *err)
{
    while (*list) {
        size_t len = strcspn(list, ",");
        AUTO_FREE char *name = xmemdup0(list, len);
        const char *value = getenv(name);
        if (!*name || strchr(name, '=')) {
            return err_set(err, EINVAL,
                           "--env takes names of variables, not \"%.100s\"",
                           list);
        }
        if (value) {
            size_t count = setup->environment_count + 1;
            setup->environment_texts =
                xrealloc_array(setup->environment_texts, count, sizeof(char *));
            setup->environment_texts[count - 1] =
                xasprintf("%s=%s", name, value);
            setup->environment_count = count;
        }
        list += len + (list[len] == ',');
    }
    return 0;
}

static int set_environment(struct run_setup *setup,
                           const struct options *options, struct err *err)
{
    for (size_t i = 0; i < options->env.len; i++) {
        if (add_environment(setup, options->env.items[i], err)) {
            return -1;
        }
    }
    setup->environment = NEW_ARRAY(struct bytes, setup->environment_count);
    for (size_t i = 0; i < setup->environment_count; i++) {
        setup->environment[i] = bytes_of(setup->environment_texts[i]);
    }
    setup->batch.environment = setup->environment;
    setup->batch.environment_count = setup->environment_count;
    return 0;
}

static int set_batch(struct run_setup *setup, const struct options *options,
                     struct err *err)
{
    struct batch *batch = &setup->batch;
    batch->number = 1;
    batch->epoch = 1;
    if (getrandom(&batch->run, sizeof batch->run, 0) < 0) {
        batch->run = (uint64_t)clock_wall_us();
    }
    batch->folder = options->wd;
    batch->term_seq = options->term_seq;
    batch->nice = options->nice;
    batch->keep_background = options->keep_background;
    if (options->limit_mem &&
        units_parse_size(options->limit_mem, &batch->limit_bytes, err)) {
        return err_wrap(err, "--limit-mem");
    }
    return set_environment(setup, options, err);
}

/* ---- running ---- */

static int parse_duration(const char *option, const char *text,
                          int64_t *duration_us, struct err *err)
{
    if (text && units_parse_duration(text, duration_us, err)) {
        return err_wrap(err, "%s", option);
    }
    return 0;
}

static int set_timeout(struct scheduler_options *scheduler, const char *text,
                       struct err *err)
{
    if (text && strchr(text, '%')) {
        return units_parse_percent(text, &scheduler->timeout_percent, err)
                   ? err_wrap(err, "--timeout")
                   : 0;
    }
    return parse_duration("--timeout", text, &scheduler->timeout_us, err);
}

static int set_scheduler(struct run_setup *setup, const struct options *options,
                         struct err *err)
{
    struct scheduler_options *scheduler = &setup->run.scheduler;
    struct gate *gate = &setup->run.gate;

    scheduler->now_us = clock_monotonic_us;
    scheduler->tries =
        options->retries ? (unsigned)options->retries : UINT32_MAX;
    scheduler->crash_limit = (unsigned)options->crash_limit;
    if (set_timeout(scheduler, options->timeout, err) ||
        parse_duration("--retry-delay", options->retry_delay,
                       &scheduler->retry_delay_us, err) ||
        parse_duration("--delay", options->delay, &scheduler->delay_us, err)) {
        return -1;
    }
    if (options->halt && halt_parse(options->halt, &setup->run.halt, err)) {
        return err_wrap(err, "--halt");
    }
    if (options->memfree &&
        units_parse_size(options->memfree, &gate->memfree_bytes, err)) {
        return err_wrap(err, "--memfree");
    }
    if (options->load.unit == OPTIONS_LOAD_JOBS) {
        gate->most_load = options->load.limit;
    } else if (options->load.unit == OPTIONS_LOAD_PERCENT) {
        gate->most_load = options->load.limit / 100. * cores_usable("");
    }
    scheduler->no_queueing = gate->most_load > 0 || gate->memfree_bytes ||
                             options->keep_background ||
                             setup->run.halt.when != HALT_NO;
    return 0;
}

static int set_pool(struct run_setup *setup, const struct options *options,
                    struct err *err)
{
    struct jobs_limits limits = jobs_limits_read();
    struct jobs_spec spec;
    struct term_seq sequence;
    double milliseconds = LEAVE_MARGIN_MS;

    if (jobs_spec_parse(options->jobs, &spec, err)) {
        return err_wrap(err, "--jobs");
    }
    if (term_seq_parse(options->term_seq ? options->term_seq : TERM_SEQ_DEFAULT,
                       &sequence, err)) {
        return err_wrap(err, "--term-seq");
    }
    for (size_t i = 0; i < sequence.count; i++) {
        milliseconds += sequence.steps[i].wait_ms;
    }
    setup->run.pool = (struct pool_local_options){
        .name = JOBLOG_LOCAL_POOL,
        .workers = jobs_spec_resolve(&spec, cores_usable(""), &limits),
        .grace_seconds = milliseconds / 1000.,
        .keep_background = options->keep_background,
        .pin = options->pin,
    };
    return 0;
}

/* ---- output ---- */

static int set_tagstring(struct run_setup *setup, const struct options *options,
                         struct err *err)
{
    size_t name_count;
    const struct bytes *names =
        template_names(setup->batch.template, &name_count);
    if (!options->tagstring) {
        return 0;
    }
    struct template_options plain = setup->batch.options;
    plain.shell = false;
    setup->tagstring_word = bytes_of(options->tagstring);
    setup->tagstring =
        template_new(&setup->tagstring_word, 1, names, name_count, &plain, err);
    if (!setup->tagstring) {
        return err_wrap(err, "--tagstring");
    }
    setup->run.printer.tagstring = setup->tagstring;
    return 0;
}

/* --results -.tsv and -.csv print one table, and keep no files. */
static bool prints_results(const struct options *options)
{
    return options->results && (!strcmp(options->results, "-.tsv") ||
                                !strcmp(options->results, "-.csv"));
}

static int set_table(struct run_setup *setup, const struct options *options,
                     struct err *err)
{
    static const enum table_format formats[] = {
        [OPTIONS_FORMAT_TSV] = TABLE_TSV,
        [OPTIONS_FORMAT_CSV] = TABLE_CSV,
        [OPTIONS_FORMAT_JSONL] = TABLE_JSONL,
    };
    struct table_options table = {
        .columns = options->columns,
        .is_log = prints_results(options),
    };
    if (options->format == OPTIONS_FORMAT_NONE && !table.is_log) {
        return 0;
    }
    if (options->format != OPTIONS_FORMAT_NONE && table.is_log) {
        return err_set(err, EINVAL,
                       "--results %s prints a table of its own: it does not go "
                       "with --format or --columns",
                       options->results);
    }
    table.format = !table.is_log ? formats[options->format]
                   : !strcmp(options->results, "-.csv") ? TABLE_CSV
                                                        : TABLE_TSV;
    table.names = template_names(setup->batch.template, &table.field_count);
    table.names = table.field_count ? table.names : NULL;
    setup->table = table_new(&table, err);
    setup->run.printer.table = setup->table;
    return setup->table ? 0 : err_wrap(err, "--columns");
}

static int open_folder(struct run_setup *setup, const struct options *options,
                       struct err *err)
{
    if (!options->results || prints_results(options) || options->dry_run) {
        return 0;
    }
    setup->folder = results_dir_open(options->results, setup->batch.names,
                                     setup->batch.name_count, err);
    setup->run.printer.folder = setup->folder;
    return setup->folder ? 0 : err_wrap(err, "--results");
}

static int open_joblog(struct run_setup *setup, const struct options *options,
                       struct err *err)
{
    setup->run.joblog_fd = -1;
    if (!options->joblog || options->dry_run) {
        return 0;
    }
    setup->run.joblog_name = options->joblog;
    setup->run.joblog_fd =
        open(options->joblog, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    return setup->run.joblog_fd < 0
               ? err_set_errno(err, errno, "--joblog: cannot write to %s",
                               options->joblog)
               : 0;
}

static int set_output(struct run_setup *setup, const struct options *options,
                      struct err *err)
{
    bool is_terminal = isatty(STDERR_FILENO);
    struct report_options *report = &setup->run.report;
    struct printer_options *printer = &setup->run.printer;
    const char *no_color = getenv("NO_COLOR");

    report->bar = options->bar;
    report->lines = options->progress && !options->bar;
    report->bar_if_long = is_terminal && !report->lines && !options->verbose;
    report->color = is_terminal && !(no_color && *no_color);
    printer->mode = prints_results(options) ? PRINTER_WHOLE
                    : options->ungroup      ? PRINTER_LIVE
                    : options->line_buffer  ? PRINTER_LINES
                                            : PRINTER_WHOLE;
    printer->keep_order = options->keep_order;
    printer->tag = options->tag;
    printer->command = setup->batch.template;
    setup->run.verbose = options->verbose;
    return set_tagstring(setup, options, err) ||
                   set_table(setup, options, err) ||
                   open_folder(setup, options, err) ||
                   open_joblog(setup, options, err)
               ? -1
               : 0;
}

/* ---- all ---- */

int run_setup_make(struct run_setup *setup, const struct options *options,
                   struct err *err)
{
    *setup = (struct run_setup){.run.joblog_fd = -1};
    if (set_scheduler(setup, options, err) || set_pool(setup, options, err) ||
        set_batch(setup, options, err) || open_input(setup, options, err) ||
        make_template(setup, options, err) || set_output(setup, options, err)) {
        run_setup_release(setup);
        return -1;
    }
    setup->run.batch = &setup->batch;
    setup->run.reader = setup->reader;
    setup->run.source = setup->source;
    return 0;
}

void run_setup_release(struct run_setup *setup)
{
    row_source_free(setup->source);
    reader_free(setup->reader);
    table_free(setup->table);
    results_dir_close(setup->folder);
    template_free(setup->tagstring);
    template_free(setup->batch.template);
    for (size_t i = 0; i < setup->environment_count; i++) {
        free(setup->environment_texts[i]);
    }
    free(setup->environment_texts);
    free(setup->environment);
    free(setup->words);
    free(setup->sources);
}

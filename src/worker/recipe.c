/* SPDX-License-Identifier: MIT */
#include "worker/recipe.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/auto.h"
#include "base/err.h"
#include "base/xalloc.h"
#include "job/row.h"
#include "job/template.h"
#include "wire/batch_flag.h"
#include "wire/frame.h"
#include "worker/lookup.h"

/* The variables that differ from job to job stand first. */
enum { ENV_SEQ, ENV_ATTEMPT, ENV_SLOT, ENV_POOL, ENV_OWN_COUNT };
enum { ENV_NUMBER_SIZE = 48 };

struct recipe {
    uint64_t batch;
    struct template *template;
    char *path; /* of the program; NULL = it differs from row to row */
    char *folder;
    unsigned slot;
    int nice;
    int null_fd;
    struct proc_options options;
    char seq_text[ENV_NUMBER_SIZE];
    char attempt_text[ENV_NUMBER_SIZE];
    char **env;
    size_t env_count;
    struct command command;
};

static bool is_own_variable(const char *entry)
{
    static const char *const names[] = {
        "POOLRUN_SEQ=", "POOLRUN_ATTEMPT=", "POOLRUN_SLOT=", "POOLRUN_POOL="};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!strncmp(entry, names[i], strlen(names[i]))) {
            return true;
        }
    }
    return false;
}

/* Does the batch bring a value of its own for this variable? */
static bool is_brought(const struct frame_batch *batch, const char *entry)
{
    size_t len = strcspn(entry, "=") + 1;
    for (size_t i = 0; i < batch->environment.count; i++) {
        struct bytes brought = batch->environment.items[i];
        if (brought.len >= len && !memcmp(brought.data, entry, len)) {
            return true;
        }
    }
    return false;
}

static void make_environment(struct recipe *recipe,
                             const struct frame_batch *batch, const char *pool)
{
    size_t count = 0;
    while (environ[count]) {
        count++;
    }
    recipe->env = NEW_ARRAY(
        char *, xadd(xadd(count, batch->environment.count), ENV_OWN_COUNT + 1));
    recipe->env[ENV_SEQ] = recipe->seq_text;
    recipe->env[ENV_ATTEMPT] = recipe->attempt_text;
    recipe->env[ENV_SLOT] = xasprintf("POOLRUN_SLOT=%u", recipe->slot);
    recipe->env[ENV_POOL] = xasprintf("POOLRUN_POOL=%s", pool);
    recipe->env_count = ENV_OWN_COUNT;
    for (size_t i = 0; i < batch->environment.count; i++) {
        struct bytes brought = batch->environment.items[i];
        AUTO_FREE char *entry = xmemdup0(brought.data, brought.len);
        if (!is_own_variable(entry)) {
            recipe->env[recipe->env_count++] = TAKE(entry);
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (!is_own_variable(environ[i]) && !is_brought(batch, environ[i])) {
            recipe->env[recipe->env_count++] = xstrdup(environ[i]);
        }
    }
}

static int make_template(struct recipe *recipe, const struct frame_batch *batch,
                         struct err *err)
{
    AUTO_FREE char *replace =
        batch->replace.len ? xmemdup0(batch->replace.data, batch->replace.len)
                           : NULL;
    struct template_options options = {
        .replace = replace,
        .no_names = batch->flags & BATCH_NO_NAMES,
        .shell = batch->flags & BATCH_SHELL,
        .append_fields = batch->flags & BATCH_APPEND_FIELDS,
        .append_nothing = batch->flags & BATCH_APPEND_NOTHING,
    };
    recipe->template =
        template_new(batch->words.items, batch->words.count, batch->names.items,
                     batch->names.count, &options, err);
    return recipe->template ? 0 : -1;
}

static int find_program(struct recipe *recipe, int *exit_code, struct err *err)
{
    const char *name = template_fixed_command(recipe->template);
    if (recipe->folder && access(recipe->folder, X_OK) < 0) {
        *exit_code = 126;
        return err_set_errno(err, errno, "cannot use the folder %s",
                             recipe->folder);
    }
    if (!name) {
        return 0;
    }
    if (lookup_command(name, recipe->folder, &recipe->path, exit_code, err)) {
        if (template_wants_shell(name)) {
            struct err plain = *err;
            err_set(err, plain.code,
                    "%s (is it a shell command? then use --shell)", plain.text);
        }
        return -1;
    }
    return 0;
}

static int set_up(struct recipe *recipe, const struct frame_batch *batch,
                  const char *pool, int *exit_code, struct err *err)
{
    *exit_code = 126;
    recipe->null_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (recipe->null_fd < 0) {
        return err_set_errno(err, errno, "cannot open /dev/null");
    }
    if (batch->folder.len) {
        recipe->folder = xmemdup0(batch->folder.data, batch->folder.len);
    }
    AUTO_FREE char *term_seq =
        batch->term_seq.len
            ? xmemdup0(batch->term_seq.data, batch->term_seq.len)
            : xstrdup(TERM_SEQ_DEFAULT);
    if (term_seq_parse(term_seq, &recipe->options.term_seq, err)) {
        return -1;
    }
    /* No niceness is further from another than this: sched(7). */
    recipe->nice = (int)(batch->nice < -40  ? -40
                         : batch->nice > 40 ? 40
                                            : batch->nice);
    recipe->options.limit_bytes = batch->limit_bytes;
    recipe->options.keep_background = batch->flags & BATCH_KEEP_BACKGROUND;
    recipe->options.allowed = BATCH_FIRST_WINDOW_BYTES;
    make_environment(recipe, batch, pool);
    if (make_template(recipe, batch, err)) {
        return -1;
    }
    return find_program(recipe, exit_code, err);
}

struct recipe *recipe_new(const struct frame_batch *batch, const char *pool,
                          unsigned slot, int *exit_code, struct err *err)
{
    struct recipe *recipe = NEW(struct recipe);
    recipe->batch = batch->batch;
    recipe->slot = slot;
    recipe->null_fd = -1;
    if (set_up(recipe, batch, pool, exit_code, err)) {
        recipe_free(recipe);
        return NULL;
    }
    return recipe;
}

void recipe_free(struct recipe *recipe)
{
    if (!recipe) {
        return;
    }
    if (recipe->null_fd >= 0) {
        (void)close(recipe->null_fd);
    }
    for (size_t i = ENV_SLOT; i < recipe->env_count; i++) {
        free(recipe->env[i]);
    }
    free(recipe->env);
    command_release(&recipe->command);
    template_free(recipe->template);
    free(recipe->path);
    free(recipe->folder);
    free(recipe);
}

uint64_t recipe_batch(const struct recipe *recipe)
{
    return recipe->batch;
}

struct proc_options recipe_options(const struct recipe *recipe)
{
    return recipe->options;
}

int recipe_prepare(struct recipe *recipe, const struct row *row,
                   const struct frame_id *id, struct spawn_plan *plan,
                   struct err *err)
{
    if (template_check(recipe->template, row, err)) {
        return -1;
    }
    template_expand(recipe->template, row, id->job, recipe->slot,
                    &recipe->command);
    (void)snprintf(recipe->seq_text, sizeof recipe->seq_text,
                   "POOLRUN_SEQ=%" PRIu64, id->job);
    (void)snprintf(recipe->attempt_text, sizeof recipe->attempt_text,
                   "POOLRUN_ATTEMPT=%" PRIu64, id->attempt);
    *plan = (struct spawn_plan){
        .path = recipe->path,
        .argv = recipe->command.argv,
        .envp = recipe->env,
        .folder = recipe->folder,
        .stdin_fd = recipe->null_fd,
        .nice = recipe->nice,
    };
    return 0;
}

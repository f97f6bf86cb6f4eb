/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/xalloc.h"
#include "caught.h"
#include "made_result.h"
#include "out/print_task.h"
#include "out/table.h"
#include "out/writer.h"

/* The writer's streams, of which the test is the reader. */
struct scene {
    struct caught out;
    struct caught err;
    struct writer_streams streams;
    struct spool *spool;
};

static int set_up(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);
    caught_init(&scene->out);
    caught_init(&scene->err);
    scene->spool = spool_new(NULL);
    *state = scene;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    caught_release(&scene->out);
    caught_release(&scene->err);
    assert_int_equal(spool_held_bytes(scene->spool), 0);
    spool_free(scene->spool);
    free(scene);
    return 0;
}

static int run(struct scene *scene, struct writer_task *task, struct err *err)
{
    struct writer_streams streams = {.out = scene->out.stream,
                                     .err = scene->err.stream};
    int failed = task->run(task, &streams, err);
    scene->out.stream = streams.out;
    scene->err.stream = streams.err;
    return failed;
}

static void expect(struct scene *scene, struct writer_task *task,
                   const char *out, const char *err_text)
{
    struct err err;
    assert_int_equal(run(scene, task, &err), 0);
    assert_string_equal(caught_text(&scene->out), out);
    assert_string_equal(caught_text(&scene->err), err_text);
}

static struct blob *blob_of(struct scene *scene, const char *text)
{
    struct blob *blob = NULL;
    made_append(&blob, scene->spool, text, strlen(text));
    return blob;
}

static void bytes_go_where_they_belong(void **state)
{
    struct scene *scene = *state;
    expect(scene, print_task_blob(0, blob_of(scene, "a\nb"), NULL), "a\nb", "");
    expect(scene, print_task_blob(1, blob_of(scene, "c"), NULL), "", "c");
    expect(scene, print_task_blob(0, NULL, NULL), "", "");
}

static void each_line_has_its_tag(void **state)
{
    struct scene *scene = *state;
    expect(scene, print_task_blob(0, blob_of(scene, "a\n\nb"), xstrdup("t:")),
           "t:a\nt:\nt:b", "");
    expect(scene, print_task_blob(0, blob_of(scene, "\n"), xstrdup("t:")),
           "t:\n", "");
    expect(scene, print_task_blob(0, NULL, xstrdup("t:")), "", "");
}

/* A line that is longer than what is read at once has one tag. */
static void a_long_line_has_one_tag(void **state)
{
    struct scene *scene = *state;
    struct blob *blob = NULL;
    struct err err;
    made_fill(&blob, scene->spool, 'x', 200000);
    made_append(&blob, scene->spool, "\ny\n", 3);
    assert_int_equal(run(scene, print_task_blob(0, blob, xstrdup("<t>")), &err),
                     0);
    const char *text = caught_text(&scene->out);
    assert_int_equal(strlen(text), 3 + 200000 + 1 + 3 + 2);
    assert_memory_equal(text, "<t>x", 4);
    assert_null(memchr(text + 3, '<', 200000));
    assert_string_equal(text + 3 + 200000, "\n<t>y\n");
}

static void a_result_is_both_its_streams(void **state)
{
    struct scene *scene = *state;
    struct result *result = made_result(1, NULL);
    result->out = blob_of(scene, "o\n");
    result->err = blob_of(scene, "e\n");
    expect(scene, print_task_result(result, NULL), "o\n", "e\n");
    result = made_result(1, NULL);
    result->err = blob_of(scene, "e\nf\n");
    expect(scene, print_task_result(result, xstrdup("1 ")), "", "1 e\n1 f\n");
}

static void zeros_are_bytes_like_others(void **state)
{
    struct scene *scene = *state;
    struct blob *blob = NULL;
    struct err err;
    made_append(&blob, scene->spool, "a\0\nb\0", 5);
    assert_int_equal(run(scene, print_task_blob(0, blob, xstrdup(">")), &err),
                     0);
    assert_memory_equal(caught_text(&scene->out), ">a\0\n>b\0", 8);
}

static void a_record_comes_with_what_went_to_stderr(void **state)
{
    struct scene *scene = *state;
    struct err err;
    struct table_options options = {.format = TABLE_TSV,
                                    .columns = "seq,command,stdout"};
    struct table *table = table_new(&options, &err);
    assert_non_null(table);
    struct result *result = made_result(7, NULL);
    result->out = blob_of(scene, "o\n");
    result->err = blob_of(scene, "e\n");
    expect(scene, print_task_header(table), "seq\tcommand\tstdout\n", "");
    expect(scene, print_task_record(result, xstrdup("cmd 7"), table),
           "7\tcmd 7\to\n", "e\n");
    table_free(table);
}

static void what_is_dropped_is_freed_and_not_written(void **state)
{
    struct scene *scene = *state;
    struct result *result = made_result(1, NULL);
    struct blob *blob = NULL;
    made_fill(&blob, scene->spool, 'x', 100000);
    result->out = blob;
    struct writer_task *task = print_task_result(result, xstrdup("t"));
    assert_int_equal(spool_held_bytes(scene->spool), 100000);
    task->drop(task);
    assert_int_equal(spool_held_bytes(scene->spool), 0);
    task = print_task_blob(0, blob_of(scene, "a"), xstrdup("t"));
    task->drop(task);
    assert_string_equal(caught_text(&scene->out), "");
}

/* So that who writes waits for who reads. */
static void live_bytes_cost_all_they_are(void **state)
{
    struct scene *scene = *state;
    struct blob *blob = NULL;
    made_fill(&blob, scene->spool, 'x', 1000000); /* they are in the spool */
    struct writer_task *task = print_task_blob(0, blob, NULL);
    assert_in_range(task->cost, 1000000, 1001000);
    task->drop(task);
}

static void a_result_costs_what_is_in_memory(void **state)
{
    struct scene *scene = *state;
    struct result *result = made_result(1, NULL);
    made_fill(&result->out, scene->spool, 'x', 10000);
    struct writer_task *task = print_task_result(result, NULL);
    assert_in_range(task->cost, 10000, 11000);
    task->drop(task);
    result = made_result(1, NULL);
    made_fill(&result->out, scene->spool, 'x', 1000000);
    task = print_task_result(result, NULL);
    assert_in_range(task->cost, 1, 40000);
    task->drop(task);
    char *tag = xmalloc(50001);
    memset(tag, 'x', 50000);
    tag[50000] = '\0';
    task = print_task_result(made_result(1, NULL), tag);
    assert_in_range(task->cost, 50000, 51000);
    task->drop(task);
}

static void output_that_cannot_be_read_is_trouble(void **state)
{
    struct scene *scene = *state;
    struct blob *blob = NULL;
    struct err err = {0};
    made_fill(&blob, scene->spool, 'x', 100000);
    for (int fd = 3; fd < 64; fd++) {
        /* Somebody has cut the spool file: it has no other name. */
        char path[64];
        char name[64] = {0};
        (void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
        if (readlink(path, name, sizeof name - 1) > 0 &&
            strstr(name, "(deleted)") && fd != fileno(scene->out.file) &&
            fd != fileno(scene->err.file)) {
            assert_int_equal(ftruncate(fd, 0), 0);
        }
    }
    assert_int_equal(run(scene, print_task_blob(0, blob, NULL), &err), -1);
    assert_int_not_equal(err.code, 0);
    assert_int_equal(spool_held_bytes(scene->spool), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(bytes_go_where_they_belong),
        TEST(each_line_has_its_tag),
        TEST(a_long_line_has_one_tag),
        TEST(a_result_is_both_its_streams),
        TEST(zeros_are_bytes_like_others),
        TEST(a_record_comes_with_what_went_to_stderr),
        TEST(what_is_dropped_is_freed_and_not_written),
        TEST(live_bytes_cost_all_they_are),
        TEST(a_result_costs_what_is_in_memory),
        TEST(output_that_cannot_be_read_is_trouble),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

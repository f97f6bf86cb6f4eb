/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/err.h"
#include "job/row.h"
#include "job/row_source.h"
#include "run/reader.h"

enum {
    LINES = 200000,
    MOST_AHEAD = 2 * (1024 + 64), /* rows, in the queue and taken from it */
    PATIENCE_MS = 60000,
};

/* A reader of what the test writes into a pipe, or of other input. */
struct scene {
    struct reader *reader;
    struct input_source source;
    struct input_options options;
    char path[32];
    int input[2];
    int woken[2];
    unsigned threads; /* that there were before */
};

static void wake(void *ctx)
{
    const struct scene *scene = ctx;
    ssize_t written = write(scene->woken[1], "", 1);
    (void)written; /* asserts are for the test's own thread */
}

static void start(struct scene *scene)
{
    struct err err;
    scene->options.hooks = reader_hooks(scene->reader);
    struct row_source *rows = row_source_new(&scene->options, &err);
    assert_non_null(rows);
    reader_start(scene->reader, rows, wake, scene);
}

static unsigned threads(void)
{
    DIR *folder = opendir("/proc/self/task");
    unsigned count = 0;
    assert_non_null(folder);
    for (const struct dirent *entry; (entry = readdir(folder));) {
        count += entry->d_name[0] != '.';
    }
    (void)closedir(folder);
    return count;
}

static void begin(struct scene *scene, const struct reader_options *options)
{
    *scene =
        (struct scene){.reader = reader_new(options), .threads = threads()};
    assert_int_equal(pipe(scene->input), 0);
    assert_int_equal(pipe(scene->woken), 0);
    (void)snprintf(scene->path, sizeof scene->path, "/dev/fd/%d",
                   scene->input[0]);
    scene->source =
        (struct input_source){.kind = INPUT_FILE, .text = scene->path};
    scene->options.sources = &scene->source;
    scene->options.source_count = 1;
}

static void begin_pipe(struct scene *scene,
                       const struct reader_options *options)
{
    begin(scene, options);
    start(scene);
}

static void close_input(struct scene *scene)
{
    if (scene->input[1] >= 0) {
        assert_int_equal(close(scene->input[1]), 0);
        scene->input[1] = -1;
    }
}

static void end(struct scene *scene)
{
    reader_free(scene->reader);
    close_input(scene);
    (void)close(scene->input[0]);
    (void)close(scene->woken[0]);
    (void)close(scene->woken[1]);
    /* One that was joined is still to be seen for a moment. */
    for (int i = 0; i < PATIENCE_MS && threads() != scene->threads; i++) {
        (void)poll(NULL, 0, 1);
    }
    assert_int_equal(threads(), scene->threads);
}

static void say(struct scene *scene, const char *text)
{
    size_t len = strlen(text);
    assert_int_equal(write(scene->input[1], text, len), len);
}

static void wait_for_wake(struct scene *scene)
{
    struct pollfd entry = {.fd = scene->woken[0], .events = POLLIN};
    char byte;
    assert_int_equal(poll(&entry, 1, PATIENCE_MS), 1);
    assert_int_equal(read(scene->woken[0], &byte, 1), 1);
}

/* The next row, however long it takes; NULL at the end. */
static struct row *next(struct scene *scene, struct err *err)
{
    struct row *row;
    int got;
    while ((got = reader_next(scene->reader, &row, err)) == 0) {
        wait_for_wake(scene);
    }
    return got > 0 ? row : NULL;
}

static void expect(struct scene *scene, const char *text)
{
    struct err err;
    struct row *row = next(scene, &err);
    assert_non_null(row);
    assert_string_equal(row->text.data, text);
    row_free(row);
}

static void expect_end(struct scene *scene)
{
    struct err err;
    uint64_t total;
    assert_null(next(scene, &err));
    assert_int_equal(err.code, 0);
    assert_true(reader_total(scene->reader, &total));
}

static void a_row_is_there_as_soon_as_it_is_written(void **state)
{
    (void)state;
    struct scene scene;
    struct row *row;
    struct err err;
    uint64_t total;
    begin_pipe(&scene, &(struct reader_options){0});
    assert_int_equal(reader_next(scene.reader, &row, &err), 0);
    say(&scene, "one\ntw");
    expect(&scene, "one"); /* and the pipe is open */
    assert_int_equal(reader_next(scene.reader, &row, &err), 0);
    assert_false(reader_total(scene.reader, &total));
    assert_int_equal(total, 1);
    say(&scene, "o\n");
    expect(&scene, "two");
    close_input(&scene);
    expect_end(&scene);
    end(&scene);
}

static void rows_come_in_their_order_and_then_the_end(void **state)
{
    (void)state;
    struct scene scene;
    uint64_t total;
    begin_pipe(&scene, &(struct reader_options){0});
    say(&scene, "a\nb\nc");
    close_input(&scene);
    expect(&scene, "a");
    expect(&scene, "b");
    expect(&scene, "c");
    expect_end(&scene);
    expect_end(&scene);
    assert_true(reader_total(scene.reader, &total));
    assert_int_equal(total, 3);
    assert_true(reader_has_more(scene.reader, 2));
    assert_false(reader_has_more(scene.reader, 3));
    end(&scene);
}

static void no_row_is_an_end_that_wakes(void **state)
{
    (void)state;
    struct scene scene;
    begin_pipe(&scene, &(struct reader_options){0});
    close_input(&scene);
    wait_for_wake(&scene);
    expect_end(&scene);
    end(&scene);
}

static void what_cannot_be_read_is_told_behind_the_rows(void **state)
{
    (void)state;
    struct scene scene;
    struct err err;
    begin_pipe(&scene, &(struct reader_options){0});
    say(&scene, "a\nb\n");
    assert_int_equal(write(scene.input[1], "x\0y\n", 4), 4);
    expect(&scene, "a");
    expect(&scene, "b");
    assert_null(next(&scene, &err));
    assert_int_not_equal(err.code, 0);
    assert_non_null(strstr(err.text, "line 3"));
    end(&scene);
}

/* A file of many lines instead of the pipe. */
static void begin_lines(struct scene *scene,
                        const struct reader_options *options)
{
    begin(scene, options);
    FILE *file = tmpfile();
    assert_non_null(file);
    for (int i = 1; i <= LINES; i++) {
        assert_true(fprintf(file, "%d\n", i) > 0);
    }
    assert_int_equal(fflush(file), 0);
    (void)snprintf(scene->path, sizeof scene->path, "/dev/fd/%d", fileno(file));
    start(scene);
    wait_for_wake(scene); /* it has its own descriptor */
    assert_int_equal(fclose(file), 0);
}

static void it_reads_no_further_ahead_than_it_may(void **state)
{
    (void)state;
    struct scene scene;
    struct err err;
    struct row *row;
    uint64_t total = 0;
    uint64_t taken = 0;
    begin_lines(&scene, &(struct reader_options){0});
    while (total < 1024) {
        (void)reader_total(scene.reader, &total);
        (void)sched_yield();
    }
    while ((row = next(&scene, &err))) {
        (void)reader_total(scene.reader, &total);
        assert_true(total <= taken + MOST_AHEAD);
        taken++;
        assert_int_equal(row->line, taken);
        row_free(row);
    }
    assert_int_equal(taken, LINES);
    end(&scene);
}

static void it_ends_though_nobody_takes_its_rows(void **state)
{
    (void)state;
    struct scene scene;
    uint64_t total = 0;
    begin_lines(&scene, &(struct reader_options){0});
    while (total < 1024) {
        (void)reader_total(scene.reader, &total);
        (void)sched_yield();
    }
    end(&scene); /* the leak sanitizer sees to the rows */
}

static void it_ends_though_nothing_comes(void **state)
{
    (void)state;
    struct scene scene;
    begin_pipe(&scene, &(struct reader_options){0});
    say(&scene, "a\n");
    expect(&scene, "a");
    end(&scene);
}

/* A row a nanosecond, and they would all have to be there first. */
static void it_ends_in_the_middle_of_rows_without_end(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, &(struct reader_options){.all_first = true});
    scene.source = (struct input_source){.kind = INPUT_PARAM,
                                         .text = "n=1..1000000000000"};
    start(&scene);
    end(&scene);
}

static void one_that_never_started_is_freed(void **state)
{
    (void)state;
    reader_free(reader_new(&(struct reader_options){0}));
    reader_free(NULL);
}

static void all_may_be_wanted_before_the_first(void **state)
{
    (void)state;
    struct scene scene;
    struct err err;
    struct row *row;
    uint64_t total;
    int unread = 1;
    begin_pipe(&scene, &(struct reader_options){.all_first = true});
    say(&scene, "a\nb\n");
    while (unread) {
        assert_int_equal(ioctl(scene.input[0], FIONREAD, &unread), 0);
        (void)sched_yield();
    }
    assert_int_equal(reader_next(scene.reader, &row, &err), 0);
    assert_false(reader_total(scene.reader, &total));
    assert_int_equal(total, 0);
    close_input(&scene);
    expect(&scene, "a");
    assert_true(reader_total(scene.reader, &total)); /* it comes with them */
    assert_int_equal(total, 2);
    expect(&scene, "b");
    expect_end(&scene);
    end(&scene);
}

static void shuffled_rows_are_the_same_rows_in_another_order(void **state)
{
    (void)state;
    static bool seen[LINES + 1];
    struct scene scene;
    struct err err;
    struct row *row;
    uint64_t count = 0;
    uint64_t in_place = 0;
    begin_lines(&scene, &(struct reader_options){.shuffle = true});
    while ((row = next(&scene, &err))) {
        assert_in_range(row->line, 1, LINES);
        assert_false(seen[row->line]);
        seen[row->line] = true;
        in_place += row->line == ++count;
        row_free(row);
    }
    assert_int_equal(count, LINES);
    assert_in_range(in_place, 0, 50); /* 1 is to be expected */
    end(&scene);
}

static void a_warning_is_there_after_the_end(void **state)
{
    (void)state;
    struct scene scene;
    begin_pipe(&scene, &(struct reader_options){0});
    say(&scene, "a\r\nb\r\n");
    expect(&scene, "a\r");
    assert_null(reader_warning(scene.reader));
    close_input(&scene);
    expect(&scene, "b\r");
    expect_end(&scene);
    assert_non_null(reader_warning(scene.reader));
    end(&scene);
}

static void *do_nothing(void *ctx)
{
    return ctx;
}

/* A sanitizer has a thread of its own from the first other one on. */
static int set_up(void **state)
{
    pthread_t thread;
    (void)state;
    return pthread_create(&thread, NULL, do_nothing, NULL) ||
           pthread_join(thread, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_is_there_as_soon_as_it_is_written),
        cmocka_unit_test(rows_come_in_their_order_and_then_the_end),
        cmocka_unit_test(no_row_is_an_end_that_wakes),
        cmocka_unit_test(what_cannot_be_read_is_told_behind_the_rows),
        cmocka_unit_test(it_reads_no_further_ahead_than_it_may),
        cmocka_unit_test(it_ends_though_nobody_takes_its_rows),
        cmocka_unit_test(it_ends_though_nothing_comes),
        cmocka_unit_test(it_ends_in_the_middle_of_rows_without_end),
        cmocka_unit_test(one_that_never_started_is_freed),
        cmocka_unit_test(all_may_be_wanted_before_the_first),
        cmocka_unit_test(shuffled_rows_are_the_same_rows_in_another_order),
        cmocka_unit_test(a_warning_is_there_after_the_end),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}

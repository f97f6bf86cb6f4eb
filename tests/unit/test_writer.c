/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "fake_output.h"
#include "out/writer.h"

enum { FULL_TASKS = 4096, FULL_BYTES = 1 << 20 };

static struct fake_output output;
static struct writer *writer;
static int woken[2]; /* a pipe: a byte for each wake */
static int gate[2];  /* a pipe: a task of ours waits for a byte of it */
static int begun[2]; /* a pipe: a byte when that task begins */
static atomic_int dropped;

/* Asserts are for the test's own thread. */
static void ring(int fd)
{
    ssize_t written = write(fd, "", 1);
    (void)written;
}

static void wake(void *ctx)
{
    (void)ctx;
    ring(woken[1]);
}

static int set_up(void **state)
{
    (void)state;
    (void)signal(SIGPIPE, SIG_IGN);
    dropped = 0;
    return pipe(woken) || pipe(gate) || pipe(begun);
}

static int with_files(void **state)
{
    fake_output_files(&output);
    writer = writer_new(-1, NULL, wake, NULL);
    return set_up(state);
}

static int with_pipes(void **state)
{
    fake_output_pipes(&output);
    writer = writer_new(-1, NULL, wake, NULL);
    return set_up(state);
}

static int tear_down(void **state)
{
    (void)state;
    fake_output_close(&output, 0); /* no pipe can block it any more */
    fake_output_close(&output, 1);
    writer_free(writer);
    fake_output_end(&output);
    (void)close(woken[0]);
    (void)close(woken[1]);
    (void)close(gate[0]);
    (void)close(gate[1]);
    (void)close(begun[0]);
    (void)close(begun[1]);
    return 0;
}

static void put(enum writer_target target, const char *text)
{
    writer_put(writer, target, text, strlen(text));
}

static void wait_for_byte(int fd)
{
    char byte;
    struct pollfd entry = {.fd = fd, .events = POLLIN};
    assert_int_equal(poll(&entry, 1, FAKE_OUTPUT_PATIENCE_MS), 1);
    assert_int_equal(read(fd, &byte, 1), 1);
}

static bool is_woken(void)
{
    struct pollfd entry = {.fd = woken[0], .events = POLLIN};
    return poll(&entry, 1, 0) == 1;
}

/* ---- tasks of ours ---- */

static int run_gate(struct writer_task *task, struct writer_streams *streams,
                    struct err *err)
{
    (void)streams;
    (void)err;
    free(task);
    char byte;
    ring(begun[1]);
    ssize_t got = read(gate[0], &byte, 1);
    (void)got;
    return 0;
}

static int run_failure(struct writer_task *task, struct writer_streams *streams,
                       struct err *err)
{
    (void)streams;
    free(task);
    return err_set(err, EIO, "it cannot be done");
}

static void drop(struct writer_task *task)
{
    free(task);
    dropped++;
}

static void push(int (*run)(struct writer_task *task,
                            struct writer_streams *streams, struct err *err),
                 size_t cost)
{
    struct writer_task *task = calloc(1, sizeof *task);
    task->run = run;
    task->drop = drop;
    task->cost = cost;
    writer_push(writer, task);
}

static void open_gate(void)
{
    ring(gate[1]);
}

/* ---- */

static void what_is_put_is_written_in_order(void **state)
{
    (void)state;
    put(WRITER_OUT, "a\n");
    put(WRITER_ERR, "x\n");
    put(WRITER_OUT, "b\n");
    put(WRITER_ERR, "y");
    put(WRITER_OUT, "");
    writer_finish(writer, false);
    assert_string_equal(fake_output_text(&output, 0), "a\nb\n");
    assert_string_equal(fake_output_text(&output, 1), "x\ny");
}

static void what_is_put_is_written_at_once(void **state)
{
    (void)state;
    put(WRITER_OUT, "a\n");
    assert_string_equal(fake_output_read(&output, 0, 2), "a\n");
}

static void the_joblog_is_one_more_stream(void **state)
{
    (void)state;
    char name[] = "/tmp/poolrun-test.XXXXXX";
    char text[16] = {0};
    int fd = mkostemp(name, O_CLOEXEC);
    int copy = fcntl(fd, F_DUPFD_CLOEXEC, 10);
    assert_int_equal(unlink(name), 0);
    struct writer *log = writer_new(fd, name, wake, NULL);
    writer_put(log, WRITER_LOG, "line\n", 5);
    writer_free(log);
    assert_int_equal(fcntl(fd, F_GETFD), -1); /* it was taken over */
    assert_int_equal(pread(copy, text, sizeof text, 0), 5);
    assert_string_equal(text, "line\n");
    (void)close(copy);
}

static void many_tasks_make_it_full_until_they_are_done(void **state)
{
    (void)state;
    push(run_gate, 0);
    for (int i = 0; i < FULL_TASKS - 1; i++) {
        put(WRITER_OUT, "");
    }
    assert_false(writer_is_full(writer));
    put(WRITER_OUT, "");
    assert_true(writer_is_full(writer));
    assert_false(is_woken());
    open_gate();
    wait_for_byte(woken[0]);
    assert_false(writer_is_full(writer));
}

static void so_do_many_bytes(void **state)
{
    (void)state;
    push(run_gate, FULL_BYTES);
    assert_false(writer_is_full(writer));
    put(WRITER_OUT, "a");
    assert_true(writer_is_full(writer));
    open_gate();
    wait_for_byte(woken[0]);
    assert_false(writer_is_full(writer));
}

static void nobody_is_woken_who_did_not_find_it_full(void **state)
{
    (void)state;
    push(run_gate, 2 * FULL_BYTES);
    open_gate();
    put(WRITER_OUT, "a");
    writer_finish(writer, false);
    assert_false(is_woken());
}

/* What a reader of stdout does not take stays in the pipe, then here. */
static void a_slow_reader_makes_it_full(void **state)
{
    (void)state;
    static char line[4096];
    size_t total = 0;
    memset(line, 'x', sizeof line);
    while (!writer_is_full(writer)) {
        writer_put(writer, WRITER_OUT, line, sizeof line);
        total += sizeof line;
    }
    assert_true(total >= FULL_BYTES * 9 / 10);
    (void)fake_output_read(&output, 0, total);
    wait_for_byte(woken[0]);
    assert_false(writer_is_full(writer));
}

static void a_failure_drops_the_rest_and_is_told(void **state)
{
    (void)state;
    struct err err = {0};
    assert_int_equal(writer_trouble(writer, &err), 0);
    push(run_gate, 0);
    push(run_failure, 0);
    push(run_failure, 0);
    push(run_gate, 0);
    open_gate();
    wait_for_byte(woken[0]);
    writer_finish(writer, false);
    assert_int_equal(dropped, 2);
    assert_int_equal(writer_trouble(writer, &err), -1);
    assert_int_equal(err.code, EIO);
    assert_string_equal(err.text, "it cannot be done");
}

static void a_reader_that_has_gone_is_trouble(void **state)
{
    (void)state;
    struct err err = {0};
    fake_output_close(&output, 0);
    put(WRITER_OUT, "a\n");
    wait_for_byte(woken[0]);
    assert_int_equal(writer_trouble(writer, &err), -1);
    assert_int_equal(err.code, EPIPE);
    assert_non_null(strstr(err.text, "standard output"));
    put(WRITER_OUT, "b\n"); /* goes nowhere, and does no harm */
}

static void a_device_that_is_full_is_not_waited_for(void **state)
{
    (void)state;
    struct err err = {0};
    int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
    struct writer *full;
    assert_true(fd >= 0);
    assert_int_equal(dup2(fd, STDOUT_FILENO), STDOUT_FILENO);
    full = writer_new(-1, NULL, wake, NULL);
    (void)close(fd);
    writer_put(full, WRITER_OUT, "a\n", 2);
    writer_finish(full, false);
    assert_int_equal(writer_trouble(full, &err), -1);
    assert_int_equal(err.code, ENOSPC);
    writer_free(full);
}

#define HIDDEN "\r\033[K"

static void the_bar_is_there_while_nothing_is_written(void **state)
{
    (void)state;
    writer_set_bar(writer, "50%");
    assert_string_equal(fake_output_read(&output, 1, 3), "50%");
    put(WRITER_ERR, "line\n");
    assert_string_equal(fake_output_read(&output, 1, 4 + 5 + 3),
                        HIDDEN "line\n50%");
    writer_set_bar(writer, "60%");
    assert_string_equal(fake_output_read(&output, 1, 4 + 3), HIDDEN "60%");
    writer_set_bar(writer, "");
    assert_string_equal(fake_output_read(&output, 1, 4), HIDDEN);
}

/* On a terminal both are the same place. */
static void the_bar_is_gone_before_anything_is_written(void **state)
{
    (void)state;
    writer_set_bar(writer, "50%");
    (void)fake_output_read(&output, 1, 3);
    put(WRITER_OUT, "line\n");
    (void)fake_output_read(&output, 0, 5);
    struct pollfd entry = {.fd = output.read_fd[1], .events = POLLIN};
    assert_int_equal(poll(&entry, 1, 0), 1); /* it was hidden by then */
    assert_string_equal(fake_output_read(&output, 1, 4), HIDDEN);
}

static void the_bar_does_not_outlive_it(void **state)
{
    (void)state;
    writer_set_bar(writer, "50%");
    (void)fake_output_read(&output, 1, 3);
    writer_finish(writer, false);
    assert_string_equal(fake_output_read(&output, 1, 4), HIDDEN);
}

static void *open_gate_when_dropped(void *ctx)
{
    (void)ctx;
    while (dropped < 2) {
        (void)poll(NULL, 0, 1);
    }
    open_gate();
    return NULL;
}

/* But not what is being written. */
static void the_rest_may_be_dropped(void **state)
{
    (void)state;
    pthread_t opener;
    push(run_gate, 0);
    wait_for_byte(begun[0]);
    push(run_gate, 0);
    push(run_gate, 0);
    assert_int_equal(
        pthread_create(&opener, NULL, open_gate_when_dropped, NULL), 0);
    writer_finish(writer, true);
    assert_int_equal(dropped, 2);
    assert_int_equal(pthread_join(opener, NULL), 0);
}

static void it_may_be_finished_twice(void **state)
{
    (void)state;
    put(WRITER_OUT, "a");
    writer_finish(writer, false);
    writer_finish(writer, true);
    assert_string_equal(fake_output_text(&output, 0), "a");
    writer_free(NULL);
}

#define FILES(name) cmocka_unit_test_setup_teardown(name, with_files, tear_down)
#define PIPES(name) cmocka_unit_test_setup_teardown(name, with_pipes, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FILES(what_is_put_is_written_in_order),
        PIPES(what_is_put_is_written_at_once),
        FILES(the_joblog_is_one_more_stream),
        FILES(many_tasks_make_it_full_until_they_are_done),
        FILES(so_do_many_bytes),
        FILES(nobody_is_woken_who_did_not_find_it_full),
        PIPES(a_slow_reader_makes_it_full),
        FILES(a_failure_drops_the_rest_and_is_told),
        PIPES(a_reader_that_has_gone_is_trouble),
        FILES(a_device_that_is_full_is_not_waited_for),
        PIPES(the_bar_is_there_while_nothing_is_written),
        PIPES(the_bar_is_gone_before_anything_is_written),
        PIPES(the_bar_does_not_outlive_it),
        FILES(the_rest_may_be_dropped),
        FILES(it_may_be_finished_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utlist.h>

#include "base/err.h"
#include "base/proctree.h"
#include "job/attempt.h"
#include "job/batch.h"
#include "job/job.h"
#include "job/result.h"
#include "pool/pool_local.h"
#include "pool/runner.h"
#include "template_maker.h"
#include "wait_loop.h"
#include "wire/frame.h"
#include "worker/worker.h"

enum { WORKERS = 3 };

/* The workers are this very program: see main. Such a one cannot live. */
static const char stillborn[] = "POOLRUN_TEST_STILLBORN";

static struct ev_loop *loop;
static struct pool_local *local;
static struct batch batch;
static struct runner *runners[WORKERS + 1]; /* by slot; NULL = gone */
static unsigned runners_gone;
static unsigned started;
static unsigned done;
static unsigned lost;
static unsigned empty;
static struct frame_done last_done;

/* ---- events ---- */

static void let_go(struct attempt *attempt)
{
    struct job *job = attempt->job;
    attempt_free(attempt);
    job_free(job);
}

static void on_started(void *ctx, struct attempt *attempt)
{
    (void)ctx;
    (void)attempt;
    started++;
}

static void on_output(void *ctx, struct attempt *attempt, unsigned stream,
                      struct bytes data)
{
    (void)ctx;
    (void)attempt;
    (void)stream;
    (void)data;
}

static void on_done(void *ctx, struct attempt *attempt,
                    const struct frame_done *frame)
{
    (void)ctx;
    done++;
    last_done = *frame;
    let_go(attempt);
}

static void on_returned(void *ctx, struct attempt *attempt)
{
    (void)ctx;
    let_go(attempt);
}

static void on_lost(void *ctx, struct attempt *attempt, bool was_alone)
{
    (void)ctx;
    (void)was_alone;
    lost++;
    let_go(attempt);
}

static void on_unable(void *ctx, struct runner *runner, int exit_code,
                      struct bytes reason)
{
    (void)ctx;
    (void)runner;
    (void)exit_code;
    (void)reason;
}

static void on_runner(void *ctx, struct runner *runner)
{
    (void)ctx;
    assert_in_range(runner->first_slot, 1, WORKERS);
    assert_null(runners[runner->first_slot]);
    runners[runner->first_slot] = runner;
    runner_send_batch(runner, &batch);
}

static void on_runner_gone(void *ctx, struct runner *runner)
{
    (void)ctx;
    runners[runner->first_slot] = NULL;
    runners_gone++;
    runner_lose_all(runner);
}

static void on_empty(void *ctx, struct pool *pool)
{
    (void)ctx;
    (void)pool;
    empty++;
}

/* ---- a scene ---- */

static int set_up(void **state)
{
    static const struct runner_events runner_events = {
        on_started, on_output, on_done, on_returned, on_lost, on_unable};
    static const struct pool_events events = {on_runner, on_runner_gone,
                                              on_empty};
    static const struct pool_local_options options = {
        .name = "local", .workers = WORKERS, .grace_seconds = 60};
    static struct bytes words[3];
    (void)state;
    (void)signal(SIGPIPE, SIG_IGN); /* as in a run */
    words[0] = bytes_of("sh");
    words[1] = bytes_of("-c");
    words[2] = bytes_of("{}");
    batch = (struct batch){.number = 1, .words = words, .word_count = 3};
    runners_gone = started = done = lost = empty = 0;
    memset(runners, 0, sizeof runners);
    loop = wait_loop_new();
    local = pool_local_new(loop, &options, &events, &runner_events, NULL, NULL);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    (void)unsetenv(stillborn);
    if (!empty) {
        pool_local_end(local, true);
        WAIT_UNTIL(loop, empty);
    }
    pool_local_free(local);
    ev_loop_destroy(loop);
    return 0;
}

static bool grow(void)
{
    struct pool *pool = pool_local_pool(local);
    return pool->grow(pool);
}

static void run(unsigned slot, const char *command)
{
    struct job *job = job_new(slot, row_of(LIST(command)));
    runner_run(runners[slot], attempt_new(job, runners[slot]), &batch);
}

/* Our children that are no zombies. */
static size_t children(pid_t *last)
{
    AUTO_PROCTREE struct proctree tree;
    size_t count = 0;
    proctree_read(&tree);
    for (size_t i = 0; i < tree.count; i++) {
        if (tree.entries[i].parent == getpid() && !tree.entries[i].is_zombie) {
            *last = tree.entries[i].pid;
            count++;
        }
    }
    return count;
}

static pid_t only_child(void)
{
    pid_t pid = 0;
    assert_int_equal(children(&pid), 1);
    return pid;
}

/* All below us, at any depth. */
static size_t processes(void)
{
    AUTO_PROCTREE struct proctree tree;
    proctree_read(&tree);
    return tree.count;
}

static void workers_are_made_up_to_their_number(void **state)
{
    (void)state;
    assert_int_equal(pool_local_pool(local)->workers, 0);
    for (unsigned slot = 1; slot <= WORKERS; slot++) {
        assert_true(grow());
        assert_non_null(runners[slot]);
        assert_int_equal(pool_local_pool(local)->workers, slot);
    }
    assert_false(grow());
    pid_t pid;
    assert_int_equal(children(&pid), WORKERS);
    assert_null(pool_local_trouble(local));
}

static void a_worker_runs_a_job(void **state)
{
    (void)state;
    assert_true(grow());
    run(1, "exit 3");
    WAIT_UNTIL(loop, done);
    assert_int_equal(started, 1);
    assert_int_equal(last_done.exit_code, 3);
    assert_int_equal(last_done.slot, 1);
}

static void each_has_a_slot_of_its_own(void **state)
{
    (void)state;
    assert_true(grow());
    assert_true(grow());
    run(2, "exit $POOLRUN_SLOT");
    WAIT_UNTIL(loop, done);
    assert_int_equal(last_done.exit_code, 2);
}

static void one_that_dies_gives_its_job_back_and_frees_its_slot(void **state)
{
    (void)state;
    assert_true(grow());
    run(1, "exec sleep 1000");
    WAIT_UNTIL(loop, started);
    assert_int_equal(kill(only_child(), SIGKILL), 0);
    WAIT_UNTIL(loop, runners_gone);
    assert_int_equal(lost, 1);
    assert_int_equal(pool_local_pool(local)->workers, 0);
    WAIT_UNTIL(loop, !processes());
    assert_true(grow());
    assert_non_null(runners[1]);
    run(1, "exit 0");
    WAIT_UNTIL(loop, done);
}

static void what_its_job_leaves_is_killed(void **state)
{
    (void)state;
    assert_true(grow());
    run(1, "setsid sleep 1000 & sleep 1000");
    WAIT_UNTIL(loop, started);
    while (processes() < 4) { /* worker, shell, and both */
        (void)poll(NULL, 0, 1);
    }
    assert_int_equal(kill(only_child(), SIGKILL), 0);
    WAIT_UNTIL(loop, runners_gone);
    while (processes()) {
        wait_loop_turn(loop);
        (void)poll(NULL, 0, 1);
    }
}

static void what_cannot_live_is_trouble(void **state)
{
    (void)state;
    assert_int_equal(setenv(stillborn, "1", 1), 0);
    for (unsigned n = 1; n <= 3; n++) {
        assert_null(pool_local_trouble(local));
        assert_true(grow());
        WAIT_UNTIL(loop, runners_gone == n && !processes());
    }
    const struct err *trouble = pool_local_trouble(local);
    assert_non_null(trouble);
    assert_non_null(strstr(trouble->text, "status 7"));
    assert_false(grow());
}

static void a_pool_without_workers_is_empty_at_once(void **state)
{
    (void)state;
    pool_local_end(local, false);
    assert_int_equal(empty, 1);
    assert_false(grow());
}

static void at_the_end_all_leave_and_take_their_jobs_along(void **state)
{
    (void)state;
    assert_true(grow());
    assert_true(grow());
    run(1, "exec sleep 1000");
    WAIT_UNTIL(loop, started);
    pool_local_end(local, false);
    assert_int_equal(empty, 0);
    WAIT_UNTIL(loop, empty);
    assert_int_equal(processes(), 0);
    assert_int_equal(pool_local_pool(local)->workers, 0);
    assert_int_equal(runners_gone, 2);
}

static void a_job_that_will_not_end_may_be_hurried(void **state)
{
    (void)state;
    assert_true(grow());
    run(1, "trap '' TERM; while :; do sleep 1000; done");
    WAIT_UNTIL(loop, started);
    pool_local_end(local, false);
    pool_local_end(local, true);
    WAIT_UNTIL(loop, empty);
    assert_int_equal(processes(), 0);
}

static bool job_is_stopped(void)
{
    AUTO_PROCTREE struct proctree tree;
    unsigned stopped = 0;
    proctree_read(&tree);
    for (size_t i = 0; i < tree.count; i++) {
        char path[64];
        char text[512] = {0};
        (void)snprintf(path, sizeof path, "/proc/%d/stat",
                       (int)tree.entries[i].pid);
        FILE *file = fopen(path, "re");
        if (file) {
            size_t len = fread(text, 1, sizeof text - 1, file);
            (void)len;
            (void)fclose(file);
        }
        const char *state = strrchr(text, ')');
        stopped += state && state[2] == 'T';
    }
    return stopped == 1;
}

static void jobs_can_be_stopped_for_a_while(void **state)
{
    (void)state;
    assert_true(grow());
    run(1, "exec sleep 1000");
    WAIT_UNTIL(loop, started);
    pool_local_pause(local, true);
    while (!job_is_stopped()) {
        wait_loop_turn(loop);
        (void)poll(NULL, 0, 1);
    }
    pool_local_pause(local, false);
    while (job_is_stopped()) {
        wait_loop_turn(loop);
        (void)poll(NULL, 0, 1);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        TEST(workers_are_made_up_to_their_number),
        TEST(a_worker_runs_a_job),
        TEST(each_has_a_slot_of_its_own),
        TEST(one_that_dies_gives_its_job_back_and_frees_its_slot),
        TEST(what_its_job_leaves_is_killed),
        TEST(what_cannot_live_is_trouble),
        TEST(a_pool_without_workers_is_empty_at_once),
        TEST(at_the_end_all_leave_and_take_their_jobs_along),
        TEST(a_job_that_will_not_end_may_be_hurried),
        TEST(jobs_can_be_stopped_for_a_while),
    };
    /* As in poolrun: a worker may be gone while we speak. */
    (void)signal(SIGPIPE, SIG_IGN);
    if (argc > 1 && !strcmp(argv[1], "--worker")) {
        return getenv(stillborn) ? 7 : worker_main();
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}

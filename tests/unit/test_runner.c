/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "fake_pool.h"
#include "job/attempt.h"
#include "job/batch.h"
#include "job/job.h"
#include "job/row.h"
#include "template_maker.h"
#include "wire/batch_flag.h"
#include "wire/frame.h"
#include "wire/hello.h"

/* What a runner's owner is told, as text; attempts are freed with their job. */
struct owner {
    struct fake_pool pool;
    struct fake_runner *fake;
    struct batch batch;
    struct buf told;
    struct buf text; /* of told, for the last look */
};

static void tell(struct owner *owner, const char *what,
                 const struct attempt *attempt)
{
    buf_printf(&owner->told, "%s%s %d", owner->told.len ? "; " : "", what,
               (int)attempt->job->seq);
}

static void let_go(struct attempt *attempt)
{
    struct job *job = attempt->job;
    assert_null(fake_attempt(attempt->runner->sender, job->seq));
    attempt_free(attempt);
    job_free(job);
}

static void on_started(void *ctx, struct attempt *attempt)
{
    tell(ctx, "started", attempt);
}

static void on_output(void *ctx, struct attempt *attempt, unsigned stream,
                      struct bytes data)
{
    tell(ctx, stream ? "err" : "out", attempt);
    buf_add_char(&((struct owner *)ctx)->told, ' ');
    buf_add_bytes(&((struct owner *)ctx)->told, data);
}

static void on_done(void *ctx, struct attempt *attempt,
                    const struct frame_done *done)
{
    tell(ctx, "done", attempt);
    buf_printf(&((struct owner *)ctx)->told, " %d", (int)done->exit_code);
    let_go(attempt);
}

static void on_returned(void *ctx, struct attempt *attempt)
{
    tell(ctx, "returned", attempt);
    let_go(attempt);
}

static void on_lost(void *ctx, struct attempt *attempt, bool was_alone)
{
    tell(ctx, was_alone ? "lost alone" : "lost", attempt);
    let_go(attempt);
}

static void on_unable(void *ctx, struct runner *runner, int exit_code,
                      struct bytes reason)
{
    (void)runner;
    buf_printf(&((struct owner *)ctx)->told, "unable %d %.*s", exit_code,
               (int)reason.len, reason.data);
}

static const struct runner_events events = {on_started,  on_output, on_done,
                                            on_returned, on_lost,   on_unable};

static int set_up(void **state)
{
    struct owner *owner = calloc(1, sizeof *owner);
    fake_pool_init(&owner->pool, 1, 2);
    owner->pool.next_slot = 5;
    owner->pool.runner_events = &events;
    owner->pool.runner_ctx = owner;
    owner->fake = fake_pool_add(&owner->pool);
    owner->batch.number = 1;
    *state = owner;
    return 0;
}

static int tear_down(void **state)
{
    struct owner *owner = *state;
    runner_lose_all(&owner->fake->runner);
    fake_pool_release(&owner->pool);
    buf_release(&owner->told);
    buf_release(&owner->text);
    free(owner);
    return 0;
}

static const char *told(struct owner *owner)
{
    buf_release(&owner->text);
    owner->text = owner->told;
    owner->told = (struct buf){0};
    return buf_text(&owner->text);
}

static void run_job(struct owner *owner, uint64_t seq)
{
    struct job *job = job_new(seq, row_of(LIST("row")));
    runner_run(&owner->fake->runner, attempt_new(job, &owner->fake->runner),
               &owner->batch);
}

static bool hear(struct owner *owner, struct frame frame)
{
    return runner_receive(&owner->fake->runner, &frame, fake_now_us);
}

static void an_attempt_is_told_of_from_start_to_end(void **state)
{
    struct owner *owner = *state;
    run_job(owner, 7);
    assert_string_equal(fake_said(owner->fake), "RUN 7");
    assert_int_equal(owner->fake->runner.in_flight, 1);
    assert_true(fake_started(owner->fake, 7));
    assert_true(fake_output(owner->fake, 7, 0, "a"));
    assert_true(fake_output(owner->fake, 7, 1, "b"));
    assert_true(fake_output(owner->fake, 7, 0, "c"));
    assert_true(fake_done(owner->fake, 7, RESULT_EXITED, 3));
    assert_string_equal(told(owner), "started 7; out 7 a; err 7 b; out 7 c; "
                                     "done 7 3");
    assert_int_equal(owner->fake->runner.in_flight, 0);
}

static void one_that_could_not_start_has_an_end_and_no_start(void **state)
{
    struct owner *owner = *state;
    run_job(owner, 1);
    assert_true(fake_done(owner->fake, 1, RESULT_NOT_STARTED, 126));
    assert_string_equal(told(owner), "done 1 126");
}

static void one_that_waits_may_come_back(void **state)
{
    struct owner *owner = *state;
    run_job(owner, 1);
    run_job(owner, 2);
    assert_true(fake_returned(owner->fake, 2));
    assert_string_equal(told(owner), "returned 2");
    assert_int_equal(owner->fake->runner.in_flight, 1);
}

static void one_that_runs_does_not_come_back(void **state)
{
    struct owner *owner = *state;
    run_job(owner, 1);
    assert_true(fake_started(owner->fake, 1));
    assert_false(fake_returned(owner->fake, 1));
    assert_false(fake_started(owner->fake, 1));
}

static void what_it_does_not_have_is_a_breach(void **state)
{
    struct owner *owner = *state;
    struct frame_id id = {.job = 1, .attempt = 2};
    run_job(owner, 1);
    assert_false(hear(owner, (struct frame){.type = FRAME_STARTED,
                                            .started = {.id = id, .slot = 5}}));
    assert_false(hear(
        owner, (struct frame){.type = FRAME_OUTPUT, .output = {.id = id}}));
    assert_false(hear(owner, (struct frame){.type = FRAME_DONE,
                                            .done = {.id = id, .slot = 5}}));
    assert_false(hear(
        owner, (struct frame){.type = FRAME_RETURNED, .returned = {.id = id}}));
    assert_string_equal(told(owner), "");
}

static void a_slot_that_is_not_its_own_is_a_breach(void **state)
{
    struct owner *owner = *state; /* slots 5 and 6 */
    struct frame_id id = {.job = 1, .attempt = 1};
    const uint64_t wrong[] = {0, 4, 7, 5 + (UINT64_C(1) << 32)};
    run_job(owner, 1);
    for (int i = 0; i < 4; i++) {
        assert_false(hear(
            owner, (struct frame){.type = FRAME_STARTED,
                                  .started = {.id = id, .slot = wrong[i]}}));
        assert_false(
            hear(owner, (struct frame){.type = FRAME_DONE,
                                       .done = {.id = id, .slot = wrong[i]}}));
    }
    assert_true(hear(owner, (struct frame){.type = FRAME_STARTED,
                                           .started = {.id = id, .slot = 6}}));
    assert_int_equal(fake_attempt(owner->fake, 1)->slot, 6);
}

static bool hear_output(struct owner *owner, uint64_t stream, uint64_t offset,
                        size_t len)
{
    static char data[BATCH_FIRST_WINDOW_BYTES + 1];
    struct frame frame = {.type = FRAME_OUTPUT,
                          .output = {.id = {.job = 1, .attempt = 1},
                                     .stream = stream,
                                     .offset = offset,
                                     .data = {data, len}}};
    return hear(owner, frame);
}

static void output_is_the_next_bytes_of_a_stream(void **state)
{
    struct owner *owner = *state;
    run_job(owner, 1);
    assert_false(hear_output(owner, FRAME_STDOUT, 0, 1)); /* before its start */
    assert_true(fake_started(owner->fake, 1));
    assert_false(hear_output(owner, 0, 0, 1));
    assert_false(hear_output(owner, 3, 0, 1));
    assert_false(hear_output(owner, FRAME_STDOUT, 1, 1));
    assert_true(hear_output(owner, FRAME_STDOUT, 0, 10));
    assert_false(hear_output(owner, FRAME_STDOUT, 0, 10));
    assert_false(hear_output(owner, FRAME_STDERR, 10, 1));
    assert_true(hear_output(owner, FRAME_STDERR, 0, 1));
    assert_true(hear_output(owner, FRAME_STDOUT, 10, 1));
}

static void more_output_than_it_may_send_is_a_breach(void **state)
{
    struct owner *owner = *state;
    run_job(owner, 1);
    assert_true(fake_started(owner->fake, 1));
    assert_false(
        hear_output(owner, FRAME_STDOUT, 0, BATCH_FIRST_WINDOW_BYTES + 1));
    assert_true(
        hear_output(owner, FRAME_STDOUT, 0, BATCH_FIRST_WINDOW_BYTES - 1));
    assert_false(hear_output(owner, FRAME_STDERR, 0, 2));
    assert_true(hear_output(owner, FRAME_STDERR, 0, 1));
    assert_false(
        hear_output(owner, FRAME_STDOUT, BATCH_FIRST_WINDOW_BYTES - 1, 1));
    runner_allow(&owner->fake->runner, fake_attempt(owner->fake, 1),
                 &owner->batch, BATCH_FIRST_WINDOW_BYTES + 1);
    assert_true(
        hear_output(owner, FRAME_STDOUT, BATCH_FIRST_WINDOW_BYTES - 1, 1));
}

static void when_it_is_gone_all_come_back_the_oldest_first(void **state)
{
    struct owner *owner = *state;
    for (uint64_t seq = 1; seq <= 4; seq++) {
        run_job(owner, seq);
    }
    assert_true(fake_started(owner->fake, 2));
    owner->fake->runner.is_recalled = true;
    runner_lose_all(&owner->fake->runner);
    assert_string_equal(told(owner),
                        "started 2; lost 1; lost 2; lost 3; lost 4");
    assert_int_equal(owner->fake->runner.in_flight, 0);
    assert_false(owner->fake->runner.is_recalled);
}

/* One for each slot: none of them could have been the ruin of another. */
static void those_that_had_slots_of_their_own_were_alone(void **state)
{
    struct owner *owner = *state;
    run_job(owner, 1);
    run_job(owner, 2);
    runner_lose_all(&owner->fake->runner);
    assert_string_equal(told(owner), "lost alone 1; lost alone 2");
}

static void nothing_is_sent_behind_a_job_that_was_lost_before(void **state)
{
    struct owner *owner = *state;
    struct job *job = job_new(1, row_of(LIST("row")));
    job->was_lost = true;
    run_job(owner, 2);
    assert_false(owner->fake->runner.takes_no_more);
    runner_run(&owner->fake->runner, attempt_new(job, &owner->fake->runner),
               &owner->batch);
    assert_true(owner->fake->runner.takes_no_more);
    assert_true(fake_done(owner->fake, 2, RESULT_EXITED, 0));
    assert_true(owner->fake->runner.takes_no_more);
    assert_true(fake_done(owner->fake, 1, RESULT_EXITED, 0));
    assert_false(owner->fake->runner.takes_no_more);
}

static void it_may_be_unable_to_run_the_batch(void **state)
{
    struct owner *owner = *state;
    assert_true(fake_unable(owner->fake, 127, "no such command"));
    assert_true(owner->fake->runner.is_unable);
    assert_string_equal(told(owner), "unable 127 no such command");
    assert_true(fake_unable(owner->fake, 99, "what"));
    assert_string_equal(told(owner), "unable 126 what");
}

static void what_only_an_owner_says_is_passed_over(void **state)
{
    struct owner *owner = *state;
    assert_true(hear(owner, (struct frame){.type = FRAME_BATCH}));
    assert_true(hear(owner, (struct frame){.type = FRAME_RUN}));
    assert_string_equal(told(owner), "");
}

static void who_speaks_another_version_is_told_so(void **state)
{
    struct owner *owner = *state;
    struct frame good = hello_make(HELLO_RUNNER);
    struct frame odd = hello_make(HELLO_OWNER);
    assert_true(hear(owner, good));
    assert_string_equal(fake_said(owner->fake), "");
    assert_false(hear(owner, odd));
    assert_string_equal(fake_said(owner->fake), "REFUSE");
    good.hello.version_min = good.hello.version_max = 999;
    assert_false(hear(owner, good));
    assert_string_equal(fake_said(owner->fake), "REFUSE");
    assert_false(hear(owner, (struct frame){.type = FRAME_REFUSE}));
}

static void what_is_of_another_run_or_batch_is_not_of_this_one(void **state)
{
    struct owner *owner = *state;
    struct frame_id id = {.job = 1, .attempt = 1, .run = 3};
    runner_send_batch(&owner->fake->runner, &owner->batch);
    run_job(owner, 1);
    assert_false(hear(owner, (struct frame){.type = FRAME_STARTED,
                                            .started = {.id = id, .slot = 5}}));
    id.run = 0;
    id.epoch = 3;
    assert_false(hear(owner, (struct frame){.type = FRAME_STARTED,
                                            .started = {.id = id, .slot = 5}}));
    assert_true(hear(
        owner, (struct frame){.type = FRAME_UNABLE, .unable = {.batch = 9}}));
    assert_false(owner->fake->runner.is_unable);
    assert_string_equal(told(owner), "");
}

/* It may not wait for a window: then it would never end. */
static void what_was_cancelled_may_write_its_last_words(void **state)
{
    struct owner *owner = *state;
    run_job(owner, 1);
    assert_true(fake_started(owner->fake, 1));
    assert_true(hear_output(owner, FRAME_STDOUT, 0, BATCH_FIRST_WINDOW_BYTES));
    assert_false(hear_output(owner, FRAME_STDOUT, BATCH_FIRST_WINDOW_BYTES, 1));
    fake_attempt(owner->fake, 1)->is_unwanted = true;
    assert_true(hear_output(owner, FRAME_STDOUT, BATCH_FIRST_WINDOW_BYTES, 1));
}

static void a_recall_lasts_until_an_attempt_ends(void **state)
{
    struct owner *owner = *state;
    for (uint64_t seq = 1; seq <= 3; seq++) {
        run_job(owner, seq);
    }
    runner_recall(&owner->fake->runner);
    assert_true(fake_returned(owner->fake, 3));
    assert_true(owner->fake->runner.is_recalled);
    assert_true(fake_started(owner->fake, 1));
    assert_true(fake_done(owner->fake, 1, RESULT_EXITED, 0));
    assert_false(owner->fake->runner.is_recalled);
}

static void it_moves_when_an_attempt_starts_or_ends(void **state)
{
    struct owner *owner = *state;
    run_job(owner, 1);
    fake_now_us += 5;
    assert_true(fake_started(owner->fake, 1));
    assert_int_equal(owner->fake->runner.moved_us, fake_now_us);
    assert_int_equal(fake_attempt(owner->fake, 1)->since_us, fake_now_us);
    fake_now_us += 5;
    assert_true(fake_output(owner->fake, 1, 0, "a"));
    assert_int_equal(owner->fake->runner.moved_us, fake_now_us - 5);
    assert_true(fake_done(owner->fake, 1, RESULT_EXITED, 0));
    assert_int_equal(owner->fake->runner.moved_us, fake_now_us);
}

static void each_order_is_one_frame(void **state)
{
    struct owner *owner = *state;
    struct runner *runner = &owner->fake->runner;
    run_job(owner, 1);
    struct attempt *attempt = fake_attempt(owner->fake, 1);
    runner_welcome(runner);
    runner_send_batch(runner, &owner->batch);
    runner_limit(runner, attempt, &owner->batch, 500);
    runner_cancel(runner, attempt, &owner->batch, false);
    runner_cancel(runner, attempt, &owner->batch, true);
    runner_recall(runner);
    runner_pause(runner, true);
    runner_end(runner, false);
    assert_string_equal(fake_said(owner->fake),
                        "RUN 1; HELLO; WELCOME; BATCH; LIMIT 1 500; CANCEL 1; "
                        "KILL 1; RECALL; PAUSE; END");
    assert_int_equal(attempt->timeout_us, 500);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_attempt_is_told_of_from_start_to_end),
        TEST(one_that_could_not_start_has_an_end_and_no_start),
        TEST(one_that_waits_may_come_back),
        TEST(one_that_runs_does_not_come_back),
        TEST(what_it_does_not_have_is_a_breach),
        TEST(a_slot_that_is_not_its_own_is_a_breach),
        TEST(output_is_the_next_bytes_of_a_stream),
        TEST(more_output_than_it_may_send_is_a_breach),
        TEST(when_it_is_gone_all_come_back_the_oldest_first),
        TEST(those_that_had_slots_of_their_own_were_alone),
        TEST(nothing_is_sent_behind_a_job_that_was_lost_before),
        TEST(it_may_be_unable_to_run_the_batch),
        TEST(what_only_an_owner_says_is_passed_over),
        TEST(who_speaks_another_version_is_told_so),
        TEST(what_is_of_another_run_or_batch_is_not_of_this_one),
        TEST(what_was_cancelled_may_write_its_last_words),
        TEST(a_recall_lasts_until_an_attempt_ends),
        TEST(it_moves_when_an_attempt_starts_or_ends),
        TEST(each_order_is_one_frame),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/blob.h"
#include "base/spool.h"
#include "job/attempt.h"
#include "job/job.h"
#include "job/row.h"

static struct job *make_job(void)
{
    struct bytes field = bytes_of("row");
    return job_new(5, row_new(1, field, &field, 1, NULL));
}

static void job_owns_its_row(void **state)
{
    (void)state;
    struct job *job = make_job();
    assert_int_equal(job->seq, 5);
    assert_int_equal(job->state, JOB_READY);
    assert_null(job->attempts);
    job_free(job); /* the row with it: the leak sanitizer checks it */
    job_free(NULL);
}

static void attempts_are_numbered_and_on_their_jobs_list(void **state)
{
    (void)state;
    struct job *job = make_job();
    struct attempt *first = attempt_new(job, NULL);
    struct attempt *second = attempt_new(job, NULL);
    assert_int_equal(first->number, 1);
    assert_int_equal(second->number, 2);
    assert_ptr_equal(job->attempts, first);
    assert_ptr_equal(first->same_job_next, second);
    attempt_free(first);
    assert_ptr_equal(job->attempts, second);
    struct attempt *third = attempt_new(job, NULL);
    assert_int_equal(third->number, 3); /* a number is never used again */
    attempt_free(second);
    attempt_free(third);
    assert_null(job->attempts);
    attempt_free(NULL);
    job_free(job);
}

static void attempt_owns_what_was_written(void **state)
{
    (void)state;
    struct spool *spool = spool_new(NULL);
    struct job *job = make_job();
    struct attempt *attempt = attempt_new(job, NULL);
    attempt->out[0] = blob_new(spool);
    attempt->out[1] = blob_new(spool);
    assert_int_equal(blob_append(attempt->out[1], "x", 1, NULL), 0);
    attempt_free(attempt);
    job_free(job);
    spool_free(spool);
}

/* What the drawing in attempt.h says, arrow by arrow; -1 = no arrow. */
static void only_the_arrows_that_are_drawn_exist(void **state)
{
    (void)state;
    static const int to[][4] = {
        [ATTEMPT_SENT] = {ATTEMPT_RUNNING, ATTEMPT_DONE, ATTEMPT_RETURNED,
                          ATTEMPT_LOST},
        [ATTEMPT_RUNNING] = {-1, ATTEMPT_DONE, -1, ATTEMPT_LOST},
        [ATTEMPT_DONE] = {-1, -1, -1, -1},
        [ATTEMPT_RETURNED] = {-1, -1, -1, -1},
        [ATTEMPT_LOST] = {-1, -1, -1, -1},
    };
    static const enum attempt_event events[] = {
        ATTEMPT_EV_STARTED, ATTEMPT_EV_DONE, ATTEMPT_EV_RETURNED,
        ATTEMPT_EV_LOST};
    struct job *job = make_job();
    struct attempt *attempt = attempt_new(job, NULL);
    assert_int_equal(attempt->state, ATTEMPT_SENT);
    for (int from = ATTEMPT_SENT; from <= ATTEMPT_LOST; from++) {
        for (size_t i = 0; i < 4; i++) {
            attempt->state = (enum attempt_state)from;
            bool moved = attempt_advance(attempt, events[i]);
            assert_int_equal(moved, to[from][i] >= 0);
            assert_int_equal(attempt->state, moved ? to[from][i] : from);
        }
    }
    attempt_free(attempt);
    job_free(job);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(job_owns_its_row),
        cmocka_unit_test(attempts_are_numbered_and_on_their_jobs_list),
        cmocka_unit_test(attempt_owns_what_was_written),
        cmocka_unit_test(only_the_arrows_that_are_drawn_exist),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "job/job.h"
#include "job/job_queue.h"

static void push(struct job_queue *queue, uint64_t seq, int64_t not_before_us)
{
    struct job *job = job_new(seq, NULL);
    job->state = JOB_RUNNING;
    job->not_before_us = not_before_us;
    job_queue_push(queue, job);
}

static void assert_pops(struct job_queue *queue, int64_t now_us, uint64_t seq)
{
    struct job *job = job_queue_pop(queue, now_us);
    assert_non_null(job);
    assert_int_equal(job->seq, seq);
    assert_int_equal(job->state, JOB_READY);
    job_free(job);
}

static void an_empty_queue_has_nothing(void **state)
{
    (void)state;
    struct job_queue queue = {0};
    assert_null(job_queue_pop(&queue, INT64_MAX));
    assert_int_equal(job_queue_wake_us(&queue), 0);
    job_queue_clear(&queue);
}

static void jobs_come_out_in_the_order_of_the_rows(void **state)
{
    (void)state;
    struct job_queue queue = {0};
    push(&queue, 3, 0);
    push(&queue, 5, 0);
    push(&queue, 1, 0);
    push(&queue, 4, 0);
    push(&queue, 2, 0);
    assert_int_equal(queue.count, 5);
    assert_int_equal(job_queue_wake_us(&queue), 0);
    for (uint64_t seq = 1; seq <= 5; seq++) {
        assert_pops(&queue, 0, seq);
    }
    assert_int_equal(queue.count, 0);
}

static void a_job_whose_time_has_not_come_is_overtaken(void **state)
{
    (void)state;
    struct job_queue queue = {0};
    push(&queue, 1, 300);
    push(&queue, 2, 200);
    push(&queue, 3, 0);
    assert_int_equal(job_queue_wake_us(&queue), 200);
    assert_pops(&queue, 100, 3);
    assert_null(job_queue_pop(&queue, 199));
    assert_pops(&queue, 200, 2);
    assert_int_equal(job_queue_wake_us(&queue), 300);
    assert_pops(&queue, 400, 1);
}

static void a_queue_frees_what_is_in_it(void **state)
{
    (void)state;
    struct job_queue queue = {0};
    push(&queue, 1, 0);
    push(&queue, 2, 0);
    job_queue_clear(&queue); /* the leak sanitizer checks it */
    assert_int_equal(queue.count, 0);
    assert_null(job_queue_pop(&queue, INT64_MAX));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_queue_has_nothing),
        cmocka_unit_test(jobs_come_out_in_the_order_of_the_rows),
        cmocka_unit_test(a_job_whose_time_has_not_come_is_overtaken),
        cmocka_unit_test(a_queue_frees_what_is_in_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

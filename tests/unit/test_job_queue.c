/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "job/job.h"
#include "job/job_queue.h"

enum { NOW = 1000, MANY = 200000 };

static void put(struct job_queue *queue, uint64_t seq)
{
    job_queue_put(queue, job_new(seq, NULL));
}

static void put_later(struct job_queue *queue, uint64_t seq, int64_t when)
{
    struct job *job = job_new(seq, NULL);
    job->not_before_us = when;
    job_queue_put_later(queue, job);
}

static void expect(struct job_queue *queue, int64_t now, uint64_t seq)
{
    struct job *job = job_queue_take(queue, now);
    assert_int_equal(job ? job->seq : 0, seq);
    job_free(job);
}

static void an_empty_queue_gives_nothing(void **state)
{
    (void)state;
    struct job_queue queue = {0};
    expect(&queue, NOW, 0);
    assert_int_equal(job_queue_wake_us(&queue, NOW), 0);
    job_queue_release(&queue);
}

static void jobs_come_out_by_their_numbers(void **state)
{
    (void)state;
    struct job_queue queue = {0};
    put(&queue, 3);
    put(&queue, 5);
    put(&queue, 1);
    put(&queue, 4);
    assert_int_equal(queue.count, 4);
    expect(&queue, NOW, 1);
    expect(&queue, NOW, 3);
    put(&queue, 2);
    expect(&queue, NOW, 2);
    expect(&queue, NOW, 4);
    expect(&queue, NOW, 5);
    expect(&queue, NOW, 0);
    assert_int_equal(queue.count, 0);
}

static void who_must_wait_comes_out_when_its_time_has_come(void **state)
{
    (void)state;
    struct job_queue queue = {0};
    put_later(&queue, 1, NOW + 1);
    assert_int_equal(queue.count, 1);
    expect(&queue, NOW, 0);
    assert_int_equal(queue.count, 1);
    expect(&queue, NOW + 1, 1);
    assert_int_equal(queue.count, 0);
}

static void who_must_not_wait_goes_first(void **state)
{
    (void)state;
    struct job_queue queue = {0};
    put_later(&queue, 1, NOW);
    put(&queue, 2);
    expect(&queue, NOW, 2);
    expect(&queue, NOW, 1);
}

static void the_earliest_goes_first_and_equals_in_their_order(void **state)
{
    (void)state;
    struct job_queue queue = {0};
    put_later(&queue, 1, NOW + 2);
    put_later(&queue, 2, NOW + 1);
    put_later(&queue, 3, NOW + 2);
    put_later(&queue, 4, NOW);
    expect(&queue, NOW + 9, 4);
    expect(&queue, NOW + 9, 2);
    expect(&queue, NOW + 9, 1);
    expect(&queue, NOW + 9, 3);
}

/* Else somebody would wake up again and again for a job that is due and has
 * nowhere to go. */
static void only_who_must_still_wait_is_a_reason_to_wake_up(void **state)
{
    (void)state;
    struct job_queue queue = {0};
    put_later(&queue, 1, NOW + 5);
    put_later(&queue, 2, NOW + 9);
    assert_int_equal(job_queue_wake_us(&queue, NOW), NOW + 5);
    assert_int_equal(job_queue_wake_us(&queue, NOW + 5), 0);
    put(&queue, 3);
    assert_int_equal(job_queue_wake_us(&queue, NOW), NOW + 5);
    job_queue_release(&queue);
}

/* Takes hours if a call walks the queue. */
static void very_many_jobs_may_wait(void **state)
{
    (void)state;
    struct job_queue queue = {0};
    for (uint64_t seq = 1; seq <= MANY; seq++) {
        put_later(&queue, seq, NOW + (int64_t)seq);
        assert_int_equal(job_queue_wake_us(&queue, NOW), NOW + 1);
        expect(&queue, NOW, 0);
    }
    assert_int_equal(queue.count, MANY);
    for (uint64_t seq = 1; seq <= MANY; seq++) {
        expect(&queue, NOW + MANY, seq);
    }
    expect(&queue, NOW + MANY, 0);
}

static void the_jobs_left_are_freed_with_it(void **state)
{
    (void)state;
    struct job_queue queue = {0};
    put(&queue, 1);
    put_later(&queue, 2, NOW);
    job_queue_release(&queue); /* the leak sanitizer checks it */
    assert_int_equal(queue.count, 0);
    expect(&queue, NOW, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_queue_gives_nothing),
        cmocka_unit_test(jobs_come_out_by_their_numbers),
        cmocka_unit_test(who_must_wait_comes_out_when_its_time_has_come),
        cmocka_unit_test(who_must_not_wait_goes_first),
        cmocka_unit_test(the_earliest_goes_first_and_equals_in_their_order),
        cmocka_unit_test(only_who_must_still_wait_is_a_reason_to_wake_up),
        cmocka_unit_test(very_many_jobs_may_wait),
        cmocka_unit_test(the_jobs_left_are_freed_with_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

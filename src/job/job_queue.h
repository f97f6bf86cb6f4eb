/* SPDX-License-Identifier: MIT */
/* job_queue.h - jobs that are to be tried again
 *
 * The queue owns the jobs in it, and each of them is JOB_READY. They come out
 * in the order of the rows; but a job may have a time before which it must not
 * start, and then others overtake it.
 */

#ifndef POOLRUN_JOB_QUEUE_H
#define POOLRUN_JOB_QUEUE_H

#include <stdint.h>

struct job;

/* All zero is an empty queue. */
struct job_queue {
    struct job *jobs; /* by seq */
    uint64_t count;
};

void job_queue_clear(struct job_queue *queue);

/* Put a job where its number belongs. The queue takes it over. */
void job_queue_push(struct job_queue *queue, struct job *job);

/* Take out the first job that may start now, NULL = there is none. The caller
 * owns it. */
struct job *job_queue_pop(struct job_queue *queue, int64_t now_us);

/* When the first of those that wait may start; 0 = none waits. */
int64_t job_queue_wake_us(const struct job_queue *queue);

#endif

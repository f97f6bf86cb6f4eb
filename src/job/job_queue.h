/* SPDX-License-Identifier: MIT */
/* job_queue.h - jobs that have been seen and wait to start
 *
 * Those that may start now come first, in the order of their numbers; then
 * those whose time has come, the earliest first. The queue owns the jobs in
 * it, and each of them is JOB_READY. Zero-initialised, it is empty.
 *
 * However many wait, each call takes about the same time.
 */

#ifndef POOLRUN_JOB_QUEUE_H
#define POOLRUN_JOB_QUEUE_H

#include <stddef.h>
#include <stdint.h>

struct job;

struct job_queue {
    struct job *ready;   /* by number */
    struct job *waiting; /* by not_before_us */
    size_t count;        /* of both */
};

void job_queue_release(struct job_queue *queue); /* and the jobs in it */

/* Put a job where its number belongs. The queue takes it over. */
void job_queue_put(struct job_queue *queue, struct job *job);

/* Put a job that must not start before job->not_before_us. The queue takes it
 * over. */
void job_queue_put_later(struct job_queue *queue, struct job *job);

/* Take the next that may start, or NULL. The caller owns it. */
struct job *job_queue_take(struct job_queue *queue, int64_t now_us);

/* When the first of those may start that may not yet; 0 = none waits. */
int64_t job_queue_wake_us(const struct job_queue *queue, int64_t now_us);

#endif

/* SPDX-License-Identifier: MIT */
#include "job/job_queue.h"

#include <utlist.h>

#include "job/job.h"

void job_queue_release(struct job_queue *queue)
{
    while (queue->ready) {
        struct job *job = queue->ready;
        DL_DELETE(queue->ready, job);
        job_free(job);
    }
    while (queue->waiting) {
        struct job *job = queue->waiting;
        DL_DELETE(queue->waiting, job);
        job_free(job);
    }
    queue->count = 0;
}

/* Put job behind place; NULL = in front of all. */
static void put_behind(struct job **list, struct job *place, struct job *job)
{
    if (place) {
        DL_APPEND_ELEM(*list, place, job);
    } else {
        DL_PREPEND(*list, job);
    }
}

/* The one before it, NULL for the first. */
static struct job *before(const struct job *list, const struct job *job)
{
    return job == list ? NULL : job->prev;
}

static struct job *last(const struct job *list)
{
    return list ? list->prev : NULL;
}

/* From the end on: jobs mostly come back in the order they were sent. */
void job_queue_put(struct job_queue *queue, struct job *job)
{
    struct job *place = last(queue->ready);
    while (place && place->seq > job->seq) {
        place = before(queue->ready, place);
    }
    job->state = JOB_READY;
    put_behind(&queue->ready, place, job);
    queue->count++;
}

/* The delay is the same for all, so a job's place is mostly the last. */
void job_queue_put_later(struct job_queue *queue, struct job *job)
{
    struct job *place = last(queue->waiting);
    while (place && place->not_before_us > job->not_before_us) {
        place = before(queue->waiting, place);
    }
    job->state = JOB_READY;
    put_behind(&queue->waiting, place, job);
    queue->count++;
}

struct job *job_queue_take(struct job_queue *queue, int64_t now_us)
{
    struct job *job = queue->ready;
    if (job) {
        DL_DELETE(queue->ready, job);
    } else if (queue->waiting && queue->waiting->not_before_us <= now_us) {
        job = queue->waiting;
        DL_DELETE(queue->waiting, job);
    }
    queue->count -= job != NULL;
    return job;
}

int64_t job_queue_wake_us(const struct job_queue *queue, int64_t now_us)
{
    return queue->waiting && queue->waiting->not_before_us > now_us
               ? queue->waiting->not_before_us
               : 0;
}

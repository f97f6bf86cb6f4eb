/* SPDX-License-Identifier: MIT */
#include "job/job_queue.h"

#include <stddef.h>
#include <utlist.h>

#include "job/job.h"

static void take_out(struct job_queue *queue, struct job *job)
{
    DL_DELETE(queue->jobs, job);
    queue->count--;
}

void job_queue_clear(struct job_queue *queue)
{
    while (queue->jobs) {
        struct job *job = queue->jobs;
        take_out(queue, job);
        job_free(job);
    }
}

void job_queue_push(struct job_queue *queue, struct job *job)
{
    /* From the end: a long queue is one of jobs that failed in order. */
    struct job *before = queue->jobs ? queue->jobs->prev : NULL;
    while (before && before->seq > job->seq) {
        before = before == queue->jobs ? NULL : before->prev;
    }
    job->state = JOB_READY;
    if (before) {
        DL_APPEND_ELEM(queue->jobs, before, job);
    } else {
        DL_PREPEND(queue->jobs, job);
    }
    queue->count++;
}

struct job *job_queue_pop(struct job_queue *queue, int64_t now_us)
{
    struct job *job;
    DL_FOREACH(queue->jobs, job)
    {
        if (job->not_before_us <= now_us) {
            take_out(queue, job);
            return job;
        }
    }
    return NULL;
}

int64_t job_queue_wake_us(const struct job_queue *queue)
{
    const struct job *job;
    int64_t wake = 0;
    DL_FOREACH(queue->jobs, job)
    {
        if (job->not_before_us && (!wake || job->not_before_us < wake)) {
            wake = job->not_before_us;
        }
    }
    return wake;
}

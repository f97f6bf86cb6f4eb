/* SPDX-License-Identifier: MIT */
#include "job/job.h"

#include <assert.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "job/row.h"

struct job *job_new(uint64_t seq, struct row *row)
{
    struct job *job = NEW(struct job);
    job->seq = seq;
    job->row = row;
    return job;
}

void job_free(struct job *job)
{
    if (job) {
        assert(!job->attempts);
        row_free(job->row);
        free(job);
    }
}

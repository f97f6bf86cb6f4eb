/* SPDX-License-Identifier: MIT */
/* made_result.h - results for tests, and output of any length in them */

#ifndef POOLRUN_MADE_RESULT_H
#define POOLRUN_MADE_RESULT_H

#include <stdlib.h>

#include "base/blob.h"
#include "base/err.h"
#include "base/spool.h"
#include "job/result.h"
#include "job/row.h"

/* A success of the local pool with these fields (a list that ends with NULL;
 * NULL: no fields). result_free frees it. */
static inline struct result *made_result(uint64_t seq, const char **fields)
{
    struct bytes bytes[16];
    size_t count = 0;
    for (; fields && fields[count]; count++) {
        bytes[count] = bytes_of(fields[count]);
    }
    struct result *result = result_new();
    result->seq = seq;
    result->attempt = 1;
    result->slot = 2;
    result->pool = "local";
    result->started_us = 1700000000123456;
    result->duration_us = 12345;
    result->row = row_new(seq, (struct bytes){NULL, 0}, bytes, count, NULL);
    return result;
}

static inline void made_append(struct blob **blob, struct spool *spool,
                               const void *data, size_t len)
{
    struct err err;
    if (!*blob) {
        *blob = blob_new(spool);
    }
    assert_int_equal(blob_append(*blob, data, len, &err), 0);
}

/* Add len bytes, all the same, to the blob. */
static inline void made_fill(struct blob **blob, struct spool *spool, char byte,
                             size_t len)
{
    char *data = malloc(len);
    memset(data, byte, len);
    made_append(blob, spool, data, len);
    free(data);
}

#endif

/* SPDX-License-Identifier: MIT */
/* joblog.h - one line a job, in the nine TAB-separated columns of GNU parallel
 *
 *     Seq Host Starttime JobRuntime Send Receive Exitval Signal Command
 *
 * Host is ":" for this machine, else the pool. Starttime is in seconds since
 * 1970 and JobRuntime in seconds, both to the millisecond; Send is 0 and
 * Receive the bytes of stdout. Each line is complete, so that a log that ends
 * early is right as far as it goes.
 */

#ifndef POOLRUN_JOBLOG_H
#define POOLRUN_JOBLOG_H

#include "base/buf.h"
#include "base/bytes.h"

struct result;

/* The pool of this machine has this name. */
#define JOBLOG_LOCAL_POOL "local"

void joblog_header(struct buf *out);

/* In the command newline, CR, TAB and NUL become \n, \r, \t and \0, so that a
 * line stays a line; everything else, also a backslash, stays as it is. */
void joblog_line(const struct result *result, struct bytes command,
                 struct buf *out);

/* The exit code; 0 for a job that a signal ended by itself; -1 for one that
 * poolrun ended or gave up (its signal, if any, tells more). So a job is good
 * if exit code and signal are both 0, and only then. */
int joblog_exit(const struct result *result);

/* ":" for this machine, else the pool. */
const char *joblog_host(const struct result *result);

#endif

/* SPDX-License-Identifier: MIT */
/* print_task.h - the printer's orders to the writer */

#ifndef POOLRUN_PRINT_TASK_H
#define POOLRUN_PRINT_TASK_H

#include "base/bytes.h"

struct blob;
struct result;
struct results_dir;
struct table;
struct writer_task;

/* Each of these makes a task for writer_push. What is taken over is freed when
 * the task is. */

/* Bytes of a job for stdout (stream 0) or stderr; takes over blob and tag. The
 * tag (NULL = none) is put in front of each line. */
struct writer_task *print_task_blob(unsigned stream, struct blob *blob,
                                    char *tag);

/* Both streams of a result, which is taken over, as is the tag. */
struct writer_task *print_task_result(struct result *result, char *tag);

/* The header of a table, if it is known before the first record. */
struct writer_task *print_task_header(struct table *table);

/* A record, and the job's stderr; the command (taken over) may be NULL. */
struct writer_task *print_task_record(struct result *result, char *command,
                                      struct table *table);

/* Files. */
struct writer_task *print_task_files(struct result *result,
                                     struct results_dir *folder);

#endif

/* SPDX-License-Identifier: MIT */
/* spawn.h - start one command
 *
 * By vfork and exec: the child borrows our memory until its exec, so a big
 * process starts a small one as fast as a small one does. It becomes the
 * leader of a session of its own and dies with this thread.
 */

#ifndef POOLRUN_SPAWN_H
#define POOLRUN_SPAWN_H

#include <sys/types.h>

struct err;

struct spawn_plan {
    const char *path; /* to the program; NULL = look argv[0] up in PATH */
    char *const *argv;
    char *const *envp;
    const char *folder; /* NULL = where we are */
    int stdin_fd;
    int stdout_fd;
    int stderr_fd;
    int nice; /* added to ours */
};

/* The process runs (0), or could not be started: err->code is the errno and
 * *exit_code what a shell would end with, 127 = not found, else 126. A child
 * that was made all the same is reaped. */
int spawn(const struct spawn_plan *plan, pid_t *pid, int *exit_code,
          struct err *err) __attribute__((warn_unused_result));

#endif

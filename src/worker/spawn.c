/* SPDX-License-Identifier: MIT */
#include "worker/spawn.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/auto.h"
#include "base/err.h"
#include "job/template.h"
#include "worker/lookup.h"

static const char shell_hint[] = " (is it a shell command? then use --shell, "
                                 "or no command if the row is one)";

enum stage { STAGE_SESSION, STAGE_STDIO, STAGE_NICE, STAGE_FOLDER, STAGE_EXEC };

/* Written by the child, which shares our memory, before it gives up. */
struct failure {
    volatile enum stage stage;
    volatile int code;
};

static int prepare(const struct spawn_plan *plan, pid_t parent,
                   struct failure *failure)
{
    failure->stage = STAGE_SESSION;
    if (setsid() < 0 || prctl(PR_SET_PDEATHSIG, SIGKILL) < 0) {
        return -1;
    }
    if (getppid() != parent) {
        _exit(127); /* it died before we asked to die with it */
    }
    failure->stage = STAGE_STDIO;
    if (dup2(plan->stdin_fd, STDIN_FILENO) < 0 ||
        dup2(plan->stdout_fd, STDOUT_FILENO) < 0 ||
        dup2(plan->stderr_fd, STDERR_FILENO) < 0) {
        return -1;
    }
    failure->stage = STAGE_NICE;
    errno = 0;
    if (plan->nice && nice(plan->nice) == -1 && errno) {
        return -1;
    }
    failure->stage = STAGE_FOLDER;
    return plan->folder ? chdir(plan->folder) : 0;
}

/* Kept out of spawn: what a child of vfork does in its parent's frame is
 * nothing a compiler can know. */
__attribute__((noinline, noreturn)) static void
run_child(const struct spawn_plan *plan, pid_t parent, struct failure *failure)
{
    if (!prepare(plan, parent, failure)) {
        failure->stage = STAGE_EXEC;
        /* Runs a script without a #! line by /bin/sh, as every shell does. */
        (void)execvpe(plan->path ? plan->path : plan->argv[0], plan->argv,
                      plan->envp);
    }
    failure->code = errno;
    _exit(127);
}

/* execvpe says EACCES, too, if it only may not search a folder of PATH. */
static bool is_nowhere(const struct spawn_plan *plan)
{
    AUTO_FREE char *path = NULL;
    struct err err;
    int exit_code;
    return !strchr(plan->argv[0], '/') &&
           lookup_command(plan->argv[0], plan->folder, &path, &exit_code,
                          &err) &&
           exit_code == 127;
}

static int tell(const struct spawn_plan *plan, const struct failure *failure,
                int *exit_code, struct err *err)
{
    const char *name = plan->argv[0];
    int code = failure->code;

    *exit_code = 126;
    switch (failure->stage) {
    case STAGE_SESSION:
        return err_set_errno(err, code, "cannot make a session");
    case STAGE_STDIO:
        return err_set_errno(err, code, "cannot connect its output");
    case STAGE_NICE:
        return err_set_errno(err, code, "cannot change its niceness by %d",
                             plan->nice);
    case STAGE_FOLDER:
        return err_set_errno(err, code, "cannot change to the folder %s",
                             plan->folder);
    case STAGE_EXEC:
        break;
    }
    if (code == ENOENT || code == ENOTDIR ||
        (code == EACCES && is_nowhere(plan))) {
        *exit_code = 127;
        return err_set(err, code, "command not found: %.200s%s", name,
                       template_wants_shell(name) ? shell_hint : "");
    }
    if (code == E2BIG) {
        return err_set(err, code,
                       "its arguments are too long for the kernel (one may "
                       "have 131071 bytes)");
    }
    return err_set_errno(err, code, "cannot run %.200s", name);
}

int spawn(const struct spawn_plan *plan, pid_t *pid, int *exit_code,
          struct err *err)
{
    /* Not in this frame, which parent and child of vfork share without the
     * compiler's knowledge. A worker has one thread. */
    static struct failure failure;
    pid_t parent = getpid();

    failure.stage = STAGE_SESSION;
    failure.code = 0;
    pid_t child = vfork();

    if (child == 0) {
        run_child(plan, parent, &failure);
    }
    if (child < 0) {
        *exit_code = 126;
        return err_set_errno(err, errno, "cannot make a process");
    }
    if (failure.code) {
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {
        }
        return tell(plan, &failure, exit_code, err);
    }
    *pid = child;
    return 0;
}

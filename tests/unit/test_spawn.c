/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "base/auto.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/fd.h"
#include "scratch.h"
#include "worker/spawn.h"

static char scratch[64];

/* Start it with its output going to a pipe; 0 and the end to read from. */
static int start(struct spawn_plan plan, pid_t *pid, int *out_fd,
                 int *exit_code, struct err *err)
{
    int ends[2];
    AUTO_CLOSE int null_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    AUTO_CLOSE int write_fd = ends[1];
    plan.stdin_fd = null_fd;
    plan.stdout_fd = write_fd;
    plan.stderr_fd = write_fd;
    plan.envp = plan.envp ? plan.envp : environ;
    if (spawn(&plan, pid, exit_code, err)) {
        (void)close(ends[0]);
        return -1;
    }
    *out_fd = ends[0];
    return 0;
}

static void read_all(int fd, struct buf *out)
{
    ssize_t got;
    while ((got = fd_read(fd, buf_reserve(out, 4096), 4096)) > 0) {
        buf_grow(out, (size_t)got);
    }
    (void)close(fd);
}

/* Its wait status, and all that it wrote. */
static int run(struct spawn_plan plan, struct buf *out)
{
    struct err err = {0};
    pid_t pid = 0;
    int out_fd = -1;
    int exit_code;
    int status;

    if (start(plan, &pid, &out_fd, &exit_code, &err)) {
        fail_msg("%s", err.text);
    }
    read_all(out_fd, out);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return status;
}

#define ARGV(...) ((char *const *)(const char *const[]){__VA_ARGS__, NULL})
#define SH(script) ARGV("sh", "-c", script)

static void expect_output(struct spawn_plan plan, const char *expected)
{
    AUTO_BUF struct buf out = {0};
    int status = run(plan, &out);
    assert_string_equal(buf_text(&out), expected);
    assert_int_equal(status, 0);
}

static void expect_failure(struct spawn_plan plan, int exit_code,
                           const char *why)
{
    struct err err = {0};
    pid_t pid;
    int out_fd;
    int code = 0;
    assert_int_equal(start(plan, &pid, &out_fd, &code, &err), -1);
    assert_int_equal(code, exit_code);
    assert_string_equal(err.text, why);
    /* What was made all the same is reaped. */
    assert_int_equal(waitpid(-1, NULL, 0), -1);
    assert_int_equal(errno, ECHILD);
}

static void command_tells_its_status(void **state)
{
    (void)state;
    AUTO_BUF struct buf out = {0};
    int status = run((struct spawn_plan){.argv = SH("exit 7")}, &out);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 7);
    status = run((struct spawn_plan){.argv = SH("kill -KILL $$")}, &out);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGKILL);
    assert_int_equal(out.len, 0);
}

static void both_outputs_and_the_input_are_connected(void **state)
{
    (void)state;
    expect_output(
        (struct spawn_plan){.argv = SH("cat; echo out; echo err >&2")},
        "out\nerr\n");
}

static void path_is_run_and_the_name_is_told(void **state)
{
    (void)state;
    expect_output((struct spawn_plan){.path = "/bin/sh",
                                      .argv = ARGV("me", "-c", "echo $0")},
                  "me\n");
}

static void command_that_is_nowhere_is_127(void **state)
{
    (void)state;
    expect_failure((struct spawn_plan){.argv = ARGV("no-such-command")}, 127,
                   "command not found: no-such-command");
    expect_failure((struct spawn_plan){.argv = ARGV("/no/such")}, 127,
                   "command not found: /no/such");
    expect_failure((struct spawn_plan){.argv = ARGV("/dev/null/x")}, 127,
                   "command not found: /dev/null/x");
}

static void file_that_is_no_program_is_126(void **state)
{
    (void)state;
    scratch_write(scratch, "text", "hello\n", 6, 0644);
    expect_failure(
        (struct spawn_plan){.argv = ARGV("./text"), .folder = scratch}, 126,
        "cannot run ./text: Permission denied");
    expect_failure((struct spawn_plan){.argv = ARGV("/")}, 126,
                   "cannot run /: Permission denied");
}

static void folder_that_is_not_there_is_126(void **state)
{
    (void)state;
    expect_failure(
        (struct spawn_plan){.argv = ARGV("true"), .folder = "/no/such"}, 126,
        "cannot change to the folder /no/such: No such file or "
        "directory");
}

static void command_starts_in_its_folder(void **state)
{
    (void)state;
    scratch_write(scratch, "tool", "#!/bin/sh\npwd\n", 14, 0755);
    AUTO_BUF struct buf expected = {0};
    buf_printf(&expected, "%s\n", scratch);
    expect_output(
        (struct spawn_plan){.argv = ARGV("./tool"), .folder = scratch},
        buf_text(&expected));
}

static void script_without_a_first_line_is_run_by_sh(void **state)
{
    (void)state;
    scratch_write(scratch, "bare", "echo bare $1\n", 13, 0755);
    expect_output(
        (struct spawn_plan){.argv = ARGV("./bare", "a b"), .folder = scratch},
        "bare a b\n");
}

static void niceness_is_added(void **state)
{
    (void)state;
    AUTO_BUF struct buf expected = {0};
    int now = getpriority(PRIO_PROCESS, 0);
    buf_printf(&expected, "%d\n", now + 3 > 19 ? 19 : now + 3);
    expect_output((struct spawn_plan){.argv = ARGV("nice"), .nice = 3},
                  buf_text(&expected));
    assert_int_equal(getpriority(PRIO_PROCESS, 0), now);
}

static void environment_is_what_it_is_given(void **state)
{
    (void)state;
    expect_output(
        (struct spawn_plan){.argv = ARGV("env"), .envp = ARGV("A=1", "B=x y")},
        "A=1\nB=x y\n");
}

static void argument_over_the_kernels_limit_is_126(void **state)
{
    (void)state;
    enum { LIMIT = 131072 }; /* MAX_ARG_STRLEN, the NUL included */
    char *large = malloc(LIMIT + 1);
    memset(large, 'x', LIMIT);
    large[LIMIT] = '\0';
    expect_failure((struct spawn_plan){.argv = ARGV("true", large)}, 126,
                   "its arguments are too long for the kernel (one may have "
                   "131071 bytes)");
    large[LIMIT - 1] = '\0';
    expect_output((struct spawn_plan){.argv = ARGV("true", large)}, "");
    free(large);
}

static void command_leads_a_session_of_its_own(void **state)
{
    (void)state;
    expect_output(
        (struct spawn_plan){.argv =
                                SH("read -r pid a b parent group session rest "
                                   "</proc/$$/stat; "
                                   "test $pid = $group && "
                                   "test $pid = $session && echo yes")},
        "yes\n");
}

static void command_is_to_die_with_its_parent(void **state)
{
    (void)state;
    AUTO_BUF struct buf out = {0};
    int status = run((struct spawn_plan){.path = "/proc/self/exe",
                                         .argv = ARGV("me", "--death-signal")},
                     &out);
    assert_int_equal(WEXITSTATUS(status), SIGKILL);
}

static void command_dies_with_its_parent(void **state)
{
    (void)state;
    int ends[2];
    int status;
    pid_t orphan = 0;

    assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    pid_t parent = fork();
    if (!parent) {
        int exit_code;
        struct spawn_plan plan = {.argv = ARGV("sleep", "1000"),
                                  .envp = environ,
                                  .stdin_fd = 0,
                                  .stdout_fd = 1,
                                  .stderr_fd = 2};
        int failed = spawn(&plan, &orphan, &exit_code, NULL) ||
                     fd_write_all(ends[1], &orphan, sizeof orphan);
        _exit(failed);
    }
    assert_int_equal(fd_read(ends[0], &orphan, sizeof orphan), sizeof orphan);
    assert_int_equal(waitpid(parent, NULL, 0), parent);
    assert_int_equal(waitpid(orphan, &status, 0), orphan);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGKILL);
    (void)close(ends[0]);
    (void)close(ends[1]);
    assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 0), 0);
}

static int say_death_signal(void)
{
    int signal = 0;
    return prctl(PR_GET_PDEATHSIG, &signal) ? 255 : signal;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(command_tells_its_status),
        cmocka_unit_test(both_outputs_and_the_input_are_connected),
        cmocka_unit_test(path_is_run_and_the_name_is_told),
        cmocka_unit_test(command_that_is_nowhere_is_127),
        cmocka_unit_test(file_that_is_no_program_is_126),
        cmocka_unit_test(folder_that_is_not_there_is_126),
        cmocka_unit_test(command_starts_in_its_folder),
        cmocka_unit_test(script_without_a_first_line_is_run_by_sh),
        cmocka_unit_test(niceness_is_added),
        cmocka_unit_test(environment_is_what_it_is_given),
        cmocka_unit_test(argument_over_the_kernels_limit_is_126),
        cmocka_unit_test(command_leads_a_session_of_its_own),
        cmocka_unit_test(command_is_to_die_with_its_parent),
        cmocka_unit_test(command_dies_with_its_parent),
    };
    if (argc == 2 && !strcmp(argv[1], "--death-signal")) {
        return say_death_signal();
    }
    scratch_make(scratch);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    scratch_remove(scratch);
    return failed;
}

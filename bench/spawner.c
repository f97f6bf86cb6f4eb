/* SPDX-License-Identifier: MIT */
/* spawner.c - the bare limit: what it costs to run commands and no more
 *
 *     spawner PROCESSES WIDTH COMMAND [ARGUMENT...] < rows
 *
 * Each of PROCESSES processes keeps WIDTH children running, COMMAND with one
 * row appended, captures what they write (two pipes, a pidfd, epoll) and reaps
 * them. There are no retries, sessions, sweeps, order or messages here.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CHUNK = 65536, SOURCES = 3, EVENTS = 64 };

struct child {
    pid_t pid;
    int fds[SOURCES]; /* stdout, stderr, pidfd; -1 = at its end */
};

struct spawner {
    char **argv; /* the last but one is the row */
    int argc;
    int null_fd;
    int epoll_fd;
    struct child *children;
    unsigned running;
    int failed;
};

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static void *must(void *pointer)
{
    if (!pointer) {
        die("spawner");
    }
    return pointer;
}

static char **read_rows(size_t *count)
{
    char **rows = NULL;
    char *line = NULL;
    size_t size = 0;
    size_t room = 0;
    ssize_t len;

    *count = 0;
    while ((len = getline(&line, &size, stdin)) > 0) {
        if (line[len - 1] == '\n') {
            line[len - 1] = '\0';
        }
        if (*count == room) {
            room = room ? room * 2 : 1024;
            rows = must(realloc(rows, room * sizeof *rows));
        }
        rows[(*count)++] = must(strdup(line));
    }
    free(line);
    return rows;
}

static void free_rows(char **rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(rows[i]);
    }
    free(rows);
}

static void watch(struct spawner *spawner, unsigned index, int source)
{
    struct epoll_event event = {.events = EPOLLIN};

    event.data.u32 = index * SOURCES + (unsigned)source;
    if (epoll_ctl(spawner->epoll_fd, EPOLL_CTL_ADD,
                  spawner->children[index].fds[source], &event)) {
        die("epoll_ctl");
    }
}

static void start(struct spawner *spawner, unsigned index, char *row)
{
    struct child *child = &spawner->children[index];
    int out[2];
    int err[2];

    if (pipe2(out, O_CLOEXEC) || pipe2(err, O_CLOEXEC)) {
        die("pipe2");
    }
    spawner->argv[spawner->argc] = row;
    child->pid = vfork();
    if (child->pid == 0) {
        if (dup2(spawner->null_fd, 0) == 0 && dup2(out[1], 1) == 1 &&
            dup2(err[1], 2) == 2) {
            execv(spawner->argv[0], spawner->argv);
        }
        _exit(127);
    }
    if (child->pid < 0) {
        die("vfork");
    }
    (void)close(out[1]);
    (void)close(err[1]);
    child->fds[0] = out[0];
    child->fds[1] = err[0];
    child->fds[2] = (int)syscall(SYS_pidfd_open, child->pid, 0);
    if (child->fds[2] < 0) {
        die("pidfd_open");
    }
    for (int source = 0; source < SOURCES; source++) {
        watch(spawner, index, source);
    }
    spawner->running++;
}

static void leave(struct spawner *spawner, int *fd)
{
    /* The registration goes first: it outlives a descriptor that a child
     * still holds. */
    (void)epoll_ctl(spawner->epoll_fd, EPOLL_CTL_DEL, *fd, NULL);
    (void)close(*fd);
    *fd = -1;
}

static void on_output(struct spawner *spawner, struct child *child, int source)
{
    static char chunk[CHUNK];
    ssize_t len = read(child->fds[source], chunk, sizeof chunk);

    if (len > 0) {
        if (write(source + 1, chunk, (size_t)len) != len) {
            die("write");
        }
    } else if (len == 0 || errno != EINTR) {
        leave(spawner, &child->fds[source]);
    }
}

static void on_exit_of(struct spawner *spawner, struct child *child)
{
    int status;

    if (waitpid(child->pid, &status, 0) != child->pid) {
        die("waitpid");
    }
    spawner->failed |= status;
    leave(spawner, &child->fds[2]);
}

/* True when the child has ended and nothing more comes from its pipes. */
static int on_event(struct spawner *spawner, unsigned source_index)
{
    struct child *child = &spawner->children[source_index / SOURCES];
    int source = (int)(source_index % SOURCES);

    if (source == 2) {
        on_exit_of(spawner, child);
    } else {
        on_output(spawner, child, source);
    }
    return child->fds[0] < 0 && child->fds[1] < 0 && child->fds[2] < 0;
}

/* Run the rows first, first + step, ... with width at a time. */
static int run(struct spawner *spawner, char **rows, size_t count, size_t first,
               size_t step, unsigned width)
{
    struct epoll_event events[EVENTS];
    size_t next = first;

    spawner->children = must(calloc(width, sizeof *spawner->children));
    spawner->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    for (unsigned i = 0; i < width && next < count; i++, next += step) {
        start(spawner, i, rows[next]);
    }
    while (spawner->running) {
        int ready = epoll_wait(spawner->epoll_fd, events, EVENTS, -1);

        for (int i = 0; i < ready; i++) {
            if (on_event(spawner, events[i].data.u32)) {
                spawner->running--;
                if (next < count) {
                    start(spawner, events[i].data.u32 / SOURCES, rows[next]);
                    next += step;
                }
            }
        }
    }
    free(spawner->children);
    (void)close(spawner->epoll_fd);
    return spawner->failed ? 1 : 0;
}

int main(int argc, char **argv)
{
    if (argc < 4 || atoi(argv[1]) < 1 || atoi(argv[2]) < 1) {
        fputs("usage: spawner PROCESSES WIDTH COMMAND... < rows\n", stderr);
        return 2;
    }
    size_t processes = (size_t)atoi(argv[1]);
    struct spawner spawner = {.argc = argc - 3};
    size_t count;
    char **rows = read_rows(&count);
    int failed = 0;
    int status;

    spawner.argv = must(calloc((size_t)argc, sizeof *argv));
    memcpy(spawner.argv, argv + 3, (size_t)spawner.argc * sizeof *argv);
    spawner.null_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    for (size_t i = 0; i < processes; i++) {
        pid_t pid = fork();
        if (pid < 0) {
            die("fork");
        }
        if (pid == 0) {
            _exit(run(&spawner, rows, count, i, processes,
                      (unsigned)atoi(argv[2])));
        }
    }
    while (wait(&status) > 0) {
        failed |= status;
    }
    free_rows(rows, count);
    free(spawner.argv);
    return failed ? 1 : 0;
}

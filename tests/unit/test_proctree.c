/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/proctree.h"

/* A child, and a grandchild in a session of its own. */
struct family {
    pid_t child;
    pid_t grandchild;
};

static void make_grandchild(int fd)
{
    pid_t pid = fork();
    if (!pid) {
        (void)setsid();
        /* A name that looks like the fields behind it. */
        (void)prctl(PR_SET_NAME, "a) R 1 1 1 (b");
        pid = getpid();
        if (fd_write_all(fd, &pid, sizeof pid)) {
            _exit(1);
        }
    }
    for (;;) {
        (void)pause();
    }
}

static int set_up(void **state)
{
    static struct family family;
    int ends[2];
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    family.child = fork();
    if (!family.child) {
        make_grandchild(ends[1]);
    }
    assert_int_equal(
        fd_read(ends[0], &family.grandchild, sizeof family.grandchild),
        sizeof family.grandchild);
    (void)close(ends[0]);
    (void)close(ends[1]);
    *state = &family;
    return 0;
}

static int tear_down(void **state)
{
    struct family *family = *state;
    (void)kill(family->child, SIGKILL);
    (void)waitpid(family->child, NULL, 0);
    /* It is ours now. */
    (void)kill(family->grandchild, SIGKILL);
    (void)waitpid(family->grandchild, NULL, 0);
    return 0;
}

static const struct proctree_entry *find(const struct proctree *tree, pid_t pid)
{
    for (size_t i = 0; i < tree->count; i++) {
        if (tree->entries[i].pid == pid) {
            return &tree->entries[i];
        }
    }
    return NULL;
}

static void all_below_are_seen_and_nobody_else(void **state)
{
    const struct family *family = *state;
    AUTO_PROCTREE struct proctree tree;
    proctree_read(&tree);
    assert_int_equal(tree.count, 2);
    const struct proctree_entry *child = find(&tree, family->child);
    const struct proctree_entry *grandchild = find(&tree, family->grandchild);
    assert_non_null(child);
    assert_non_null(grandchild);
    assert_int_equal(child->parent, getpid());
    assert_int_equal(child->group, getpgid(0));
    assert_int_equal(child->session, getsid(0));
    assert_int_equal(grandchild->parent, family->child);
    assert_int_equal(grandchild->group, family->grandchild);
    assert_int_equal(grandchild->session, family->grandchild);
    assert_false(child->is_zombie || grandchild->is_zombie);
}

static void dead_child_is_a_zombie(void **state)
{
    const struct family *family = *state;
    AUTO_PROCTREE struct proctree tree;
    siginfo_t info;
    assert_int_equal(kill(family->child, SIGKILL), 0);
    assert_int_equal(
        waitid(P_PID, (id_t)family->child, &info, WEXITED | WNOWAIT), 0);
    proctree_read(&tree);
    assert_true(find(&tree, family->child)->is_zombie);
    assert_int_equal(find(&tree, family->grandchild)->parent, getpid());
}

static void both_can_be_signalled(void **state)
{
    const struct family *family = *state;
    AUTO_PROCTREE struct proctree tree;
    siginfo_t info;
    proctree_read(&tree);
    assert_true(proctree_signal(find(&tree, family->grandchild), SIGKILL));
    assert_true(proctree_signal(find(&tree, family->child), SIGKILL));
    assert_int_equal(
        waitid(P_PID, (id_t)family->child, &info, WEXITED | WNOWAIT), 0);
    assert_int_equal(info.si_status, SIGKILL);
    assert_int_equal(
        waitid(P_PID, (id_t)family->grandchild, &info, WEXITED | WNOWAIT), 0);
    assert_int_equal(info.si_status, SIGKILL);
}

static void who_is_not_as_in_the_snapshot_is_spared(void **state)
{
    const struct family *family = *state;
    AUTO_PROCTREE struct proctree tree;
    proctree_read(&tree);
    struct proctree_entry stranger = *find(&tree, family->grandchild);
    stranger.session = getsid(0);
    assert_false(proctree_signal(&stranger, SIGKILL));
    struct proctree_entry gone = stranger;
    gone.pid = INT32_MAX;
    assert_false(proctree_signal(&gone, SIGKILL));
    assert_int_equal(kill(family->grandchild, 0), 0);
}

static void memory_is_that_of_all_below(void **state)
{
    (void)state;
    AUTO_PROCTREE struct proctree tree;
    proctree_read(&tree);
    uint64_t both = proctree_resident_bytes(&tree);
    tree.count = 1;
    uint64_t one = proctree_resident_bytes(&tree);
    assert_true(one > 0);
    assert_true(both > one);
    tree.count = 0;
    assert_int_equal(proctree_resident_bytes(&tree), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(all_below_are_seen_and_nobody_else),
        TEST(dead_child_is_a_zombie),
        TEST(both_can_be_signalled),
        TEST(who_is_not_as_in_the_snapshot_is_spared),
        TEST(memory_is_that_of_all_below),
    };
    (void)prctl(PR_SET_CHILD_SUBREAPER, 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/auto.h"
#include "base/xalloc.h"
#include "pool/cgroup.h"

static char root[64]; /* of the fixture: a machine's /proc and /sys */

static int make_root(void **state)
{
    (void)state;
    (void)snprintf(root, sizeof root, "/tmp/test_cgroup.XXXXXX");
    return mkdtemp(root) ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *status, int type,
                      struct FTW *place)
{
    (void)status;
    (void)type;
    (void)place;
    return remove(path);
}

static int remove_root(void **state)
{
    (void)state;
    return nftw(root, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* Write a file below root, and the folders on the way. */
static void put(const char *path, const char *text)
{
    AUTO_FREE char *full = xasprintf("%s%s", root, path);
    for (char *at = strchr(full + strlen(root) + 1, '/'); at;
         at = strchr(at + 1, '/')) {
        *at = '\0';
        (void)mkdir(full, 0700); /* it may stand already */
        *at = '/';
    }
    FILE *file = fopen(full, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void expect_limit(unsigned cores)
{
    assert_int_equal(cgroup_cpu_limit(root), cores);
}

#define V2_MOUNT                                                               \
    "24 1 0:22 / /sys rw shared:7 - sysfs sysfs rw\n"                          \
    "30 24 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw\n"
#define V1_MOUNT                                                               \
    "31 24 0:28 / /sys/fs/cgroup ro - tmpfs tmpfs ro,mode=755\n"               \
    "32 31 0:29 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset\n"        \
    "33 31 0:30 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup "              \
    "rw,cpu,cpuacct\n"

static void nothing_to_read_is_no_limit(void **state)
{
    (void)state;
    expect_limit(CGROUP_NO_LIMIT);
    assert_int_equal(cgroup_cpu_limit("/nonexistent"), CGROUP_NO_LIMIT);
}

static void version_2_is_rounded_up(void **state)
{
    (void)state;
    put("/proc/self/cgroup", "0::/job.slice/a\n");
    put("/proc/self/mountinfo", V2_MOUNT);
    put("/sys/fs/cgroup/job.slice/a/cpu.max", "150000 100000\n");
    expect_limit(2);
    put("/sys/fs/cgroup/job.slice/a/cpu.max", "200000 100000\n");
    expect_limit(2);
    put("/sys/fs/cgroup/job.slice/a/cpu.max", "1000 100000\n");
    expect_limit(1);
    put("/sys/fs/cgroup/job.slice/a/cpu.max", "max 100000\n");
    expect_limit(CGROUP_NO_LIMIT);
}

static void the_smallest_limit_on_the_way_up_counts(void **state)
{
    (void)state;
    put("/proc/self/cgroup", "0::/a/b/c\n");
    put("/proc/self/mountinfo", V2_MOUNT);
    put("/sys/fs/cgroup/a/b/c/cpu.max", "max 100000\n");
    put("/sys/fs/cgroup/a/b/cpu.max", "800000 100000\n");
    put("/sys/fs/cgroup/a/cpu.max", "300000 100000\n");
    expect_limit(3);
    put("/sys/fs/cgroup/cpu.max", "100000 100000\n");
    expect_limit(1);
}

static void a_limit_beside_or_above_our_path_is_not_ours(void **state)
{
    (void)state;
    put("/proc/self/cgroup", "0::/a/b\n");
    put("/proc/self/mountinfo", V2_MOUNT);
    put("/sys/fs/cgroup/a/cpu.max", "400000 100000\n");
    put("/sys/fs/cgroup/a/bb/cpu.max", "100000 100000\n");
    put("/sys/fs/cpu.max", "100000 100000\n");
    expect_limit(4);
}

static void version_1_reads_quota_and_period(void **state)
{
    (void)state;
    put("/proc/self/cgroup", "5:cpuset:/wrong\n"
                             "4:cpu,cpuacct:/slurm/uid_1/job_2\n"
                             "1:name=systemd:/wrong\n");
    put("/proc/self/mountinfo", V1_MOUNT);
    put("/sys/fs/cgroup/cpu,cpuacct/slurm/uid_1/job_2/cpu.cfs_quota_us",
        "-1\n");
    put("/sys/fs/cgroup/cpu,cpuacct/slurm/uid_1/job_2/cpu.cfs_period_us",
        "100000\n");
    expect_limit(CGROUP_NO_LIMIT);
    put("/sys/fs/cgroup/cpu,cpuacct/slurm/cpu.cfs_quota_us", "250000\n");
    expect_limit(CGROUP_NO_LIMIT); /* a quota of no period */
    put("/sys/fs/cgroup/cpu,cpuacct/slurm/cpu.cfs_period_us", "50000\n");
    expect_limit(5);
}

static void a_container_sees_its_own_group_at_the_mount_point(void **state)
{
    (void)state;
    put("/proc/self/cgroup", "4:cpu,cpuacct:/docker/abc/inner\n");
    put("/proc/self/mountinfo",
        "33 31 0:30 /docker/abc /sys/fs/cgroup/cpu rw - cgroup cgroup "
        "rw,cpu,cpuacct\n");
    put("/sys/fs/cgroup/cpu/cpu.cfs_quota_us", "300000\n");
    put("/sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
    expect_limit(3);
    put("/sys/fs/cgroup/cpu/inner/cpu.cfs_quota_us", "200000\n");
    put("/sys/fs/cgroup/cpu/inner/cpu.cfs_period_us", "100000\n");
    expect_limit(2);
}

static void the_mount_that_shows_our_group_is_preferred(void **state)
{
    (void)state;
    put("/proc/self/cgroup", "0::/a\n");
    put("/proc/self/mountinfo",
        "40 24 0:26 /ab /other\\040place rw - cgroup2 none rw\n"
        "41 24 0:26 /a /my\\040place rw - cgroup2 none rw\n");
    put("/other place/cpu.max", "100000 100000\n");
    put("/my place/cpu.max", "700000 100000\n");
    expect_limit(7);
}

static void a_path_outside_our_namespace_ends_at_the_mount_point(void **state)
{
    (void)state;
    put("/proc/self/cgroup", "0::/../sibling\n");
    put("/proc/self/mountinfo", V2_MOUNT);
    put("/sys/fs/cgroup/cpu.max", "600000 100000\n");
    put("/sys/fs/sibling/cpu.max", "100000 100000\n");
    expect_limit(6);
}

static void on_a_machine_with_both_the_smaller_counts(void **state)
{
    (void)state;
    put("/proc/self/cgroup", "4:cpu,cpuacct:/a\n0::/b\n");
    put("/proc/self/mountinfo",
        V1_MOUNT "34 31 0:31 / /sys/fs/cgroup/unified rw - cgroup2 x rw\n");
    put("/sys/fs/cgroup/cpu,cpuacct/a/cpu.cfs_quota_us", "300000\n");
    put("/sys/fs/cgroup/cpu,cpuacct/a/cpu.cfs_period_us", "100000\n");
    put("/sys/fs/cgroup/unified/b/cpu.max", "500000 100000\n");
    expect_limit(3);
    put("/sys/fs/cgroup/unified/b/cpu.max", "200000 100000\n");
    expect_limit(2);
}

static void without_mountinfo_the_usual_places_are_tried(void **state)
{
    (void)state;
    put("/proc/self/cgroup", "4:cpu,cpuacct:/a\n0::/b\n");
    put("/sys/fs/cgroup/b/cpu.max", "400000 100000\n");
    expect_limit(4);
    put("/sys/fs/cgroup/cpu/a/cpu.cfs_quota_us", "300000\n");
    put("/sys/fs/cgroup/cpu/a/cpu.cfs_period_us", "100000\n");
    expect_limit(3);
}

static void garbage_is_no_limit(void **state)
{
    (void)state;
    static const char *const values[] = {
        "",          "\n",
        "x y\n",     "100000\n",
        "100000 0",  "0 100000",
        "-5 10",     "1e9 100000",
        "100000 -1", "99999999999999999999999999999 1",
        "12x 34"};

    put("/proc/self/cgroup", "garbage\n:\n::\n\n0::/a\n");
    put("/proc/self/mountinfo",
        "\n - \n1 2 3 - cgroup2 x rw\n - cgroup2\n" V2_MOUNT);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        put("/sys/fs/cgroup/a/cpu.max", values[i]);
        expect_limit(CGROUP_NO_LIMIT);
    }
    put("/sys/fs/cgroup/a/cpu.max", "900000000000000000 1");
    expect_limit(CGROUP_NO_LIMIT);
    put("/sys/fs/cgroup/a/cpu.max", "100000 100000");
    expect_limit(1);
}

#define IN_ROOT(test)                                                          \
    cmocka_unit_test_setup_teardown(test, make_root, remove_root)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ROOT(nothing_to_read_is_no_limit),
        IN_ROOT(version_2_is_rounded_up),
        IN_ROOT(the_smallest_limit_on_the_way_up_counts),
        IN_ROOT(a_limit_beside_or_above_our_path_is_not_ours),
        IN_ROOT(version_1_reads_quota_and_period),
        IN_ROOT(a_container_sees_its_own_group_at_the_mount_point),
        IN_ROOT(the_mount_that_shows_our_group_is_preferred),
        IN_ROOT(a_path_outside_our_namespace_ends_at_the_mount_point),
        IN_ROOT(on_a_machine_with_both_the_smaller_counts),
        IN_ROOT(without_mountinfo_the_usual_places_are_tried),
        IN_ROOT(garbage_is_no_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

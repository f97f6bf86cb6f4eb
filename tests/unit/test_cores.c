/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sched.h>
#include <stdlib.h>

#include "pool/cores.h"

/* No machine has its control groups there. */
static const char *const nowhere = "/nonexistent";

static unsigned affinity_count(void)
{
    cpu_set_t set;
    assert_int_equal(sched_getaffinity(0, sizeof set, &set), 0);
    return (unsigned)CPU_COUNT(&set);
}

static int forget_slurm(void **state)
{
    (void)state;
    return unsetenv("SLURM_CPUS_ON_NODE");
}

static void without_other_limits_the_affinity_mask_counts(void **state)
{
    (void)state;
    assert_int_equal(cores_usable(nowhere), affinity_count());
}

static void slurm_can_only_lower_the_number(void **state)
{
    (void)state;
    static const char *const no_limits[] = {"",   "0",  "x",       "-1",
                                            "1x", " 1", "99999999"};

    assert_int_equal(setenv("SLURM_CPUS_ON_NODE", "1", 1), 0);
    assert_int_equal(cores_usable(nowhere), 1);
    for (size_t i = 0; i < sizeof no_limits / sizeof *no_limits; i++) {
        assert_int_equal(setenv("SLURM_CPUS_ON_NODE", no_limits[i], 1), 0);
        assert_int_equal(cores_usable(nowhere), affinity_count());
    }
}

static void cores_are_those_of_the_mask_and_begin_again(void **state)
{
    (void)state;
    cpu_set_t set;
    unsigned count = affinity_count();

    assert_int_equal(sched_getaffinity(0, sizeof set, &set), 0);
    int last = -1;
    for (unsigned n = 0; n < count; n++) {
        int core = cores_nth(n);
        assert_true(core > last);
        assert_true(CPU_ISSET(core, &set));
        assert_int_equal(cores_nth(n + count), core);
        last = core;
    }
}

static void a_mask_of_one_core_is_one_core(void **state)
{
    (void)state;
    cpu_set_t before;
    cpu_set_t one;

    assert_int_equal(sched_getaffinity(0, sizeof before, &before), 0);
    int last = cores_nth(affinity_count() - 1);
    CPU_ZERO(&one);
    CPU_SET(last, &one);
    assert_int_equal(sched_setaffinity(0, sizeof one, &one), 0);
    assert_int_equal(cores_usable(nowhere), 1);
    assert_int_equal(cores_nth(0), last);
    assert_int_equal(cores_nth(5), last);
    assert_int_equal(sched_setaffinity(0, sizeof before, &before), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(without_other_limits_the_affinity_mask_counts,
                               forget_slurm),
        cmocka_unit_test_setup_teardown(slurm_can_only_lower_the_number,
                                        forget_slurm, forget_slurm),
        cmocka_unit_test(cores_are_those_of_the_mask_and_begin_again),
        cmocka_unit_test_setup(a_mask_of_one_core_is_one_core, forget_slurm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

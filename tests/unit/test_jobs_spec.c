/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/err.h"
#include "pool/jobs_spec.h"

static const struct jobs_limits plenty = {UINT64_MAX, UINT64_MAX};

static unsigned resolve(const char *text, unsigned cores)
{
    struct jobs_spec spec;
    struct err err = {0};
    if (jobs_spec_parse(text, &spec, &err) < 0) {
        fail_msg("%s", err.text);
    }
    return jobs_spec_resolve(&spec, cores, &plenty);
}

static void each_form_is_relative_to_the_cores_or_not(void **state)
{
    (void)state;
    assert_int_equal(resolve("auto", 6), 6);
    assert_int_equal(resolve("8", 6), 8);
    assert_int_equal(resolve("+2", 6), 8);
    assert_int_equal(resolve("+0", 6), 6);
    assert_int_equal(resolve("-1", 6), 5);
    assert_int_equal(resolve("50%", 6), 3);
    assert_int_equal(resolve("150%", 3), 4);
    assert_int_equal(resolve("1000000", 1), 1000000);
}

static void there_is_always_one_worker(void **state)
{
    (void)state;
    assert_int_equal(resolve("-6", 6), 1);
    assert_int_equal(resolve("-1000000", 6), 1);
    assert_int_equal(resolve("0%", 6), 1);
    assert_int_equal(resolve("10%", 6), 1);
    assert_int_equal(resolve("auto", 1), 1);
}

static void nothing_overflows(void **state)
{
    (void)state;
    assert_int_equal(resolve("+1000000", UINT32_MAX), UINT32_MAX);
    assert_int_equal(resolve("1000000%", UINT32_MAX), UINT32_MAX);
}

static void zero_is_as_many_as_the_limits_allow(void **state)
{
    (void)state;
    static const struct {
        struct jobs_limits limits;
        unsigned workers;
    } rows[] = {
        {{UINT64_MAX, UINT64_MAX}, 4096},
        {{1024, UINT64_MAX}, 992},
        {{1024, 100}, 50},
        {{1 << 20, 1 << 20}, 4096},
        {{32, UINT64_MAX}, 1},
        {{0, 0}, 1},
        {{UINT64_MAX, 1}, 1},
    };
    struct jobs_spec spec;
    struct err err;

    assert_int_equal(jobs_spec_parse("0", &spec, &err), 0);
    assert_int_equal(spec.kind, JOBS_SPEC_UNLIMITED);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(jobs_spec_resolve(&spec, 2, &rows[i].limits),
                         rows[i].workers);
    }
}

static void anything_else_is_an_error_that_lists_the_forms(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        "foo",
                                        "Auto",
                                        "1.5",
                                        "+",
                                        "-",
                                        "%",
                                        "+50%",
                                        "-50%",
                                        "8x",
                                        " 8",
                                        "8 ",
                                        "--1",
                                        "+-1",
                                        "1000001",
                                        "0x10",
                                        "99999999999999999999",
                                        "1e3%",
                                        "autox"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct jobs_spec spec = {.value = 77};
        struct err err = {0};
        if (jobs_spec_parse(texts[i], &spec, &err) == 0) {
            fail_msg("\"%s\" was taken", texts[i]);
        }
        assert_int_equal(spec.value, 77);
        assert_non_null(strstr(err.text, texts[i]));
        assert_non_null(strstr(err.text, "auto, N, +N, -N or N%"));
    }
}

static void this_process_has_limits(void **state)
{
    (void)state;
    struct jobs_limits limits = jobs_limits_read();
    assert_true(limits.files > 3);
    assert_true(limits.processes > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_form_is_relative_to_the_cores_or_not),
        cmocka_unit_test(there_is_always_one_worker),
        cmocka_unit_test(nothing_overflows),
        cmocka_unit_test(zero_is_as_many_as_the_limits_allow),
        cmocka_unit_test(anything_else_is_an_error_that_lists_the_forms),
        cmocka_unit_test(this_process_has_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

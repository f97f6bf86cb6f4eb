/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/err.h"
#include "wire/frame.h"
#include "wire/hello.h"

static int check(uint64_t version_min, uint64_t version_max, const char *role,
                 struct err *err)
{
    struct frame frame = hello_make(role);
    frame.hello.version_min = version_min;
    frame.hello.version_max = version_max;
    return hello_check(&frame.hello, HELLO_RUNNER, err);
}

static void we_can_talk_with_ourselves(void **state)
{
    (void)state;
    struct err err = {0};
    struct frame frame = hello_make(HELLO_RUNNER);
    assert_int_equal(frame.type, FRAME_HELLO);
    assert_int_equal(hello_check(&frame.hello, HELLO_RUNNER, &err), 0);
}

static void one_version_in_common_is_enough(void **state)
{
    (void)state;
    struct err err = {0};
    assert_int_equal(check(0, FRAME_VERSION_MIN, HELLO_RUNNER, &err), 0);
    assert_int_equal(check(FRAME_VERSION_MAX, UINT64_MAX, HELLO_RUNNER, &err),
                     0);
}

static void no_version_in_common_is_refused(void **state)
{
    (void)state;
    struct err err = {0};
    assert_int_equal(check(7, 9, HELLO_RUNNER, &err), -1);
    assert_non_null(strstr(err.text, "you speak versions 7 to 9"));
    assert_int_equal(check(0, FRAME_VERSION_MIN - 1, HELLO_RUNNER, &err), -1);
    assert_int_equal(
        check(FRAME_VERSION_MAX + 1, UINT64_MAX, HELLO_RUNNER, &err), -1);
    /* an empty range has none in common with anybody */
    assert_int_equal(check(FRAME_VERSION_MAX + 1, 0, HELLO_RUNNER, &err), -1);
}

static void another_role_is_refused(void **state)
{
    (void)state;
    struct err err = {0};
    assert_int_equal(check(1, 1, HELLO_OWNER, &err), -1);
    assert_string_equal(err.text,
                        "the far end of this channel must be the runner");
    assert_int_equal(check(1, 1, "", &err), -1);
}

static void refusal_says_why(void **state)
{
    (void)state;
    struct err err = {0};
    err_set(&err, 1, "because");
    struct frame frame = hello_refuse(&err);
    assert_int_equal(frame.type, FRAME_REFUSE);
    assert_true(bytes_equal(frame.refuse.reason, bytes_of("because")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(we_can_talk_with_ourselves),
        cmocka_unit_test(one_version_in_common_is_enough),
        cmocka_unit_test(no_version_in_common_is_refused),
        cmocka_unit_test(another_role_is_refused),
        cmocka_unit_test(refusal_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <string.h>

#include "base/err.h"
#include "base/term_seq.h"

static void parse(const char *text, struct term_seq *seq)
{
    struct err err = {0};
    if (term_seq_parse(text, seq, &err) < 0) {
        fail_msg("%s", err.text);
    }
}

static void the_default_is_three_times_term_and_then_kill(void **state)
{
    (void)state;
    static const struct term_step steps[] = {
        {SIGTERM, 200}, {SIGTERM, 100}, {SIGTERM, 50}, {SIGKILL, 0}};
    struct term_seq seq;

    parse(TERM_SEQ_DEFAULT, &seq);
    assert_int_equal(seq.count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(seq.steps[i].signal, steps[i].signal);
        assert_int_equal(seq.steps[i].wait_ms, steps[i].wait_ms);
    }
}

static void signals_have_names_and_numbers(void **state)
{
    (void)state;
    struct term_seq seq;

    parse("SIGINT,5,15,0,9,25", &seq);
    assert_int_equal(seq.count, 3);
    assert_int_equal(seq.steps[0].signal, SIGINT);
    assert_int_equal(seq.steps[1].signal, 15);
    assert_int_equal(seq.steps[1].wait_ms, 0);
    assert_int_equal(seq.steps[2].signal, 9);
    assert_int_equal(seq.steps[2].wait_ms, 25);
    parse("QUIT", &seq);
    assert_int_equal(seq.count, 1);
}

static void expect_error(const char *text, const char *part)
{
    struct term_seq seq = {.count = 7};
    struct err err = {0};

    assert_int_equal(term_seq_parse(text, &seq, &err), -1);
    assert_int_equal(seq.count, 7);
    if (!strstr(err.text, part)) {
        fail_msg("\"%s\" does not hold \"%s\"", err.text, part);
    }
}

static void what_is_wrong_is_named(void **state)
{
    (void)state;
    expect_error("", "is no signal");
    expect_error("TERM,", "\"\" in \"TERM,\" is no wait");
    expect_error("TERM,200,", "is no signal");
    expect_error("200,TERM", "\"200\" in \"200,TERM\" is no signal");
    expect_error("TERM,KILL", "\"KILL\" in \"TERM,KILL\" is no wait");
    expect_error("term", "is no signal");
    expect_error("SIG", "is no signal");
    expect_error("0", "is no signal");
    expect_error("TERM,-1,KILL", "is no wait");
    expect_error("TERM,3600001,KILL", "is no wait");
    expect_error("TERM,99999999999999999999,KILL", "is no wait");
    expect_error("TERM,1,TERM,1,TERM,1,TERM,1,TERM,1,TERM,1,TERM,1,TERM,1,"
                 "TERM,1,TERM,1,TERM,1,TERM,1,TERM,1,TERM,1,TERM,1,TERM,1,KILL",
                 "more than 16 signals");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_default_is_three_times_term_and_then_kill),
        cmocka_unit_test(signals_have_names_and_numbers),
        cmocka_unit_test(what_is_wrong_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <string.h>

#include "base/thread.h"

static void *see_signals(void *ctx)
{
    (void)pthread_sigmask(SIG_SETMASK, NULL, ctx);
    return ctx;
}

static void threads_take_no_signal(void **state)
{
    (void)state;
    pthread_t thread;
    sigset_t before;
    sigset_t in_thread;
    sigset_t after;
    void *result;
    (void)pthread_sigmask(SIG_SETMASK, NULL, &before);
    thread_start(&thread, see_signals, &in_thread);
    assert_int_equal(pthread_join(thread, &result), 0);
    (void)pthread_sigmask(SIG_SETMASK, NULL, &after);
    assert_ptr_equal(result, &in_thread);
    for (int signal = 1; signal < 32; signal++) {
        assert_int_equal(sigismember(&after, signal),
                         sigismember(&before, signal));
        if (signal != SIGKILL && signal != SIGSTOP) {
            assert_int_equal(sigismember(&in_thread, signal), 1);
        }
    }
}

/* The largest thing on the stack of one of ours: a piece of output. */
static void *use_stack(void *ctx)
{
    char piece[65536];
    memset(piece, *(char *)ctx, sizeof piece);
    return piece[sizeof piece - 1] == *(char *)ctx ? ctx : NULL;
}

static void stack_has_room_for_a_piece_of_output(void **state)
{
    (void)state;
    pthread_t thread;
    char c = 'x';
    void *result;
    thread_start(&thread, use_stack, &c);
    assert_int_equal(pthread_join(thread, &result), 0);
    assert_ptr_equal(result, &c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_take_no_signal),
        cmocka_unit_test(stack_has_room_for_a_piece_of_output),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

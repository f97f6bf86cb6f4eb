/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <elf.h>
#include <glob.h>
#include <link.h>

#include "base/auto.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/xalloc.h"
#include "scratch.h"
#include "worker/lookup.h"

/* first/ holds "tool" (not executable), "dir" (a folder); second/ "tool"
 * (executable), "plain" (not executable); here/ "near" (executable). */
static char scratch[64];

static void set_path(const char *format)
{
    AUTO_BUF struct buf path = {0};
    for (const char *c = format; *c; c++) {
        if (*c == '@') {
            buf_add_text(&path, scratch);
        } else {
            buf_add_char(&path, *c);
        }
    }
    assert_int_equal(setenv("PATH", buf_text(&path), 1), 0);
}

static int set_up(void **state)
{
    static const char script[] = "#!/bin/sh\n";
    (void)state;
    scratch_make(scratch);
    scratch_mkdir(scratch, "first");
    scratch_mkdir(scratch, "first/dir");
    scratch_mkdir(scratch, "second");
    scratch_mkdir(scratch, "here");
    scratch_write(scratch, "first/tool", "", 0, 0644);
    scratch_write(scratch, "second/tool", script, sizeof script - 1, 0755);
    scratch_write(scratch, "second/plain", "", 0, 0644);
    scratch_write(scratch, "here/near", script, sizeof script - 1, 0755);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    scratch_remove(scratch);
    return 0;
}

/* The folder and the path found may begin with @: the scratch folder. */
static void expect_found(const char *name, const char *folder,
                         const char *expected)
{
    struct err err = {0};
    AUTO_FREE char *path = NULL;
    int exit_code = -1;
    if (lookup_command(name, folder, &path, &exit_code, &err)) {
        fail_msg("%s", err.text);
    }
    AUTO_FREE char *full = *expected == '@'
                               ? xasprintf("%s%s", scratch, expected + 1)
                               : xstrdup(expected);
    assert_string_equal(path, full);
}

static void expect_refused(const char *name, const char *folder, int exit_code,
                           const char *why)
{
    struct err err = {0};
    char *path = NULL;
    int code = 0;
    assert_int_equal(lookup_command(name, folder, &path, &code, &err), -1);
    assert_int_equal(code, exit_code);
    assert_string_equal(err.text, why);
    assert_null(path);
}

static void first_that_can_be_run_is_taken(void **state)
{
    (void)state;
    set_path("@/none:@/first:@/second");
    expect_found("tool", NULL, "@/second/tool");
}

static void command_that_is_nowhere_is_127(void **state)
{
    (void)state;
    set_path("@/first:@/second");
    expect_refused("near", NULL, 127, "command not found: near");
    expect_refused("", NULL, 127, "command not found: ");
    expect_refused("./near", NULL, 127, "command not found: ./near");
}

static void command_that_cannot_be_run_is_126(void **state)
{
    (void)state;
    set_path("@/second:@/first:@/none");
    expect_refused("plain", NULL, 126,
                   "command cannot be run: plain: permission denied (is it "
                   "executable?)");
    expect_refused("dir", NULL, 126,
                   "command cannot be run: dir: permission denied (is it "
                   "executable?)");
    expect_refused("/", NULL, 126,
                   "command cannot be run: /: permission denied (is it "
                   "executable?)");
}

static void no_folder_in_path_is_this_one(void **state)
{
    (void)state;
    AUTO_FREE char *here = xasprintf("%s/here", scratch);
    set_path("@/first:");
    expect_found("near", here, "./near");
    set_path(":@/first");
    expect_found("near", here, "./near");
    set_path("");
    expect_found("near", here, "./near");
}

static void relative_names_are_seen_from_the_folder(void **state)
{
    (void)state;
    set_path("here");
    expect_found("near", scratch, "here/near");
    expect_found("here/near", scratch, "here/near");
    expect_refused("here/near", NULL, 127, "command not found: here/near");
    AUTO_FREE char *absolute = xasprintf("%s/here/near", scratch);
    expect_found(absolute, "/nowhere", "@/here/near");
}

static void there_is_a_path_without_path(void **state)
{
    (void)state;
    assert_int_equal(unsetenv("PATH"), 0);
    expect_found("sh", NULL, "/bin/sh");
}

static bool emulators_are_registered(void)
{
    glob_t found;
    bool any = !glob("/proc/sys/fs/binfmt_misc/qemu-*", 0, NULL, &found);
    globfree(&found);
    return any;
}

static void program_for_another_processor_is_126(void **state)
{
    (void)state;
    ElfW(Ehdr) header = {.e_machine = EM_VAX};
    memcpy(header.e_ident, ELFMAG, SELFMAG);
    scratch_write(scratch, "second/foreign", &header, sizeof header, 0755);
    set_path("@/second");
    if (emulators_are_registered()) {
        expect_found("foreign", NULL, "@/second/foreign");
    } else {
        expect_refused("foreign", NULL, 126,
                       "command cannot be run: foreign is made for another "
                       "kind of processor");
    }
}

static void program_for_this_processor_is_found(void **state)
{
    (void)state;
    expect_found("/proc/self/exe", NULL, "/proc/self/exe");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_that_can_be_run_is_taken),
        cmocka_unit_test(command_that_is_nowhere_is_127),
        cmocka_unit_test(command_that_cannot_be_run_is_126),
        cmocka_unit_test(no_folder_in_path_is_this_one),
        cmocka_unit_test(relative_names_are_seen_from_the_folder),
        cmocka_unit_test(there_is_a_path_without_path),
        cmocka_unit_test(program_for_another_processor_is_126),
        cmocka_unit_test(program_for_this_processor_is_found),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

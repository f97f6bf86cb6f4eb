/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "base/path_form.h"

static void expect(const char *path, enum path_form form, const char *part)
{
    struct bytes cut = path_form_cut(bytes_of(path), form);
    if (!bytes_equal(cut, bytes_of(part))) {
        fail_msg("form %d of '%s' is '%.*s', not '%s'", form, path,
                 (int)cut.len, cut.data, part);
    }
}

static void each_form_is_what_gnu_parallel_prints(void **state)
{
    (void)state;
    static const char *const rows[][5] = {
        /* path, {.}, {/}, {//}, {/.} */
        {"dir.d/f.tar.gz", "dir.d/f.tar", "f.tar.gz", "dir.d", "f.tar"},
        {".bashrc", "", ".bashrc", ".", ""},
        {"a.b/c", "a.b/c", "c", "a.b", "c"},
        {"dir/", "dir/", "", ".", ""},
        {"/x", "/x", "x", "/", "x"},
        {"x", "x", "x", ".", "x"},
        {"", "", "", ".", ""},
        {"/", "/", "", "/", ""},
        {"//", "//", "", "/", ""},
        {"///", "///", "", "/", ""},
        {"a//b", "a//b", "b", "a", "b"},
        {"a/b/", "a/b/", "", "a", ""},
        {"a//b//", "a//b//", "", "a", ""},
        {"x.", "x", "x.", ".", "x"},
        {".", "", ".", ".", ""},
        {"..", ".", "..", ".", "."},
        {"../..", "../.", "..", "..", "."},
        {"a/.hid", "a/", ".hid", "a", ""},
        {"a/.hid.x", "a/.hid", ".hid.x", "a", ".hid"},
        {"a b.c", "a b", "a b.c", ".", "a b"},
        {"/a/b.c/", "/a/b.c/", "", "/a", ""},
        {"/.x", "/", ".x", "/", ""},
        {"x..y", "x.", "x..y", ".", "x."},
        {"//x", "//x", "x", "/", "x"},
        {"...", "..", "...", ".", ".."},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        expect(rows[i][0], PATH_FORM_WHOLE, rows[i][0]);
        expect(rows[i][0], PATH_FORM_STEM, rows[i][1]);
        expect(rows[i][0], PATH_FORM_BASE, rows[i][2]);
        expect(rows[i][0], PATH_FORM_FOLDER, rows[i][3]);
        expect(rows[i][0], PATH_FORM_NAME, rows[i][4]);
    }
}

static void bytes_that_are_nowhere_are_an_empty_path(void **state)
{
    (void)state;
    struct bytes none = {NULL, 0};
    for (int form = PATH_FORM_WHOLE; form <= PATH_FORM_NAME; form++) {
        struct bytes cut = path_form_cut(none, (enum path_form)form);
        assert_int_equal(cut.len, form == PATH_FORM_FOLDER ? 1 : 0);
    }
}

static void expect_suffix(const char *text, const char *rest,
                          enum path_form form)
{
    struct bytes bytes = bytes_of(text);
    assert_int_equal(path_form_take_suffix(&bytes), form);
    assert_true(bytes_equal(bytes, bytes_of(rest)));
}

static void the_longest_suffix_is_taken(void **state)
{
    (void)state;
    expect_suffix("p", "p", PATH_FORM_WHOLE);
    expect_suffix("", "", PATH_FORM_WHOLE);
    expect_suffix("p.", "p", PATH_FORM_STEM);
    expect_suffix("p/", "p", PATH_FORM_BASE);
    expect_suffix("p//", "p", PATH_FORM_FOLDER);
    expect_suffix("p/.", "p", PATH_FORM_NAME);
    expect_suffix("/.", "", PATH_FORM_NAME);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_form_is_what_gnu_parallel_prints),
        cmocka_unit_test(bytes_that_are_nowhere_are_an_empty_path),
        cmocka_unit_test(the_longest_suffix_is_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

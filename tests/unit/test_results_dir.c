/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/auto.h"
#include "base/xalloc.h"
#include "made_result.h"
#include "out/results_dir.h"

static char folder[] = "/tmp/results_dir.XXXXXX";

/* Group set-up and tear-down: a folder of our own as working directory. */
static int enter_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) && !chdir(folder) ? 0 : -1;
}

static int leave_folder(void **state)
{
    (void)state;
    AUTO_FREE char *command = xasprintf("rm -rf '%s'", folder);
    return chdir("/") || system(command) ? -1 : 0;
}

static struct results_dir *open_dir(const char *path)
{
    struct err err;
    struct results_dir *dir = results_dir_open(path, NULL, 0, &err);
    assert_non_null(dir);
    return dir;
}

static void write_result(struct results_dir *dir, struct result *result)
{
    struct err err;
    assert_int_equal(results_dir_write(dir, result, &err), 0);
    result_free(result);
}

static void expect_file(const char *path, struct bytes content)
{
    AUTO_FREE char *data = xmalloc(content.len + 1);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_int_equal(fread(data, 1, content.len + 1, file), content.len);
    assert_int_equal(fclose(file), 0);
    if (content.len) {
        assert_memory_equal(data, content.data, content.len);
    }
}

static int count_entries(const char *path)
{
    int count = 0;
    DIR *dir = opendir(path);
    assert_non_null(dir);
    while (readdir(dir)) {
        count++;
    }
    (void)closedir(dir);
    return count - 2; /* . and .. */
}

static void a_result_is_three_files_and_nothing_else(void **state)
{
    (void)state;
    struct spool *spool = spool_new(NULL);
    struct results_dir *dir = open_dir("a/b/c/");
    struct result *result =
        made_result(12, (const char *[]){"x/y", "..", NULL});
    made_append(&result->out, spool, "o\0\xff\n", 4);
    made_append(&result->err, spool, "e", 1);
    write_result(dir, result);
    expect_file("a/b/c/1/x\\_y/2/\\../stdout", (struct bytes){"o\0\xff\n", 4});
    expect_file("a/b/c/1/x\\_y/2/\\../stderr", bytes_of("e"));
    expect_file("a/b/c/1/x\\_y/2/\\../seq", bytes_of("12"));
    assert_int_equal(count_entries("a/b/c/1/x\\_y/2/\\.."), 3);
    results_dir_close(dir);
    spool_free(spool);
}

static void a_job_that_wrote_nothing_has_empty_files(void **state)
{
    (void)state;
    struct results_dir *dir = open_dir("empty");
    write_result(dir, made_result(1, (const char *[]){"", NULL}));
    expect_file("empty/1/\\/stdout", bytes_of(""));
    expect_file("empty/1/\\/stderr", bytes_of(""));
    results_dir_close(dir);
}

static void megabytes_come_whole(void **state)
{
    (void)state;
    struct spool *spool = spool_new(NULL);
    struct results_dir *dir = open_dir("big");
    struct result *result = made_result(1, (const char *[]){"a", NULL});
    for (int i = 0; i < 3; i++) {
        made_fill(&result->out, spool, (char)('a' + i), 1000001);
    }
    write_result(dir, result);
    AUTO_FREE char *data = xmalloc(3000003);
    for (int i = 0; i < 3; i++) {
        memset(data + i * 1000001, 'a' + i, 1000001);
    }
    expect_file("big/1/a/stdout", (struct bytes){data, 3000003});
    results_dir_close(dir);
    spool_free(spool);
}

static void a_second_result_of_the_row_takes_the_place(void **state)
{
    (void)state;
    struct spool *spool = spool_new(NULL);
    struct results_dir *dir = open_dir("twice");
    struct result *result = made_result(1, (const char *[]){"a", NULL});
    made_append(&result->out, spool, "longer", 6);
    write_result(dir, result);
    result = made_result(2, (const char *[]){"a", NULL});
    made_append(&result->out, spool, "new", 3);
    write_result(dir, result);
    expect_file("twice/1/a/stdout", bytes_of("new"));
    expect_file("twice/1/a/seq", bytes_of("2"));
    results_dir_close(dir);
    spool_free(spool);
}

static void many_long_values_make_a_path_the_kernel_would_not_take(void **state)
{
    (void)state;
    const char *fields[16] = {0};
    char value[256] = "";
    memset(value, 'v', 255);
    for (int i = 0; i < 15; i++) {
        fields[i] = value;
    }
    char longer[2000] = "";
    memset(longer, 'w', 1999);
    fields[14] = longer;
    struct results_dir *dir = open_dir("long");
    write_result(dir, made_result(1, fields));
    write_result(dir, made_result(2, fields));
    results_dir_close(dir);
}

static void no_link_leads_out_of_the_folder(void **state)
{
    (void)state;
    struct err err = {0};
    struct results_dir *dir = open_dir("link");
    assert_int_equal(mkdir("outside", 0777), 0);
    assert_int_equal(mkdir("link/1", 0777), 0);
    assert_int_equal(symlink("../../outside", "link/1/a"), 0);
    struct result *result = made_result(1, (const char *[]){"a", NULL});
    assert_int_equal(results_dir_write(dir, result, &err), -1);
    assert_non_null(strstr(err.text, "link/1/a"));
    assert_int_equal(count_entries("outside"), 0);
    result_free(result);
    results_dir_close(dir);
}

static void what_cannot_be_written_is_named_and_leaves_no_half(void **state)
{
    (void)state;
    struct err err = {0};
    struct results_dir *dir = open_dir("bad");
    assert_int_equal(mkdir("bad/1", 0777), 0);
    assert_int_equal(mkdir("bad/1/a", 0777), 0);
    assert_int_equal(mkdir("bad/1/a/stderr", 0777), 0);
    struct result *result = made_result(1, (const char *[]){"a", NULL});
    assert_int_equal(results_dir_write(dir, result, &err), -1);
    assert_non_null(strstr(err.text, "bad/1/a/stderr: "));
    assert_int_equal(access("bad/1/a/seq", F_OK), -1);
    assert_int_equal(access("bad/1/a/.seq~", F_OK), -1);
    result_free(result);
    results_dir_close(dir);
}

static void a_folder_that_cannot_be_made_is_named(void **state)
{
    (void)state;
    struct err err = {0};
    FILE *file = fopen("plain", "w");
    assert_non_null(file);
    assert_int_equal(fclose(file), 0);
    assert_null(results_dir_open("plain/below", NULL, 0, &err));
    assert_string_equal(err.text, "cannot make the folder plain/below: "
                                  "Not a directory");
    assert_null(results_dir_open("plain", NULL, 0, &err));
    assert_string_equal(err.text, "cannot open the folder plain: "
                                  "Not a directory");
    assert_null(results_dir_open("", NULL, 0, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_result_is_three_files_and_nothing_else),
        cmocka_unit_test(a_job_that_wrote_nothing_has_empty_files),
        cmocka_unit_test(megabytes_come_whole),
        cmocka_unit_test(a_second_result_of_the_row_takes_the_place),
        cmocka_unit_test(
            many_long_values_make_a_path_the_kernel_would_not_take),
        cmocka_unit_test(no_link_leads_out_of_the_folder),
        cmocka_unit_test(what_cannot_be_written_is_named_and_leaves_no_half),
        cmocka_unit_test(a_folder_that_cannot_be_made_is_named),
    };
    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}

/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/xalloc.h"
#include "fake_input.h"
#include "job/row_source.h"

#define VALUES(...)                                                            \
    {                                                                          \
        .kind = INPUT_VALUES, .values = (const char *[]){__VA_ARGS__},         \
        .value_count = sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *)  \
    }
#define PARAM(spec)                                                            \
    {                                                                          \
        .kind = INPUT_PARAM, .text = (spec)                                    \
    }
#define FILE_SOURCE(path)                                                      \
    {                                                                          \
        .kind = INPUT_FILE, .text = (path)                                     \
    }

/* A file that is gone when the test ends well. */
static void write_file(char *path, const char *text)
{
    strcpy(path, "/tmp/test_row_source.XXXXXX");
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    assert_int_equal(close(fd), 0);
}

static struct row_source *source_of(const struct input_options *options)
{
    struct err err = {0};
    struct row_source *source = row_source_new(options, &err);
    if (!source) {
        fail_msg("%s", err.text);
    }
    return source;
}

static void expect_rows(const struct input_options *options,
                        enum row_columns columns, const char *expected)
{
    AUTO_BUF struct buf out = {0};
    add_input_text(options, columns, &out);
    assert_string_equal(buf_text(&out), expected);
}

/* The names as "p|q", or "" without any. */
static void expect_names(const struct row_source *source, const char *expected)
{
    AUTO_BUF struct buf out = {0};
    const struct bytes *names;
    size_t count;

    if (row_source_names(source, &names, &count)) {
        for (size_t i = 0; i < count; i++) {
            buf_add_text(&out, i ? "|" : "");
            buf_add_text(&out, names[i].data);
        }
    }
    assert_string_equal(buf_text(&out), expected);
}

static void standard_input_is_read_where_nothing_is_said(void **state)
{
    (void)state;
    struct fake_input input = FAKE_INPUT("11 24\nb\n");
    struct input_options options = {.hooks = fake_input_hooks(&input)};
    struct row_source *source = source_of(&options);
    AUTO_BUF struct buf out = {0};

    assert_false(row_source_appends_fields(source));
    expect_names(source, "");
    add_rows_text(source, &out);
    assert_string_equal(buf_text(&out), "11 24;b;");
    row_source_free(source);
}

static void a_line_is_split_where_columns_are_used(void **state)
{
    (void)state;
    struct fake_input input = FAKE_INPUT("11 24\nb\n");
    struct input_options options = {.hooks = fake_input_hooks(&input)};
    struct err err = {0};
    struct row *row;
    struct row_source *source = source_of(&options);

    row_source_set_columns(source, ROW_COLUMNS_MANY);
    assert_int_equal(row_source_next(source, &row, &err), 1);
    assert_int_equal(row->field_count, 2);
    assert_string_equal(row->text.data, "11 24");
    assert_int_equal(row->line, 1);
    row_free(row);
    row_source_free(source);
}

static void only_rows_that_are_asked_for_are_read(void **state)
{
    (void)state;
    struct fake_input input = FAKE_INPUT("a\nb\n");
    struct input_options options = {.hooks = fake_input_hooks(&input)};
    struct row *row;

    input.chunk = 2;
    struct row_source *source = source_of(&options);
    assert_int_equal(input.reads, 0);
    assert_int_equal(row_source_next(source, &row, NULL), 1);
    assert_int_equal(input.reads, 1);
    row_free(row);
    row_source_free(source);
}

static void a_cancelled_read_is_recognised(void **state)
{
    (void)state;
    struct fake_input input = FAKE_INPUT("a\nb");
    struct input_options options = {.hooks = fake_input_hooks(&input)};
    struct err err = {0};
    struct row *row;

    input.error = ECANCELED;
    struct row_source *source = source_of(&options);
    assert_int_equal(row_source_next(source, &row, &err), 1);
    row_free(row);
    assert_int_equal(row_source_next(source, &row, &err), -1);
    assert_int_equal(err.code, ECANCELED);
    row_source_free(source);
}

static void sources_cross_and_append_their_fields(void **state)
{
    (void)state;
    struct fake_input input = FAKE_INPUT("x y\nz\n");
    const struct input_source sources[] = {
        VALUES("A", "B"), {.kind = INPUT_STDIN}, PARAM("p=1..2")};
    struct input_options options = {.sources = sources,
                                    .source_count = 3,
                                    .hooks = fake_input_hooks(&input)};
    struct row_source *source = source_of(&options);
    AUTO_BUF struct buf out = {0};

    assert_true(row_source_appends_fields(source));
    expect_names(source, "||p");
    row_source_set_columns(source, ROW_COLUMNS_MANY);
    add_rows_text(source, &out);
    assert_string_equal(buf_text(&out), "A|x y|1;A|x y|2;A|z|1;A|z|2;"
                                        "B|x y|1;B|x y|2;B|z|1;B|z|2;");
    row_source_free(source);
}

static void values_are_never_split_but_by_colsep(void **state)
{
    (void)state;
    const struct input_source sources[] = {VALUES("a b", "c,d")};
    struct input_options options = {.sources = sources, .source_count = 1};

    expect_rows(&options, ROW_COLUMNS_MANY, "a b;c,d;");
    options.colsep = ",";
    expect_rows(&options, ROW_COLUMNS_MANY, "a b;c|d;");
}

static void files_are_read_and_linked(void **state)
{
    (void)state;
    char one[64];
    char two[64];
    write_file(one, "A\nB\nC\n");
    write_file(two, "D\nE");
    struct input_source sources[] = {FILE_SOURCE(one), FILE_SOURCE(two)};
    struct input_options options = {.sources = sources, .source_count = 2};

    expect_rows(&options, ROW_COLUMNS_ONE, "A|D;A|E;B|D;B|E;C|D;C|E;");
    options.link_all = true;
    expect_rows(&options, ROW_COLUMNS_ONE, "A|D;B|E;C|D;");
    options.link_all = false;
    sources[1].is_linked = true;
    expect_rows(&options, ROW_COLUMNS_ONE, "A|D;B|E;");
    assert_int_equal(unlink(one), 0);
    assert_int_equal(unlink(two), 0);
}

static void link_alone_changes_nothing(void **state)
{
    (void)state;
    struct fake_input input = FAKE_INPUT("a\nb\n");
    struct input_options options = {.link_all = true,
                                    .hooks = fake_input_hooks(&input)};
    expect_rows(&options, ROW_COLUMNS_ONE, "a;b;");
}

static void an_unreadable_file_is_told_before_any_row(void **state)
{
    (void)state;
    struct input_source sources[] = {VALUES("a"),
                                     FILE_SOURCE("/nonexistent/f")};
    struct input_options options = {.sources = sources, .source_count = 2};

    expect_rows(&options, ROW_COLUMNS_ONE,
                "error: cannot open /nonexistent/f: No such file or "
                "directory");
    sources[1].text = "/";
    expect_rows(&options, ROW_COLUMNS_ONE,
                "error: cannot read /: Is a directory");
}

static void standard_input_is_read_once(void **state)
{
    (void)state;
    const struct input_source sources[] = {{.kind = INPUT_STDIN},
                                           FILE_SOURCE("-")};
    struct input_options options = {.sources = sources, .source_count = 2};

    expect_rows(&options, ROW_COLUMNS_ONE,
                "error: standard input can be read only once");
}

static void the_total_is_known_without_files(void **state)
{
    (void)state;
    const struct input_source sources[] = {
        PARAM("p=1..1000000000000"), VALUES("a", "b", "c"), PARAM("q=1..9")};
    struct input_options options = {.sources = sources, .source_count = 2};
    uint64_t total;

    struct row_source *cross = source_of(&options);
    assert_true(row_source_total(cross, &total));
    assert_true(total == 3000000000000);
    row_source_free(cross);

    options = (struct input_options){
        .sources = sources + 1, .source_count = 1, .lines_per_row = 2};
    struct row_source *pairs = source_of(&options);
    assert_true(row_source_total(pairs, &total));
    assert_int_equal(total, 2);
    row_source_free(pairs);

    options = (struct input_options){0};
    struct row_source *input = source_of(&options);
    assert_false(row_source_total(input, &total));
    row_source_free(input);
}

static void several_lines_make_a_row(void **state)
{
    (void)state;
    struct fake_input input = FAKE_INPUT("a b\n\nc\nd\ne\n");
    struct input_options options = {.lines_per_row = 2,
                                    .hooks = fake_input_hooks(&input)};
    struct row_source *source = source_of(&options);
    AUTO_BUF struct buf out = {0};
    struct row *row;

    assert_true(row_source_appends_fields(source));
    row_source_set_columns(source, ROW_COLUMNS_MANY);
    assert_int_equal(row_source_next(source, &row, NULL), 1);
    assert_string_equal(row->text.data, "a b ");
    assert_int_equal(row->line, 1);
    row_free(row);
    assert_int_equal(row_source_next(source, &row, NULL), 1);
    assert_int_equal(row->line, 3);
    row_free(row);
    add_rows_text(source, &out);
    assert_string_equal(buf_text(&out), "e;");
    row_source_free(source);
}

static void several_lines_may_be_too_long_together(void **state)
{
    (void)state;
    size_t len = ROW_MAX_BYTES;
    char *data = xmalloc(len + 1);

    memset(data, 'x', len);
    data[len / 2] = '\n';
    struct fake_input input = {data, len - 1, 64000, 0, 0};
    struct input_options options = {.lines_per_row = 1000,
                                    .hooks = fake_input_hooks(&input)};
    AUTO_BUF struct buf out = {0};
    add_input_text(&options, ROW_COLUMNS_ONE, &out);
    assert_int_equal(out.len, len);

    input = (struct fake_input){data, len, 64000, 0, 0};
    expect_rows(&options, ROW_COLUMNS_ONE,
                "!the row that begins in line 1 is longer than 1 MiB;");
    memset(data, '\n', len + 1);
    input = (struct fake_input){data, len + 1, 64000, 0, 0};
    options.lines_per_row = 2 * len;
    expect_rows(&options, ROW_COLUMNS_ONE,
                "!the row that begins in line 1 is longer than 1 MiB;");
    free(data);
}

static void names_come_from_all_sources(void **state)
{
    (void)state;
    struct fake_input input = FAKE_INPUT("a,\n1,2\n");
    const struct input_source sources[] = {
        {.kind = INPUT_STDIN}, VALUES("b", "3", "4"), PARAM("c=5,6")};
    struct input_options options = {.sources = sources,
                                    .source_count = 3,
                                    .has_header = true,
                                    .is_csv = true,
                                    .hooks = fake_input_hooks(&input)};
    struct row_source *source = source_of(&options);
    AUTO_BUF struct buf out = {0};

    expect_names(source, "a||b|c");
    add_rows_text(source, &out);
    assert_string_equal(buf_text(&out), "1|2|3|5;1|2|3|6;1|2|4|5;1|2|4|6;");
    row_source_free(source);
}

static void no_name_comes_twice(void **state)
{
    (void)state;
    const struct input_source sources[] = {PARAM("p=1"), PARAM("q=1"),
                                           PARAM("p=2")};
    struct input_options options = {.sources = sources, .source_count = 3};

    expect_rows(&options, ROW_COLUMNS_ONE,
                "error: fields 1 and 3 are both named \"p\"");
}

static void a_name_behind_uncounted_columns_is_refused(void **state)
{
    (void)state;
    struct fake_input input = FAKE_INPUT("a,b\n");
    const struct input_source sources[] = {{.kind = INPUT_STDIN}, PARAM("p=1")};
    struct input_options options = {.sources = sources,
                                    .source_count = 2,
                                    .colsep = ",",
                                    .hooks = fake_input_hooks(&input)};

    expect_rows(&options, ROW_COLUMNS_ONE,
                "error: the columns of source 1 have no names, so those after "
                "it cannot be counted: give it last, or use --header :");
}

static void empty_input_has_no_rows(void **state)
{
    (void)state;
    struct input_options kinds[] = {
        {0},
        {.is_csv = true},
        {.is_jsonl = true},
        {.colsep = ","},
        {.has_header = true},
        {.lines_per_row = 3},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        struct fake_input input = FAKE_INPUT("");
        kinds[i].hooks = fake_input_hooks(&input);
        expect_rows(&kinds[i], ROW_COLUMNS_MANY, "");
    }
}

static void lines_that_end_in_cr_are_warned_of(void **state)
{
    (void)state;
    struct fake_input input = FAKE_INPUT("a\r\nb\r\n");
    struct input_options options = {.hooks = fake_input_hooks(&input)};
    struct row_source *source = source_of(&options);
    AUTO_BUF struct buf out = {0};

    assert_null(row_source_warning(source));
    add_rows_text(source, &out);
    assert_string_equal(buf_text(&out), "a\r;b\r;");
    assert_string_equal(row_source_warning(source),
                        "standard input: its lines end in CR, which is part "
                        "of each row; to remove it: tr -d '\\r'");
    row_source_free(source);
}

static void the_standard_input_is_that_of_the_process(void **state)
{
    (void)state;
    int ends[2];
    const struct input_options options = {0};
    int saved = dup(STDIN_FILENO);

    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "a\nb", 3), 3);
    assert_int_equal(close(ends[1]), 0);
    assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    expect_rows(&options, ROW_COLUMNS_ONE, "a;b;");
    assert_int_equal(dup2(saved, STDIN_FILENO), STDIN_FILENO);
    assert_int_equal(close(ends[0]), 0);
    assert_int_equal(close(saved), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(standard_input_is_read_where_nothing_is_said),
        cmocka_unit_test(a_line_is_split_where_columns_are_used),
        cmocka_unit_test(only_rows_that_are_asked_for_are_read),
        cmocka_unit_test(a_cancelled_read_is_recognised),
        cmocka_unit_test(sources_cross_and_append_their_fields),
        cmocka_unit_test(values_are_never_split_but_by_colsep),
        cmocka_unit_test(files_are_read_and_linked),
        cmocka_unit_test(link_alone_changes_nothing),
        cmocka_unit_test(an_unreadable_file_is_told_before_any_row),
        cmocka_unit_test(standard_input_is_read_once),
        cmocka_unit_test(the_total_is_known_without_files),
        cmocka_unit_test(several_lines_make_a_row),
        cmocka_unit_test(several_lines_may_be_too_long_together),
        cmocka_unit_test(names_come_from_all_sources),
        cmocka_unit_test(no_name_comes_twice),
        cmocka_unit_test(a_name_behind_uncounted_columns_is_refused),
        cmocka_unit_test(empty_input_has_no_rows),
        cmocka_unit_test(lines_that_end_in_cr_are_warned_of),
        cmocka_unit_test(the_standard_input_is_that_of_the_process),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

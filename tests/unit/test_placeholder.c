/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/err.h"
#include "job/placeholder.h"

static const struct bytes names[] = {{"p", 1},    {"max temp", 8}, {"f.", 2},
                                     {"2024", 4}, {"p", 1},        {"", 0}};

static struct placeholder_syntax syntax(const char *replace, bool with_names)
{
    return (struct placeholder_syntax){bytes_of(replace), names,
                                       with_names ? sizeof names / sizeof *names
                                                  : 0};
}

/* LITERAL as 'text', ROW as R, COLUMN as C2, ALL as A, SEQ as #, SLOT as %,
 * each with its form's number behind it unless it is whole. */
static void describe(const struct piece *piece, struct buf *out)
{
    switch (piece->kind) {
    case PIECE_LITERAL:
        buf_printf(out, "'%.*s'", (int)piece->text.len, piece->text.data);
        break;
    case PIECE_ROW:
        buf_add_text(out, "R");
        break;
    case PIECE_COLUMN:
        buf_printf(out, "C%d", piece->column);
        break;
    case PIECE_ALL:
        buf_add_text(out, "A");
        break;
    case PIECE_SEQ:
        buf_add_text(out, "#");
        break;
    case PIECE_SLOT:
        buf_add_text(out, "%");
        break;
    }
    if (piece->form != PATH_FORM_WHOLE) {
        buf_printf(out, "f%d", piece->form);
    }
    buf_add_char(out, ' ');
}

static void expect_with(struct placeholder_syntax with, const char *word,
                        const char *pieces)
{
    AUTO_BUF struct buf out = {0};
    struct piece_list list = {0};
    struct err err = {0};

    assert_int_equal(placeholder_parse(&with, bytes_of(word), &list, &err), 0);
    for (size_t i = 0; i < list.count; i++) {
        describe(&list.items[i], &out);
    }
    assert_string_equal(buf_text(&out), pieces);
    piece_list_release(&list);
}

static void expect(const char *word, const char *pieces)
{
    expect_with(syntax("{}", false), word, pieces);
}

static void expect_named(const char *word, const char *pieces)
{
    expect_with(syntax("{}", true), word, pieces);
}

static void expect_error(struct placeholder_syntax with, const char *word,
                         const char *text)
{
    struct piece_list list = {0};
    struct err err = {0};

    assert_int_equal(placeholder_parse(&with, bytes_of(word), &list, &err), -1);
    if (!strstr(err.text, text)) {
        fail_msg("\"%s\" does not hold \"%s\"", err.text, text);
    }
    piece_list_release(&list);
}

static void an_empty_word_is_an_empty_literal(void **state)
{
    (void)state;
    expect("", "'' ");
}

static void the_row_stands_anywhere_and_often(void **state)
{
    (void)state;
    expect("{}", "R ");
    expect("{}{}", "R R ");
    expect("--{}", "'--' R ");
    expect("a{}b{}c", "'a' R 'b' R 'c' ");
    expect("{{}}", "'{' R '}' ");
}

static void path_forms_of_the_row_and_of_fields(void **state)
{
    (void)state;
    expect("{.}{/}{//}{/.}", "Rf1 Rf2 Rf3 Rf4 ");
    expect("{2}{2.}{2/}{2//}{2/.}", "C2 C2f1 C2f2 C2f3 C2f4 ");
    expect("{-1}{-1.}{-12/.}", "C-1 C-1f1 C-12f4 ");
    expect("{01}", "C1 ");
}

static void number_slot_and_all_fields(void **state)
{
    (void)state;
    expect("{#}{%}{@}", "# % A ");
    expect("{#.}{%/}{##}", "'{#.}{%/}{##}' ");
}

static void what_looks_like_nothing_of_ours_is_literal(void **state)
{
    (void)state;
    expect("{print}", "'{print}' ");
    expect("{print $1}", "'{print $1}' ");
    expect("{", "'{' ");
    expect("}{", "'}{' ");
    expect("{-}", "'{-}' ");
    expect("{1,3}", "'{1,3}' ");
    expect("{+1}", "'{+1}' ");
    expect("{...}", "'{...}' ");
    expect("<p>", "'<p>' ");
    expect("{print {1}}", "'{print ' C1 '}' ");
}

static void a_number_no_field_has_is_an_error(void **state)
{
    (void)state;
    expect_error(syntax("{}", false), "a{0}b", "{0} is no field");
    expect_error(syntax("{}", false), "{-0}", "{-0} is no field");
    expect_error(syntax("{}", false), "{0.}", "{0.} is no field");
    expect_error(syntax("{}", false), "{99999999999999999999}", "is no field");
    expect("{99999999}", "C99999999 ");
}

static void another_string_may_stand_for_the_row(void **state)
{
    (void)state;
    expect_with(syntax("%", false), "{} %%{1}", "'{} ' R R C1 ");
    expect_with(syntax(",,", false), ",,,{.}", "R ',' Rf1 ");
    expect_with(syntax("{x}", false), "{x}{}", "R '{}' ");
    expect_with(syntax("<p>", true), "<p>", "R ");
    expect_with(syntax("{}", true), "<p>", "C1 ");
}

static void names_are_columns_and_take_path_forms(void **state)
{
    (void)state;
    expect_named("{p}{p.}{p/}{p//}{p/.}", "C1 C1f1 C1f2 C1f3 C1f4 ");
    expect_named("x{max temp}{max temp/.}", "'x' C2 C2f4 ");
    expect_named("{f.}{f..}", "C3 C3f1 ");
    expect_named("{2024}{1}", "C4 C1 ");
    expect_named("<p>", "C1 ");
    expect_named("<max temp//>", "C2f3 ");
}

static void angles_count_only_around_the_whole_word(void **state)
{
    (void)state;
    expect_named("a<p>", "'a<p>' ");
    expect_named("<p><p>", "'<p><p>' ");
    expect_named("<>", "'<>' ");
    expect_named("<", "'<' ");
}

static void an_unknown_name_is_an_error_that_helps(void **state)
{
    (void)state;
    struct placeholder_syntax with = syntax("{}", true);

    expect_error(with, "{nosuch}", "no field is named \"nosuch\"");
    expect_error(with, "{nosuch}", "--no-names");
    expect_error(with, "{nosuch}", "-I");
    expect_error(with, "{nosuch}", "p, max temp, f.");
    expect_error(with, "x{q.}", "no field is named \"q\"");
    expect_error(with, "<q>", "<q> is meant");
    expect_error(with, "{max tmp}", "no field is named \"max tmp\"");
    expect_error(with, "{h\xc3\xb6he}", "no field is named");
}

static void what_is_no_name_stays_literal_where_names_exist(void **state)
{
    (void)state;
    expect_named("{print $1}", "'{print $1}' ");
    expect_named("{\"a\": 1}", "'{\"a\": 1}' ");
    expect_named("{a,b}", "'{a,b}' ");
    expect_named("{-}", "'{-}' ");
    expect_with((struct placeholder_syntax){bytes_of("{}"), names, 1},
                "{print NR}", "'{print NR}' ");
}

static void expect_angled(const char *word, const char *name)
{
    struct bytes found = {"?", 1};
    bool is_angled = placeholder_is_angled(bytes_of(word), &found);
    assert_int_equal(is_angled, name != NULL);
    assert_true(bytes_equal(found, bytes_of(name ? name : "?")));
}

static void angled_names_begin_with_a_letter(void **state)
{
    (void)state;
    expect_angled("<p>", "p");
    expect_angled("<max temp_2-x>", "max temp_2-x");
    expect_angled("<p/.>", "p");
    expect_angled("<1>", NULL);
    expect_angled("<>", NULL);
    expect_angled("<.>", NULL);
    expect_angled("<a<b>", NULL);
    expect_angled("<a=b>", NULL);
    expect_angled("p", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_word_is_an_empty_literal),
        cmocka_unit_test(the_row_stands_anywhere_and_often),
        cmocka_unit_test(path_forms_of_the_row_and_of_fields),
        cmocka_unit_test(number_slot_and_all_fields),
        cmocka_unit_test(what_looks_like_nothing_of_ours_is_literal),
        cmocka_unit_test(a_number_no_field_has_is_an_error),
        cmocka_unit_test(another_string_may_stand_for_the_row),
        cmocka_unit_test(names_are_columns_and_take_path_forms),
        cmocka_unit_test(angles_count_only_around_the_whole_word),
        cmocka_unit_test(an_unknown_name_is_an_error_that_helps),
        cmocka_unit_test(what_is_no_name_stays_literal_where_names_exist),
        cmocka_unit_test(angled_names_begin_with_a_letter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

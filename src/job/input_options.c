/* SPDX-License-Identifier: MIT */
#include "job/input_options.h"

#include <errno.h>
#include <string.h>

#include "base/err.h"

static int hex_value(char c)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    const char *digit = c ? strchr(digits, c) : NULL;
    return digit ? (int)((digit - digits) % 16) : -1;
}

static bool parse_escape(const char *text, char *c)
{
    static const char from[] = "nrt0\\";
    static const char to[] = "\n\r\t\0\\";
    const char *known = *text ? strchr(from, *text) : NULL;

    if (known && !text[1]) {
        *c = to[known - from];
        return true;
    }
    if (*text != 'x' || hex_value(text[1]) < 0 || hex_value(text[2]) < 0 ||
        text[3]) {
        return false;
    }
    *c = (char)(hex_value(text[1]) * 16 + hex_value(text[2]));
    return true;
}

static bool parse_character(const char *text, char *c)
{
    if (*text && !text[1]) {
        *c = *text;
        return true;
    }
    return *text == '\\' && parse_escape(text + 1, c);
}

int input_delimiter(const char *text, char *delimiter, struct err *err)
{
    if (!parse_character(text, delimiter)) {
        return err_set(err, EINVAL,
                       "-d wants one character or an escape as \\t, \\n, \\0 "
                       "or \\x2c, not \"%s\"",
                       text);
    }
    return 0;
}

int input_csv_separator(const struct input_options *options, char *separator,
                        struct err *err)
{
    char c = ',';

    if (options->delimiter) {
        if (input_delimiter(options->delimiter, &c, err) < 0) {
            return -1;
        }
    } else if (options->colsep && !parse_character(options->colsep, &c)) {
        return err_set(err, EINVAL,
                       "--csv wants one character to split at, not \"%s\"",
                       options->colsep);
    }
    if (c == '"' || c == '\r' || c == '\n' || c == '\0') {
        return err_set(err, EINVAL,
                       "--csv cannot split at a quote, a line end or a NUL");
    }
    *separator = c;
    return 0;
}

static bool has_param(const struct input_options *options)
{
    for (size_t i = 0; i < options->source_count; i++) {
        if (options->sources[i].kind == INPUT_PARAM) {
            return true;
        }
    }
    return false;
}

int input_options_check(const struct input_options *options, struct err *err)
{
    if (options->is_jsonl && (options->is_csv || options->has_header)) {
        return err_set(err, EINVAL, "--jsonl does not go together with %s",
                       options->is_csv ? "--csv" : "--header");
    }
    if (options->is_jsonl && options->colsep) {
        return err_set(err, EINVAL,
                       "--jsonl does not go together with --colsep");
    }
    if (options->lines_per_row > 1 &&
        (options->is_jsonl || options->has_header || has_param(options))) {
        return err_set(err, EINVAL,
                       "-n %zu would give a row the same name twice: it does "
                       "not go together with --header, --param or --jsonl",
                       options->lines_per_row);
    }
    if (options->source_count && options->sources[0].is_linked) {
        return err_set(err, EINVAL,
                       "the first source has none before it to be linked to");
    }
    return 0;
}

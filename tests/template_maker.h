/* SPDX-License-Identifier: MIT */
/* template_maker.h - templates and rows for tests, from lists of strings */

#ifndef POOLRUN_TEMPLATE_MAKER_H
#define POOLRUN_TEMPLATE_MAKER_H

#include "base/err.h"
#include "job/row.h"
#include "job/template.h"

enum { MOST = 16 };

/* Strings in a test: a list that ends with NULL. */
static inline size_t to_bytes(const char *const *texts, struct bytes *out)
{
    size_t count = 0;
    for (; texts && texts[count]; count++) {
        assert_true(count < MOST);
        out[count] = bytes_of(texts[count]);
    }
    return count;
}

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})
#define OPTIONS(...) (&(const struct template_options){__VA_ARGS__})

static const struct template_options plain = {0};

static inline struct template *
try_template(const char *const *words, const char *const *names,
             const struct template_options *options, struct err *err)
{
    struct bytes word_bytes[MOST] = {{0}};
    struct bytes name_bytes[MOST] = {{0}};
    size_t word_count = to_bytes(words, word_bytes);
    size_t name_count = to_bytes(names, name_bytes);
    return template_new(word_bytes, word_count, name_bytes, name_count, options,
                        err);
}

static inline struct template *make(const char *const *words,
                                    const char *const *names,
                                    const struct template_options *options)
{
    struct err err = {0};
    struct template *template = try_template(words, names, options, &err);
    assert_string_equal(err.text, "");
    assert_non_null(template);
    return template;
}

/* A row of line 7 whose text is its fields joined by a space. */
static inline struct row *row_of(const char *const *fields)
{
    struct bytes bytes[MOST];
    size_t count = to_bytes(fields, bytes);
    return row_new(7, (struct bytes){NULL, 0}, bytes, count, NULL);
}

#endif

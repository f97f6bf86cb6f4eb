/* SPDX-License-Identifier: MIT */
#include "base/path_form.h"

#include <assert.h>

static struct bytes base(struct bytes path)
{
    size_t start = path.len;
    while (start && path.data[start - 1] != '/') {
        start--;
    }
    return (struct bytes){path.data + start, path.len - start};
}

static struct bytes stem(struct bytes path)
{
    for (size_t i = path.len; i && path.data[i - 1] != '/'; i--) {
        if (path.data[i - 1] == '.') {
            return (struct bytes){path.data, i - 1};
        }
    }
    return path;
}

/* Never of a lone slash: that is the root. */
static void cut_slashes(struct bytes *path)
{
    while (path->len > 1 && path->data[path->len - 1] == '/') {
        path->len--;
    }
}

static struct bytes folder(struct bytes path)
{
    cut_slashes(&path);
    path.len -= base(path).len;
    if (!path.len) {
        return bytes_of(".");
    }
    cut_slashes(&path);
    return path;
}

struct bytes path_form_cut(struct bytes path, enum path_form form)
{
    if (!path.data) {
        path = bytes_of("");
    }
    switch (form) {
    case PATH_FORM_WHOLE:
        return path;
    case PATH_FORM_STEM:
        return stem(path);
    case PATH_FORM_BASE:
        return base(path);
    case PATH_FORM_FOLDER:
        return folder(path);
    case PATH_FORM_NAME:
        return stem(base(path));
    }
    assert(!"a path form");
    return path;
}

enum path_form path_form_take_suffix(struct bytes *text)
{
    static const struct {
        const char *suffix;
        enum path_form form;
    } forms[] = {
        {"/.", PATH_FORM_NAME}, /* the longer ones first */
        {"//", PATH_FORM_FOLDER},
        {"/", PATH_FORM_BASE},
        {".", PATH_FORM_STEM},
    };

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct bytes suffix = bytes_of(forms[i].suffix);
        if (text->len >= suffix.len &&
            !memcmp(text->data + text->len - suffix.len, suffix.data,
                    suffix.len)) {
            text->len -= suffix.len;
            return forms[i].form;
        }
    }
    return PATH_FORM_WHOLE;
}

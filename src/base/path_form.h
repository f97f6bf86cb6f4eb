/* SPDX-License-Identifier: MIT */
/* path_form.h - parts of a path, cut as GNU parallel cuts them
 *
 * Only the bytes are looked at, never the disk. A folder's dot is no
 * extension, a hidden file is all extension, and a path that ends in a slash
 * has an empty base:
 *
 *     path            {.}           {/}       {//}   {/.}
 *     d.d/f.tar.gz    d.d/f.tar     f.tar.gz  d.d    f.tar
 *     a.b/c           a.b/c         c         a.b    c
 *     x.              x             x.        .      x
 *     .bashrc         (empty)       .bashrc   .      (empty)
 *     ..              .             ..        .      .
 *     dir/            dir/          (empty)   .      (empty)
 *     a//b/           a//b/         (empty)   a      (empty)
 *     /x              /x            x         /      x
 *     /               /             (empty)   /      (empty)
 *     (empty)         (empty)       (empty)   .      (empty)
 */

#ifndef POOLRUN_PATH_FORM_H
#define POOLRUN_PATH_FORM_H

#include "base/bytes.h"

enum path_form {
    PATH_FORM_WHOLE,  /* {} */
    PATH_FORM_STEM,   /* {.}: without its extension */
    PATH_FORM_BASE,   /* {/}: the last component */
    PATH_FORM_FOLDER, /* {//}: all before it, as dirname(1) */
    PATH_FORM_NAME,   /* {/.}: the last component without its extension */
};

/* The part asked for: a slice of path, or the constant ".". */
struct bytes path_form_cut(struct bytes path, enum path_form form);

/* Take "/.", "//", "/" or "." off the end of text and tell which form it
 * names; PATH_FORM_WHOLE if it ends in none. */
enum path_form path_form_take_suffix(struct bytes *text);

#endif

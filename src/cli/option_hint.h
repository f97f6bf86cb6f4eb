/* SPDX-License-Identifier: MIT */
/* option_hint.h - what to say about an option that poolrun does not have
 *
 * One that is known from GNU parallel or xargs gets a sentence that says what
 * to use instead; else the known option that is nearest is suggested.
 */

#ifndef POOLRUN_OPTION_HINT_H
#define POOLRUN_OPTION_HINT_H

#include "base/bytes.h"

struct err;

/* Fill err and return -1. name is without dashes and without a value. */
int option_hint_unknown_name(struct bytes name, struct err *err);

/* The same for a letter, found in a word such as "-kz". */
int option_hint_unknown_letter(char letter, const char *word, struct err *err);

#endif

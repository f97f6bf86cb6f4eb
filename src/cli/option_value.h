/* SPDX-License-Identifier: MIT */
/* option_value.h - an option's value, from text to its field */

#ifndef POOLRUN_OPTION_VALUE_H
#define POOLRUN_OPTION_VALUE_H

#include <stdbool.h>

struct err;
struct option_entry;
struct options;

bool option_takes_value(const struct option_entry *entry);

/* Decode the value into the field of options that the entry names. The value
 * is lent for the life of options, NULL where the option takes none. spelled
 * is the option as the user wrote it. */
int option_value_set(const struct option_entry *entry, const char *spelled,
                     const char *value, struct options *options,
                     struct err *err) __attribute__((warn_unused_result));

#endif

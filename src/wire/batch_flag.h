/* SPDX-License-Identifier: MIT */
/* batch_flag.h - the bits of the BATCH frame's flags */

#ifndef POOLRUN_BATCH_FLAG_H
#define POOLRUN_BATCH_FLAG_H

enum batch_flag {
    BATCH_SHELL = 1 << 0,           /* the words are shell */
    BATCH_NO_NAMES = 1 << 1,        /* {name} is literal */
    BATCH_APPEND_FIELDS = 1 << 2,   /* each field its own argument */
    BATCH_KEEP_BACKGROUND = 1 << 3, /* spare what a job leaves behind */
    BATCH_APPEND_NOTHING = 1 << 4,  /* not even the row */
};

/* Output an attempt may send before the owner says anything. */
enum { BATCH_FIRST_WINDOW_BYTES = 65536 };

#endif

/* SPDX-License-Identifier: MIT */
/* answer.h - what a job said on its stdout: its last line, its JSON
 *
 * Only the last ANSWER_BYTES of stdout are looked at: a JSON text or a last
 * line that is longer is not found. The last line is the last one that is not
 * empty; a CR at its end does not belong to it. The JSON text is stdout as a
 * whole, else its last line, where that is JSON.
 */

#ifndef POOLRUN_ANSWER_H
#define POOLRUN_ANSWER_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/bytes.h"

struct blob;
struct err;

enum { ANSWER_BYTES = 4 << 20 };

struct answer {
    struct buf tail; /* of stdout */
    bool is_whole;   /* the tail is all of it */
};

#define AUTO_ANSWER __attribute__((cleanup(answer_release)))

/* Read what is needed of stdout (NULL: nothing was written). What the other
 * functions find is lent until the release. */
int answer_read(struct answer *answer, const struct blob *out, struct err *err)
    __attribute__((warn_unused_result));
void answer_release(struct answer *answer);

/* False where there is none. */
bool answer_line(const struct answer *answer, struct bytes *line);
bool answer_json(const struct answer *answer, struct bytes *json);

/* The field of the last line, from 1, or from the end: -1 is the last. Fields
 * lie between TABs if the line has any, else between commas (and blanks around
 * them are no part), else between runs of blanks. */
bool answer_field(const struct answer *answer, long number,
                  struct bytes *field);

#endif

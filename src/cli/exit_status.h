/* SPDX-License-Identifier: MIT */
/* exit_status.h - the numbers poolrun ends with
 *
 * From 1 to EXIT_STATUS_COUNT_MAX a status is the number of failed jobs.
 * Death by a signal has no number here: poolrun then ends by that signal.
 */

#ifndef POOLRUN_EXIT_STATUS_H
#define POOLRUN_EXIT_STATUS_H

enum exit_status {
    EXIT_STATUS_OK = 0,               /* every job succeeded */
    EXIT_STATUS_COUNT_MAX = 100,      /* so many jobs failed, or fewer */
    EXIT_STATUS_MANY = 101,           /* more than that failed */
    EXIT_STATUS_NOT_EXECUTABLE = 126, /* the command cannot be run anywhere */
    EXIT_STATUS_NOT_FOUND = 127,      /* the command is nowhere */
    EXIT_STATUS_POOLRUN = 255,        /* poolrun itself failed */
};

#endif

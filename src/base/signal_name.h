/* SPDX-License-Identifier: MIT */
/* signal_name.h - signals by the names people use: TERM, KILL, INT
 *
 * The C library's own table (sigabbrev_np) is younger than many a system that
 * this should build on.
 */

#ifndef POOLRUN_SIGNAL_NAME_H
#define POOLRUN_SIGNAL_NAME_H

/* "TERM"; NULL for a number without a name, such as a real-time signal. */
const char *signal_name(int number);

#endif

/* SPDX-License-Identifier: MIT */
/* fuzz.h - what a fuzzer and feed.c call: one input, of any bytes */

#ifndef POOLRUN_FUZZ_H
#define POOLRUN_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

#endif

/* SPDX-License-Identifier: MIT */
/* pseudo_random.h - numbers that look random and are the same in every run */

#ifndef POOLRUN_PSEUDO_RANDOM_H
#define POOLRUN_PSEUDO_RANDOM_H

#include <stddef.h>
#include <stdint.h>

struct pseudo_random {
    uint64_t state; /* begins with any number but 0 */
};

/* xorshift64*: Vigna, An experimental exploration of Marsaglia's xorshift
 * generators, scrambled, 2016 */
static inline uint64_t pseudo_random_next(struct pseudo_random *random)
{
    random->state ^= random->state >> 12;
    random->state ^= random->state << 25;
    random->state ^= random->state >> 27;
    return random->state * UINT64_C(0x2545f4914f6cdd1d);
}

static inline size_t pseudo_random_below(struct pseudo_random *random,
                                         size_t limit)
{
    return (size_t)(pseudo_random_next(random) % limit);
}

#endif

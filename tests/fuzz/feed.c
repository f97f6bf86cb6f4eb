/* SPDX-License-Identifier: MIT */
/* feed.c - give every file of a corpus to a fuzz target; prints TAP
 *
 * The corpus is that of the program's own name: feed_frame takes
 * tests/fuzz/corpus/frame below $POOLRUN_SRC.
 */

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/auto.h"
#include "base/xalloc.h"
#include "fuzz.h"

enum { MOST_BYTES = 1 << 20 };

static int feed(const char *folder, const char *name)
{
    AUTO_FREE char *path = xasprintf("%s/%s", folder, name);
    AUTO_FREE uint8_t *data = xmalloc(MOST_BYTES);
    FILE *file = fopen(path, "re");
    if (!file) {
        return -1;
    }
    size_t len = fread(data, 1, MOST_BYTES, file);
    int failed = ferror(file);
    (void)fclose(file); /* only read */

    /* A block of its own length, so that reading behind it shows. */
    AUTO_FREE uint8_t *input = xmalloc(len);
    memcpy(input, data, len);
    return failed ? -1 : LLVMFuzzerTestOneInput(input, len);
}

int main(int argc, char **argv)
{
    const char *source = getenv("POOLRUN_SRC");
    const char *target = argc ? strrchr(argv[0], '_') : NULL;
    AUTO_FREE char *folder =
        xasprintf("%s/tests/fuzz/corpus/%s", source ? source : ".",
                  target ? target + 1 : "");
    DIR *corpus = opendir(folder);
    const struct dirent *entry;
    unsigned count = 0;
    unsigned failed = 0;

    while (corpus && (entry = readdir(corpus))) {
        if (entry->d_name[0] != '.') {
            int bad = feed(folder, entry->d_name);
            failed += bad != 0;
            (void)printf("%s %u - %s\n", bad ? "not ok" : "ok", ++count,
                         entry->d_name);
        }
    }
    if (corpus) {
        (void)closedir(corpus);
    }
    if (!count) {
        (void)printf("not ok %u - no file in %s\n", ++count, folder);
        failed++;
    }
    (void)printf("1..%u\n", count);
    return failed != 0;
}

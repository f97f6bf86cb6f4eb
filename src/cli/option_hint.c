/* SPDX-License-Identifier: MIT */
#include "cli/option_hint.h"

#include <errno.h>
#include <stdlib.h>

#include "base/err.h"
#include "cli/option_table.h"

/* Options of GNU parallel and xargs that have another way here. */
static const struct {
    const char *letters;
    const char *names;
    const char *advice;
} peers[] = {
    {"Xm", "xargs", "-n N puts N rows into one command"},
    {"Ll", "max-lines", "-n N makes N lines one row"},
    {"s", "max-chars", "-n N sets how many rows one command gets"},
    {"x", "exit", "a command that is too long fails as a job"},
    {"i", "", "-I STR names what stands for the row"},
    {"e", "", "-E STR names the line that ends the input"},
    {"p", "interactive", "--dry-run shows the commands beforehand"},
    {"o", "open-tty tty", "jobs read an empty input and have no terminal"},
    {"v", "", "-t prints each command on stderr as it starts"},
    {"S", "sshlogin slf sshloginfile ssh sshdelay ssh-delay onall nonall",
     "jobs run on this machine"},
    {"", "transfer transferfile tf return trc cleanup basefile bf",
     "jobs run on this machine and see its files"},
    {"",
     "pipe spreadstdin pipepart pipe-part block block-size recstart recend "
     "regexp round-robin roundrobin round tee cat fifo rrs shard bin group-by",
     "jobs get rows as arguments; split(1) cuts a file into pieces, and their "
     "names are rows"},
    {"", "resume resume-failed retry-failed",
     "--retries N tries a failing "
     "job again at once"},
    {"", "semaphore sem id semaphorename semaphore-name wait fg bg",
     "flock(1) makes commands wait for one another"},
    {"", "files output-as-files outputasfiles",
     "--results DIR keeps each job's output in files"},
    {"", "tmpdir", "set TMPDIR"},
    {"", "compress compress-program",
     "large output goes to files in TMPDIR that are gone when poolrun ends"},
    {"", "group",
     "output of a job is printed whole unless --lb or -u is given"},
    {"", "process-slot-var", "jobs find their slot in POOLRUN_SLOT"},
    {"", "rpl plus parens", "--shell lets /bin/sh cut the value to size"},
    {"", "shell-quote shellquote", "--dry-run prints commands quoted"},
    {"", "tmux tmuxpane latest-line ll", "--bar shows how far the run is"},
    {"", "number-of-cores number-of-cpus number-of-threads",
     "nproc(1) prints the number of cores"},
    {"", "memsuspend limit", "--memfree SIZE waits for free memory"},
    {"", "record-env session", "jobs get poolrun's own environment"},
    {"", "show-limits", "getconf ARG_MAX prints the limit"},
    {"", "filter filter-hosts", "filter the rows before poolrun reads them"},
};

enum {
    PEER_COUNT = sizeof peers / sizeof *peers,
    NAME_MAX_LEN = OPTION_SPELLED_SIZE,
    NEAR = 3, /* so many typing errors, and no more, still mean a name */
};

static size_t min(size_t a, size_t b)
{
    return a < b ? a : b;
}

static bool starts_with(struct bytes text, struct bytes start)
{
    return start.len && start.len <= text.len &&
           !memcmp(text.data, start.data, start.len);
}

/* How many bytes to insert, drop or replace, or neighbours to swap, to make b
 * of a; both are at most NAME_MAX_LEN long. */
static size_t distance(struct bytes a, struct bytes b)
{
    size_t cost[NAME_MAX_LEN + 1][NAME_MAX_LEN + 1];

    for (size_t i = 0; i <= a.len; i++) {
        for (size_t k = 0; k <= b.len; k++) {
            if (!i || !k) {
                cost[i][k] = i + k;
                continue;
            }
            bool differ = a.data[i - 1] != b.data[k - 1];
            cost[i][k] = min(cost[i - 1][k - 1] + differ,
                             min(cost[i - 1][k], cost[i][k - 1]) + 1);
            if (i > 1 && k > 1 && a.data[i - 1] == b.data[k - 2] &&
                a.data[i - 2] == b.data[k - 1]) {
                cost[i][k] = min(cost[i][k], cost[i - 2][k - 2] + 1);
            }
        }
    }
    return cost[a.len][b.len];
}

/* The known name that was most likely meant, the shorter of equals; its data
 * is NULL if none is near. */
static struct bytes nearest_name(struct bytes name)
{
    struct bytes best = {0};
    size_t best_cost = min(NEAR, 1 + name.len / 3) + 1;

    for (size_t i = 0; name.len <= NAME_MAX_LEN && i < option_table_len; i++) {
        const char *rest = option_table[i].names;
        struct bytes known;
        while (option_next_word(&rest, &known)) {
            size_t cost = starts_with(known, name) ? 0 : distance(name, known);
            if (cost < best_cost ||
                (cost == best_cost && best.data && known.len < best.len)) {
                best_cost = cost;
                best = known;
            }
        }
    }
    return best;
}

static const char *advice_for_name(struct bytes name)
{
    for (size_t i = 0; i < PEER_COUNT; i++) {
        const char *rest = peers[i].names;
        struct bytes word;
        while (option_next_word(&rest, &word)) {
            if (bytes_equal(word, name)) {
                return peers[i].advice;
            }
        }
    }
    return NULL;
}

static const char *advice_for_letter(char letter)
{
    for (size_t i = 0; i < PEER_COUNT; i++) {
        if (strchr(peers[i].letters, letter)) {
            return peers[i].advice;
        }
    }
    return NULL;
}

int option_hint_unknown_name(struct bytes name, struct err *err)
{
    const char *advice = advice_for_name(name);
    if (advice) {
        return err_set(err, EINVAL, "poolrun has no --%.*s: %s", (int)name.len,
                       name.data, advice);
    }
    struct bytes near = nearest_name(name);
    if (near.data) {
        return err_set(err, EINVAL,
                       "unknown option --%.*s; did you mean --%.*s?",
                       (int)min(name.len, NAME_MAX_LEN), name.data,
                       (int)near.len, near.data);
    }
    return err_set(err, EINVAL, "unknown option --%.*s",
                   (int)min(name.len, 200), name.data);
}

int option_hint_unknown_letter(char letter, const char *word, struct err *err)
{
    struct bytes name = bytes_of(word + 1);
    const char *advice = advice_for_letter(letter);

    if (option_table_by_name(name)) {
        return err_set(err, EINVAL,
                       "unknown option -%c in %s; did you mean -%s?", letter,
                       word, word);
    }
    if (advice) {
        return err_set(err, EINVAL, "poolrun has no -%c: %s", letter, advice);
    }
    if (name.len == 1) {
        return err_set(err, EINVAL, "unknown option -%c", letter);
    }
    return err_set(err, EINVAL, "unknown option -%c in %s", letter, word);
}

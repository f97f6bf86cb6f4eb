/* SPDX-License-Identifier: MIT */
#include "pool/cgroup.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/auto.h"
#include "base/xalloc.h"

/* One of the two trees of groups that can limit the cpu. */
struct hierarchy {
    bool is_v2;
    char *path;          /* of our group, from the top of the tree */
    char *mount_point;   /* where some of the tree can be seen */
    char *mount_root;    /* which part of it that is */
    bool mount_holds_us; /* our group is in that part */
};

static void hierarchy_release(struct hierarchy *tree)
{
    free(tree->path);
    free(tree->mount_point);
    free(tree->mount_root);
}

static void replace(char **place, const char *text)
{
    free(*place);
    *place = xstrdup(text);
}

static bool list_holds(const char *list, const char *item)
{
    size_t len = strlen(item);
    for (;; list++) {
        size_t part = strcspn(list, ",");
        if (part == len && !memcmp(list, item, len)) {
            return true;
        }
        list += part;
        if (!*list) {
            return false;
        }
    }
}

/* Lines of a file, one after the other, without their newline. */
struct lines {
    FILE *file; /* NULL = no such file: no lines */
    char *line;
    size_t room;
};

static struct lines lines_open(const char *root, const char *path)
{
    AUTO_FREE char *full = xasprintf("%s%s", root, path);
    return (struct lines){.file = fopen(full, "re")};
}

static char *lines_next(struct lines *lines)
{
    if (!lines->file || getline(&lines->line, &lines->room, lines->file) < 0) {
        return NULL;
    }
    lines->line[strcspn(lines->line, "\n")] = '\0';
    return lines->line;
}

static void lines_close(struct lines *lines)
{
    if (lines->file) {
        (void)fclose(lines->file); /* it was only read */
    }
    free(lines->line);
}

/* "4:cpu,cpuacct:/group", or "0::/group" for version 2. */
static void read_path(const char *root, struct hierarchy *tree)
{
    struct lines lines = lines_open(root, "/proc/self/cgroup");
    char *line;

    while ((line = lines_next(&lines))) {
        char *controllers = strchr(line, ':');
        char *path = controllers ? strchr(controllers + 1, ':') : NULL;
        if (!path) {
            continue;
        }
        *path++ = '\0';
        controllers++;
        if (tree->is_v2 ? !*controllers : list_holds(controllers, "cpu")) {
            replace(&tree->path, path);
        }
    }
    lines_close(&lines);
}

static bool is_octal(const char *digits)
{
    return strspn(digits, "01234567") >= 3;
}

/* mountinfo writes a blank as \040, and so on. */
static void unescape(char *text)
{
    char *to = text;
    for (const char *from = text; *from;) {
        if (*from == '\\' && is_octal(from + 1)) {
            *to++ = (char)((from[1] - '0') << 6 | (from[2] - '0') << 3 |
                           (from[3] - '0'));
            from += 4;
        } else {
            *to++ = *from++;
        }
    }
    *to = '\0';
}

/* Take the next word off a line; NULL at its end. */
static char *take_word(char **line)
{
    *line += strspn(*line, " ");
    char *word = *line;
    *line += strcspn(*line, " ");
    if (*line == word) {
        return NULL;
    }
    if (**line) {
        *(*line)++ = '\0';
    }
    return word;
}

/* What is left of path below mount_root; NULL if it is not there. A path with
 * .. leads out of our namespace: then only the top can be seen. */
static const char *below(const char *path, const char *mount_root)
{
    size_t len = strcmp(mount_root, "/") != 0 ? strlen(mount_root) : 0;

    if (strstr(path, "/..") || strncmp(path, mount_root, len) != 0 ||
        (path[len] && path[len] != '/')) {
        return NULL;
    }
    return path + len;
}

/* The first mount that shows our group, else the first of the tree. */
static void consider_mount(struct hierarchy *tree, char *mount_root,
                           char *mount_point)
{
    unescape(mount_root);
    unescape(mount_point);
    bool holds_us = below(tree->path, mount_root) != NULL;
    if (!tree->mount_point || (holds_us && !tree->mount_holds_us)) {
        replace(&tree->mount_point, mount_point);
        replace(&tree->mount_root, mount_root);
        tree->mount_holds_us = holds_us;
    }
}

/* "31 23 0:28 ROOT POINT rw,relatime [more] - TYPE SOURCE OPTIONS" */
static void read_mounts(const char *root, struct hierarchy *tree)
{
    struct lines lines = lines_open(root, "/proc/self/mountinfo");
    char *line;

    while ((line = lines_next(&lines))) {
        char *tail = strstr(line, " - ");
        if (!tail) {
            continue;
        }
        *tail = '\0';
        tail += 3;
        char *type = take_word(&tail);
        char *source = take_word(&tail);
        char *options = source ? take_word(&tail) : NULL;
        for (int i = 0; i < 3; i++) {
            (void)take_word(&line); /* id, parent, device */
        }
        char *mount_root = take_word(&line);
        char *mount_point = take_word(&line);
        if (!mount_point || !options) {
            continue;
        }
        if (tree->is_v2
                ? !strcmp(type, "cgroup2")
                : !strcmp(type, "cgroup") && list_holds(options, "cpu")) {
            consider_mount(tree, mount_root, mount_point);
        }
    }
    lines_close(&lines);
}

static bool folder_exists(const char *root, const char *path)
{
    AUTO_FREE char *full = xasprintf("%s%s", root, path);
    return access(full, F_OK) == 0;
}

/* Where the trees are on every machine whose mountinfo cannot be read. */
static void guess_mount(const char *root, struct hierarchy *tree)
{
    static const char *const usual[2][2] = {
        {"/sys/fs/cgroup/cpu", "/sys/fs/cgroup/cpu,cpuacct"},
        {"/sys/fs/cgroup/unified", "/sys/fs/cgroup"},
    };
    char top[] = "/";

    for (size_t i = 0; i < 2 && !tree->mount_point; i++) {
        const char *path = usual[tree->is_v2][i];
        if (folder_exists(root, path)) {
            AUTO_FREE char *point = xstrdup(path);
            consider_mount(tree, top, point);
        }
    }
}

/* The words of the first line of a small file: how many of the two there
 * are. */
static int read_words(const char *folder, const char *name, char words[2][24])
{
    AUTO_FREE char *path = xasprintf("%s/%s", folder, name);
    FILE *file = fopen(path, "re");
    int count = 0;

    if (file) {
        count = fscanf(file, "%23s %23s", words[0], words[1]);
        (void)fclose(file); /* it was only read */
    }
    return count < 0 ? 0 : count;
}

static bool parse_number(const char *text, uint64_t *number)
{
    uint64_t value = 0;
    size_t len = strlen(text);

    if (!len || len > 18 || strspn(text, "0123456789") != len) {
        return false;
    }
    for (; *text; text++) {
        value = value * 10 + (uint64_t)(*text - '0');
    }
    *number = value;
    return true;
}

static unsigned to_cores(const char *quota_text, const char *period_text)
{
    uint64_t quota;
    uint64_t period;

    if (!parse_number(quota_text, &quota) || !quota ||
        !parse_number(period_text, &period) || !period) {
        return CGROUP_NO_LIMIT; /* "max" and "-1", too */
    }
    uint64_t cores = quota / period + (quota % period != 0);
    return cores < CGROUP_NO_LIMIT ? (unsigned)cores : CGROUP_NO_LIMIT;
}

/* What one group allows. */
static unsigned group_limit(const char *folder, bool is_v2)
{
    char quota[2][24];
    char period[2][24];

    if (is_v2) {
        return read_words(folder, "cpu.max", quota) == 2
                   ? to_cores(quota[0], quota[1])
                   : CGROUP_NO_LIMIT;
    }
    return read_words(folder, "cpu.cfs_quota_us", quota) >= 1 &&
                   read_words(folder, "cpu.cfs_period_us", period) >= 1
               ? to_cores(quota[0], period[0])
               : CGROUP_NO_LIMIT;
}

/* The smallest limit on the way from our group up to the mount point. */
static unsigned path_limit(const char *root, const struct hierarchy *tree)
{
    const char *rest = below(tree->path, tree->mount_root);
    AUTO_FREE char *folder =
        xasprintf("%s%s%s", root, tree->mount_point, rest ? rest : "");
    size_t top = strlen(root) + strlen(tree->mount_point);
    unsigned limit = CGROUP_NO_LIMIT;

    for (;;) {
        unsigned here = group_limit(folder, tree->is_v2);
        limit = here < limit ? here : limit;
        if (strlen(folder) <= top) {
            return limit;
        }
        *strrchr(folder + top, '/') = '\0';
    }
}

static unsigned tree_limit(const char *root, bool is_v2)
{
    struct hierarchy tree = {.is_v2 = is_v2, .path = xstrdup("/")};

    read_path(root, &tree);
    read_mounts(root, &tree);
    guess_mount(root, &tree);
    unsigned limit =
        tree.mount_point ? path_limit(root, &tree) : CGROUP_NO_LIMIT;
    hierarchy_release(&tree);
    return limit;
}

unsigned cgroup_cpu_limit(const char *root)
{
    unsigned v1 = tree_limit(root, false);
    unsigned v2 = tree_limit(root, true);
    return v1 < v2 ? v1 : v2;
}

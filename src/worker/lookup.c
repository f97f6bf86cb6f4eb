/* SPDX-License-Identifier: MIT */
#include "worker/lookup.h"

#include <dirent.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/auto.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/xalloc.h"

/* The machine in the header of an ELF file, or EM_NONE. */
static unsigned elf_machine(const char *path)
{
    AUTO_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC);
    ElfW(Ehdr) header;
    if (fd < 0 ||
        fd_read(fd, &header, sizeof header) != (ssize_t)sizeof header ||
        memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) {
        return EM_NONE;
    }
    return header.e_machine;
}

/* An emulator that the kernel starts by itself would show here. */
static bool emulators_are_registered(void)
{
    DIR *folder = opendir("/proc/sys/fs/binfmt_misc");
    const struct dirent *entry;
    bool found = false;
    while (folder && (entry = readdir(folder))) {
        found = found || !strncmp(entry->d_name, "qemu-", 5);
    }
    if (folder) {
        (void)closedir(folder);
    }
    return found;
}

static bool is_foreign(const char *path)
{
    unsigned machine = elf_machine(path);
    unsigned ours = elf_machine("/proc/self/exe");
    if (machine == EM_NONE || machine == ours ||
        (machine == EM_386 && ours == EM_X86_64) ||
        (machine == EM_ARM && ours == EM_AARCH64)) {
        return false;
    }
    return !emulators_are_registered();
}

/* 0, or the errno that exec would give. */
static int can_run(const char *path)
{
    struct stat status;
    if (stat(path, &status) < 0) {
        return errno;
    }
    if (!S_ISREG(status.st_mode) || access(path, X_OK) < 0) {
        return EACCES;
    }
    return is_foreign(path) ? ENOEXEC : 0;
}

static char *join(const char *folder, const char *name)
{
    return folder && name[0] != '/' ? xasprintf("%s/%s", folder, name)
                                    : xstrdup(name);
}

static int refuse(const char *name, int code, int *exit_code, struct err *err)
{
    *exit_code = 126;
    if (code == EACCES) {
        return err_set(err, code,
                       "command cannot be run: %.200s: permission "
                       "denied (is it executable?)",
                       name);
    }
    if (code == ENOEXEC) {
        return err_set(err, code,
                       "command cannot be run: %.200s is made for "
                       "another kind of processor",
                       name);
    }
    *exit_code = 127;
    return err_set(err, code, "command not found: %.200s", name);
}

static int look_in_path(const char *name, const char *folder, char **path)
{
    const char *rest = getenv("PATH");
    int worst = ENOENT;

    rest = rest ? rest : "/bin:/usr/bin";
    for (;;) {
        size_t len = strcspn(rest, ":");
        AUTO_FREE char *one =
            xasprintf("%.*s%s%s", (int)len, rest, len ? "/" : "./", name);
        AUTO_FREE char *seen = join(folder, one);
        /* a folder we may not search is passed over, as by a shell */
        int code = access(seen, F_OK) < 0 ? ENOENT : can_run(seen);
        if (!code) {
            *path = TAKE(one);
            return 0;
        }
        worst = code == EACCES || code == ENOEXEC ? code : worst;
        if (!rest[len]) {
            return worst;
        }
        rest += len + 1;
    }
}

int lookup_command(const char *name, const char *folder, char **path,
                   int *exit_code, struct err *err)
{
    int code;
    if (!strchr(name, '/')) {
        code = *name ? look_in_path(name, folder, path) : ENOENT;
        return code ? refuse(name, code, exit_code, err) : 0;
    }
    AUTO_FREE char *seen = join(folder, name);
    code = can_run(seen);
    if (code) {
        return refuse(name, code, exit_code, err);
    }
    *path = xstrdup(name);
    return 0;
}

/* SPDX-License-Identifier: MIT */
#include "cli/completion.h"

#include <errno.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "cli/option_table.h"

/* Call add for each way to write an option: "-j", "--jobs", ... */
static void for_each_spelling(struct buf *script,
                              const struct option_entry *entry,
                              void (*add)(struct buf *script,
                                          const struct option_entry *entry,
                                          struct bytes spelled))
{
    const char *rest = entry->names;
    struct bytes name;

    for (const char *letter = entry->letters; *letter; letter++) {
        const char spelled[] = {'-', *letter};
        add(script, entry, (struct bytes){spelled, sizeof spelled});
    }
    while (option_next_word(&rest, &name)) {
        char spelled[OPTION_SPELLED_SIZE] = "--";
        memcpy(spelled + 2, name.data, name.len);
        add(script, entry, bytes_of(spelled));
    }
}

static void add_line(struct buf *script, const struct option_entry *entry,
                     struct bytes spelled)
{
    (void)entry;
    buf_printf(script, "%.*s\n", (int)spelled.len, spelled.data);
}

static void add_alternative(struct buf *script,
                            const struct option_entry *entry,
                            struct bytes spelled)
{
    (void)entry;
    buf_printf(script, " | %.*s", (int)spelled.len, spelled.data);
}

static void add_letters(struct buf *script, bool with_value)
{
    for (size_t i = 0; i < option_table_len; i++) {
        if ((option_table[i].argument != NULL) == with_value) {
            buf_add_text(script, option_table[i].letters);
        }
    }
}

/* How bash finds what an option takes; NULL where nothing can be offered. */
static const char *bash_action(enum option_kind kind)
{
    switch (kind) {
    case OPTION_SOURCE:
    case OPTION_FILE:
        return "-f";
    case OPTION_FOLDER:
        return "-d";
    case OPTION_VARIABLES:
        return "-v";
    default:
        return NULL;
    }
}

/* A branch of the case over the option that the value belongs to. */
static void add_bash_case(struct buf *script, const struct option_entry *entry)
{
    AUTO_BUF struct buf spellings = {0};
    const char *action = bash_action(entry->kind);

    for_each_spelling(&spellings, entry, add_alternative);
    buf_printf(script, "    %s)\n", buf_text(&spellings) + 3);
    if (action) {
        buf_printf(script, "        _poolrun_reply %s\n", action);
    } else if (entry->words) {
        buf_printf(script, "        _poolrun_reply -W '%s'\n", entry->words);
    } else {
        buf_add_text(script, "        COMPREPLY=()\n");
    }
    buf_add_text(script, "        ;;\n");
}

static const char bash_head[] =
    "# bash completion for poolrun\n"
    "\n"
    "# _poolrun_reply WHAT...: offer what `compgen WHAT...` finds for $cur\n"
    "_poolrun_reply() {\n"
    "    case $1 in\n"
    "    -f | -d) compopt -o filenames 2>/dev/null ;;\n"
    "    esac\n"
    "    local IFS=$'\\n'\n"
    "    [ \"$1\" != -W ] || IFS=$' \\n'\n"
    "    COMPREPLY=($(compgen \"$@\" -- \"$cur\"))\n"
    "}\n"
    "\n"
    "# offer values of the option $1\n"
    "_poolrun_value() {\n"
    "    case $1 in\n";

static const char bash_tail[] =
    "# the command and its words, which begin at COMP_WORDS[$1]\n"
    "_poolrun_command() {\n"
    "    local i\n"
    "    for ((i = $1; i < COMP_CWORD; i++)); do\n"
    "        case ${COMP_WORDS[i]} in\n"
    "        :::*) _poolrun_reply -f; return ;;\n"
    "        esac\n"
    "    done\n"
    "    if ((COMP_CWORD == $1)); then\n"
    "        case $cur in\n"
    "        */*) _poolrun_reply -f ;;\n"
    "        *) _poolrun_reply -c ;;\n"
    "        esac\n"
    "    elif declare -F _comp_command_offset >/dev/null; then\n"
    "        _comp_command_offset \"$1\"\n"
    "    elif declare -F _command_offset >/dev/null; then\n"
    "        _command_offset \"$1\"\n"
    "    else\n"
    "        _poolrun_reply -f\n"
    "    fi\n"
    "}\n"
    "\n"
    "_poolrun() {\n"
    "    local cur=${COMP_WORDS[COMP_CWORD]} waiting='' i word\n"
    "    COMPREPLY=()\n"
    "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
    "        word=${COMP_WORDS[i]}\n"
    "        if [ -n \"$waiting\" ]; then\n"
    "            # bash cuts --name=value into three words\n"
    "            [ \"$word\" = = ] || waiting=''\n"
    "        elif [ \"$word\" = -- ]; then\n"
    "            _poolrun_command $((i + 1))\n"
    "            return\n"
    "        elif [[ $word =~ $_poolrun_waits ]]; then\n"
    "            waiting=$word\n"
    "            [[ $word == --* ]] || waiting=-${word: -1}\n"
    "        elif [[ $word != -?* ]]; then\n"
    "            _poolrun_command \"$i\"\n"
    "            return\n"
    "        fi\n"
    "    done\n"
    "    if [ -n \"$waiting\" ]; then\n"
    "        [ \"$cur\" != = ] || cur=''\n"
    "        _poolrun_value \"$waiting\"\n"
    "    elif [[ $cur == -* ]]; then\n"
    "        _poolrun_reply -W \"$_poolrun_options\"\n"
    "    else\n"
    "        _poolrun_command \"$COMP_CWORD\"\n"
    "    fi\n"
    "}\n"
    "\n"
    "complete -F _poolrun poolrun\n";

/* A pattern for words whose value is the next word. */
static void add_bash_pattern(struct buf *script)
{
    buf_add_text(script, "_poolrun_waits='^(-[");
    add_letters(script, false);
    buf_add_text(script, "]*[");
    add_letters(script, true);
    buf_add_text(script, "]");
    for (size_t i = 0; i < option_table_len; i++) {
        const char *rest = option_table[i].names;
        struct bytes name;
        while (option_table[i].argument && option_next_word(&rest, &name)) {
            buf_printf(script, "|--%.*s", (int)name.len, name.data);
        }
    }
    buf_add_text(script, ")$'\n\n");
}

static void add_bash(struct buf *script)
{
    buf_add_text(script, bash_head);
    for (size_t i = 0; i < option_table_len; i++) {
        if (option_table[i].argument) {
            add_bash_case(script, &option_table[i]);
        }
    }
    buf_add_text(script, "    esac\n}\n\n_poolrun_options='\n");
    for (size_t i = 0; i < option_table_len; i++) {
        for_each_spelling(script, &option_table[i], add_line);
    }
    buf_add_text(script, "'\n\n# options whose value is the next word\n");
    add_bash_pattern(script);
    buf_add_text(script, bash_tail);
}

/* Text for a spec of _arguments, inside single quotes. */
static void add_zsh_text(struct buf *script, const char *text)
{
    for (; *text; text++) {
        if (*text == '\'') {
            buf_add_text(script, "'\\''");
            continue;
        }
        if (strchr("[]:\\", *text)) {
            buf_add_char(script, '\\');
        }
        buf_add_char(script, *text);
    }
}

static void add_zsh_action(struct buf *script, const struct option_entry *entry)
{
    switch (entry->kind) {
    case OPTION_SOURCE:
    case OPTION_FILE:
        buf_add_text(script, "_files");
        return;
    case OPTION_FOLDER:
        buf_add_text(script, "_files -/");
        return;
    case OPTION_VARIABLES:
        buf_add_text(script, "_parameters -g \"*export*\"");
        return;
    default:
        break;
    }
    if (entry->words) {
        buf_add_char(script, '(');
        add_zsh_text(script, entry->words);
        buf_add_char(script, ')');
    }
}

static void add_zsh_spec(struct buf *script, const struct option_entry *entry,
                         struct bytes spelled)
{
    const char *joint = "";

    if (entry->argument) {
        joint = spelled.data[1] == '-' ? "=" : "+";
    }
    buf_printf(script, "    '*%.*s%s[", (int)spelled.len, spelled.data, joint);
    add_zsh_text(script, entry->help);
    buf_add_char(script, ']');
    if (entry->argument) {
        buf_add_char(script, ':');
        add_zsh_text(script, entry->argument);
        buf_add_char(script, ':');
        add_zsh_action(script, entry);
    }
    buf_add_text(script, "' \\\n");
}

static void add_zsh(struct buf *script)
{
    buf_add_text(script, "#compdef poolrun\n\n_arguments -s -S -A '-*' \\\n");
    for (size_t i = 0; i < option_table_len; i++) {
        for_each_spelling(script, &option_table[i], add_zsh_spec);
    }
    buf_add_text(script, "    '(-):command:_command_names -e' \\\n"
                         "    '*::word:_normal'\n");
}

int completion_add(const char *shell, struct buf *script, struct err *err)
{
    if (!strcmp(shell, "bash")) {
        add_bash(script);
    } else if (!strcmp(shell, "zsh")) {
        add_zsh(script);
    } else {
        return err_set(err, EINVAL,
                       "--completion takes bash or zsh, not \"%s\"", shell);
    }
    return 0;
}

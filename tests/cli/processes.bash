# processes.bash - run poolrun beside the test, and find what it leaves behind
#
# Whatever `begin` starts has a mark in its environment that no other test has,
# so every process below it is found, wherever it hid.

: "${POOLRUN:=$BATS_TEST_DIRNAME/../../src/poolrun}"
mark=$BATS_ROOT_PID-${BATS_TEST_FILENAME##*/}-$BATS_TEST_NUMBER

# begin ARGUMENT...: start poolrun; its stdout goes to `out`, its stderr to
# `err`, and $PID is its number.
begin() {
    begin_as "$POOLRUN" "$@" >out
}

# begin_as COMMAND...: the same with a command that becomes poolrun by exec,
# and with our stdout. Signals that a shell ignores for its background are not.
begin_as() {
    rm -f pid end
    # shellcheck disable=SC2016 # perl's own variables
    perl -e '
        sub note {
            my ($name, $text) = @_;
            open(my $file, ">", "$name.new") or die $!;
            print $file "$text\n";
            close($file);
            rename("$name.new", $name);
        }
        my ($mark, @command) = @ARGV;
        defined(my $pid = fork) or die $!;
        if (!$pid) {
            $SIG{INT} = $SIG{QUIT} = "DEFAULT";
            $ENV{POOLRUN_TEST_MARK} = $mark;
            exec @command or die $!;
        }
        note("pid", $pid);
        waitpid($pid, 0);
        note("end", $? & 127 ? "signal " . ($? & 127) : "exit " . ($? >> 8));
    ' "$mark" "$@" <&0 2>err 3>&- &
    wait_for [ -e pid ]
    PID=$(<pid)
    export PID
}

# assert_end PATTERN: poolrun ends, by "exit N" or by "signal N".
assert_end() {
    local got
    wait_for [ -e end ] || show
    got=$(<end)
    # shellcheck disable=SC2053
    [[ "$got" == $1 ]] || {
        echo "ended by $got, expected $1" >&2
        show
    }
}

# What `begin` has seen so far; fails.
show() {
    local file
    for file in out err; do
        echo "$file: $(tail -c 2000 "$file" 2>/dev/null | tr '\0' '~')" >&2
    done
    each_survivor show_process
    return 1
}

show_process() {
    echo "$1: $(tr '\0' ' ' 2>/dev/null <"/proc/$1/cmdline")" \
        "$(grep State: "/proc/$1/status" 2>/dev/null)" >&2
}

# each_survivor COMMAND...: with the number of each process that begin made,
# and that is no zombie (whose environment is empty).
each_survivor() {
    local file
    for file in $(grep -lsaz "^POOLRUN_TEST_MARK=$mark\$" \
        /proc/[0-9]*/environ || true); do
        file=${file%/environ}
        "$@" "${file#/proc/}"
    done
}

no_survivors() {
    [ -z "$(each_survivor echo)" ]
}

assert_no_survivors() {
    wait_for no_survivors || show
}

# The survivors whose command line, its words joined by blanks, has this
# pattern.
survivors_like() {
    each_survivor is_like "$1"
}

is_like() {
    ! tr '\0' ' ' 2>/dev/null <"/proc/$2/cmdline" | grep -q -- "$1" ||
        echo "$2"
}

workers() {
    survivors_like '^poolrun --worker'
}

# there_are N PATTERN: so many survivors are like that.
there_are() {
    [ "$(survivors_like "$2" | wc -l)" -eq "$1" ]
}

# catches PID SIGNAL: it has a handler for it by now.
catches() {
    local mask
    mask=$(sed -n 's/^SigCgt:[[:blank:]]*//p' "/proc/$1/status")
    (((16#${mask:-0} >> ($(kill -l "$2") - 1)) & 1))
}

# has_state PID LETTERS: as ps(1) shows it.
has_state() {
    [[ "$(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null)" == [$2]* ]]
}

is_gone() {
    ! [ -e "/proc/$1/stat" ] || has_state "$1" ZX
}

# lines_in FILE N: it has at least so many.
lines_in() {
    [ -e "$1" ] && [ "$(wc -l <"$1")" -ge "$2" ]
}

# script NAME: an executable shell script from stdin.
script() {
    { echo '#!/bin/sh' && cat; } >"$1"
    chmod +x "$1"
}

teardown() {
    each_survivor kill -KILL 2>/dev/null || true
}

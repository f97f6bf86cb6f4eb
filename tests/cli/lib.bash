# lib.bash - what every CLI test loads
#
# Each test runs in an empty folder of its own. `run poolrun ...` runs the
# program under test; then assert_status, assert_output and assert_stderr.

bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
    unset POOLRUN_SEQ POOLRUN_SLOT POOLRUN_ATTEMPT POOLRUN_POOL
    unset SLURM_CPUS_ON_NODE
    export LC_ALL=C
}

poolrun() {
    "${POOLRUN:-$BATS_TEST_DIRNAME/../../src/poolrun}" "$@"
}

# Run a command as the test's subject: its stdout byte for byte in $output
# (but for trailing newlines), its stderr in $stderr, its status in $status.
run() {
    status=0
    "$@" >"$BATS_TEST_TMPDIR/.out" 2>"$BATS_TEST_TMPDIR/.err" || status=$?
    output=$(tr '\0' '~' <"$BATS_TEST_TMPDIR/.out")
    stderr=$(tr '\0' '~' <"$BATS_TEST_TMPDIR/.err")
}

tell() {
    printf '%s\n' "$@" "status: $status" "stdout: $output" \
        "stderr: $stderr" >&2
    return 1
}

assert_status() {
    [ "$status" -eq "$1" ] || tell "expected status $1"
}

assert_output() {
    [ "$output" = "$1" ] || tell "expected stdout: $1"
}

# The output's lines in any order: give them sorted.
assert_output_sorted() {
    [ "$(sort <"$BATS_TEST_TMPDIR/.out")" = "$1" ] ||
        tell "expected stdout, sorted: $1"
}

# assert_stderr TEXT: stderr holds the text somewhere; '' = it is empty.
assert_stderr() {
    if [ -z "$1" ]; then
        [ -z "$stderr" ] || tell "expected nothing on stderr"
    else
        [[ "$stderr" == *"$1"* ]] || tell "expected in stderr: $1"
    fi
}

# Wait until a command succeeds; fail after 60 s, for slow machines.
wait_for() {
    local deadline=$((SECONDS + 60))
    until "$@"; do
        if ((SECONDS >= deadline)); then
            echo "waited 60 s for: $*" >&2
            return 1
        fi
        sleep 0.01
    done
}

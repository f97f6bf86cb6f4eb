# reader: somebody is slow to read what the jobs write, or has stopped

load ../cli/lib
load ../cli/processes
load lib

setup_file() {
    # A sanitizer that keeps what was freed would be measured instead.
    export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}quarantine_size_mb=1"
}

# Up to so many KiB is what poolrun may have had in memory.
assert_peak_below() {
    local peak
    peak=$(sed -n 's/^VmHWM:[[:blank:]]*\([0-9]*\).*/\1/p' "/proc/$PID/status")
    [ "$peak" -lt "$1" ] || {
        echo "peak: $peak KiB" >&2
        show
    }
}

# A big job, 50 MB, and one that waits for a word.
begin_writing() {
    mkfifo pipe
    exec {hold}<>pipe
    script writer <<'EOF'
[ "$1" = big ] && exec seq 7000000
until [ -e go ]; do
    sleep 0.05
done
EOF
    begin_as "$POOLRUN" "$@" -j2 ./writer {} ::: big last >pipe
}

@test "live output: a stopped reader stops the job, and all bytes come" {
    for mode in -u --lb '-k --lb'; do
        rm -f pipe go
        # shellcheck disable=SC2086
        begin_writing $mode
        wait_for writer_is_stuck || show
        [ "$(written_by "$(survivors_like '^seq ')")" -lt 8000000 ] || show
        assert_peak_below 40000
        exec {reader}<pipe {hold}>&-
        cksum <&"$reader" >got &
        wait_for there_are 0 '^seq '
        assert_peak_below 40000
        touch go
        exec {reader}<&-
        assert_end 'exit 0'
        wait $!
        [ "$(<got)" = "$(seq 7000000 | cksum)" ] || show
    done
}

@test "whole output waits on the disk, not in memory, and all bytes come" {
    begin_writing --joblog log
    wait_for there_are 0 '^seq '
    wait_for is_stuck "$PID"
    assert_peak_below 40000
    exec {reader}<pipe {hold}>&-
    cksum <&"$reader" >got &
    touch go
    exec {reader}<&-
    assert_end 'exit 0'
    wait $!
    [ "$(<got)" = "$(seq 7000000 | cksum)" ] || show
}

@test "output of 64 MiB is intact, on both streams" {
    script both <<'EOF'
seq 8500000
seq 2000000 >&2
EOF
    begin -j1 ./both ::: 1
    assert_end 'exit 0'
    [ "$(cksum <out)" = "$(seq 8500000 | cksum)" ]
    [ "$(cksum <err)" = "$(seq 2000000 | cksum)" ]
}

@test "-k: many wait behind a slow one, in little memory, few descriptors" {
    script job <<'EOF'
if [ "$1" = 1 ]; then
    until [ -e go ]; do
        sleep 0.05
    done
fi
head -c 200000 /dev/zero | tr '\0' "$(($1 % 10))"
echo
EOF
    begin -k -j2 --joblog log ./job {} < <(seq 301)
    wait_for lines_in log 301
    [ "$(find "/proc/$PID/fd" -mindepth 1 | wc -l)" -lt 40 ] || show
    assert_peak_below 40000
    touch go
    assert_end 'exit 0'
    awk '{print length($0), substr($0, 1, 1)}' out >seen
    seq 301 | awk '{print 200000, $1 % 10}' >expected
    cmp seen expected
}

@test "a stopped reader: TERM kills the jobs, and INT then ends poolrun" {
    mkfifo pipe
    exec {hold}<>pipe
    for mode in -u --lb; do
        for moment in early late; do
            begin_as "$POOLRUN" "$mode" -j2 seq {} ::: 70000000 80000000 >pipe
            wait_for there_are 2 '^seq '
            wait_for is_stuck "$(survivors_like '^seq ' | head -n 1)"
            kill -s TERM "$PID"
            [ "$moment" = early ] || wait_for workers_are_gone
            kill -s INT "$PID"
            assert_end 'signal *' # by which of them is up to the kernel
            no_survivors || show
        done
    done
    exec {hold}>&-
}

workers_are_gone() {
    [ -z "$(workers)" ]
}

@test "a reader of a file is never slow: a run with a full pipe goes on" {
    mkfifo pipe
    exec {hold}<>pipe
    script writer <<'EOF'
head -c 300000 /dev/zero
touch "ran.$1"
EOF
    # each job of these ends, its output is kept until somebody reads
    begin_as "$POOLRUN" -j1 ./writer {} ::: 1 2 3 >pipe
    wait_for [ -e ran.1 -a -e ran.2 -a -e ran.3 ]
    exec {reader}<pipe {hold}>&-
    [ "$(wc -c <&"$reader")" -eq 900000 ]
    exec {reader}<&-
    assert_end 'exit 0'
}

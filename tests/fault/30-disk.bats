# disk: no room where large output waits

load ../cli/lib
load ../cli/processes
load lib

# Run with 2 MB of room for large output, in a file system of our own.
begin_on_small_disk() {
    mkdir -p disk
    # shellcheck disable=SC2016
    begin_as unshare "$unshare" sh -c '
        mount -t tmpfs -o size=2m small disk &&
        TMPDIR=$PWD/disk exec "$@"' sh "$POOLRUN" "$@"
}

# Sets how: as root, or with rights in a namespace of our own.
may_mount() {
    mkdir -p probe
    for unshare in -m -rm; do
        ! unshare "$unshare" mount -t tmpfs small probe 2>/dev/null || return 0
    done
    return 1
}

# The same where nobody may mount: no file may be larger.
begin_with_small_files() {
    mkdir -p disk
    # shellcheck disable=SC2016
    begin_as sh -c 'ulimit -f 4096; TMPDIR=$PWD/disk exec "$@"' sh \
        "$POOLRUN" "$@"
}

make_job() {
    script job <<'EOF'
touch "ran.$1"
[ "$1" != big ] || exec head -c 10000000 /dev/zero
echo "$1"
EOF
}

@test "a full disk is told, starts nothing more, and keeps what finished" {
    make_job
    if may_mount; then
        begin_on_small_disk -j1 ./job {} ::: one two big three >out
        wait_for grep -q 'no new job starts until there is room' err || show
        grep -q '^poolrun: .*/disk: No space left' err || show
        kill -s INT "$PID"
        assert_end 'signal 2'
    else
        begin_with_small_files -j1 ./job {} ::: one two big three >out
        assert_end 'exit 255'
    fi
    [ "$(<out)" = $'one\ntwo' ] || show
    [ ! -e ran.three ]
    no_survivors || show
}

@test "a limit on the size of files ends the run, told, finished output whole" {
    make_job
    begin_with_small_files -j1 ./job {} ::: one two big three >out
    assert_end 'exit 255'
    grep -q '^poolrun: .*/disk: File too large' err || show
    [ "$(<out)" = $'one\ntwo' ] || show
    [ ! -e ran.three ]
    no_survivors || show
}

@test "when there is room again, the run goes on, and no byte is lost" {
    local number
    script job <<'EOF'
seq -f "$1 %.0f" 60000
EOF
    for number in 1 2 3 4 5 6 7 8 9; do
        seq -f "$number %.0f" 60000
    done | cksum >expected
    mkfifo pipe
    exec {hold}<>pipe
    if may_mount; then
        # the message would come behind the output
        begin_on_small_disk -k -j1 ./job {} < <(seq 9) >pipe
        wait_for writer_is_stuck || show
    else
        begin_as "$POOLRUN" -k -j1 ./job {} < <(seq 9) >pipe
    fi
    exec {reader}<pipe {hold}>&-
    cksum <&"$reader" >got
    exec {reader}<&-
    assert_end 'exit 0'
    cmp got expected
    ! may_mount || grep -q 'there is room again; going on' err || show
}

@test "TMPDIR that is not there is told, and ends the run" {
    TMPDIR=$PWD/nowhere run poolrun -j1 sh -c 'head -c 3000000 /dev/zero' _ ::: 1
    assert_status 255
    assert_output ''
    assert_stderr "cannot make a spool file in $PWD/nowhere"
}

@test "small output needs no disk at all" {
    TMPDIR=$PWD/nowhere run poolrun -k echo ::: 1 2
    assert_status 0
    assert_output $'1\n2'
    assert_stderr ''
}

@test "files of results wait for room on a full disk" {
    may_mount || {
        # Nobody may make a small disk here: then a file may only be so large.
        begin_as sh -c 'ulimit -f 1; exec "$@"' sh "$POOLRUN" --results r \
            head -c 100000 /dev/zero ::: 1
        assert_end 'exit 255'
        return
    }
    mkdir -p disk
    # shellcheck disable=SC2016
    begin_as unshare "$unshare" sh -c '
        mount -t tmpfs -o size=2m small disk &&
        head -c 1900000 /dev/zero >disk/fill && exec "$@"' sh \
        "$POOLRUN" --results disk/r sh -c 'head -c 1000000 /dev/zero' ::: 1
    wait_for grep -q 'waiting 60 s for room' err || show
    rm "/proc/$PID/root$PWD/disk/fill"
    assert_end 'exit 0'
}

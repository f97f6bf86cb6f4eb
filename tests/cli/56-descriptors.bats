# descriptors: closed, full, folders: whatever poolrun is given as 0, 1 and 2

# shellcheck disable=SC2016 # for the shells of the jobs
load lib
load processes

@test "with a closed stdin, the rows of ::: are enough" {
    run poolrun -k echo ::: 1 2 <&-
    assert_status 0
    assert_output $'1\n2'
}

@test "a closed stdin has no rows" {
    run poolrun echo <&-
    assert_status 0
    assert_output ''
}

@test "with a closed stdout, jobs run" {
    status=0
    poolrun touch ::: one two >&- 2>err || status=$?
    [ -e one ]
    [ -e two ]
    [ "$status" -eq 0 ] || tell "$(<err)"
    status=0
    poolrun sh -c 'echo lost; touch "$1"' _ ::: three >&- 2>err || status=$?
    [ -e three ]
}

@test "with a closed stderr, jobs run, and see none of it" {
    status=0
    poolrun sh -c 'echo out; echo err >&2; exit 2' _ ::: 1 >out 2>&- ||
        status=$?
    [ "$status" -eq 1 ]
    [ "$(<out)" = out ]
}

@test "with all three closed, jobs find theirs in place" {
    status=0
    poolrun sh -c 'exec ls /proc/$$/fd >fds' _ ::: 1 <&- >&- 2>&- || status=$?
    [ "$status" -eq 0 ]
    [ "$(<fds)" = $'0\n1\n2\n3' ] || tell "$(<fds)" # 3 is the folder itself
}

@test "a folder as stdin is an error of the input" {
    run poolrun echo </
    assert_status 255
    assert_output ''
    assert_stderr 'poolrun: '
    assert_stderr 'directory'
}

@test "empty input: no job, and all is well" {
    for input in /dev/null <(:); do
        run poolrun touch ran <"$input"
        assert_status 0
        assert_output ''
        assert_stderr ''
    done
    run poolrun touch ran -a /dev/null
    [ ! -e ran ]
}

@test "a full stdout is told, and ends the run with 255" {
    for options in '' -k -u --lb --format=csv; do
        status=0
        # shellcheck disable=SC2086
        poolrun $options -j2 echo < <(seq 100) >/dev/full 2>err || status=$?
        [ "$status" -eq 255 ] || tell "$options"
        [ "$(wc -l <err)" -eq 1 ] || tell "$(<err)"
        grep -q '^poolrun: .*standard output.*No space left' err ||
            tell "$(<err)"
    done
}

@test "a stdout that is full only at the end is told as well" {
    status=0
    poolrun echo ::: 1 >/dev/full 2>err || status=$?
    [ "$status" -eq 255 ] || tell "$(<err)"
}

@test "a full joblog is told, and ends the run with 255" {
    run poolrun --joblog /dev/full -j1 echo ::: 1 2 3
    assert_status 255
    assert_stderr '/dev/full'
}

@test "without a terminal there is no bar" {
    begin_as setsid -w "$POOLRUN" -j1 sh -c 'sleep 1.2; echo "$1"' _ ::: 1 >out
    assert_end 'exit 0'
    [ "$(<out)" = 1 ]
    [ ! -s err ] || show
}

@test "stdout that does not block for others does not trouble us" {
    mkfifo pipe
    exec {hold}<>pipe
    # non-blocking, for all who share it
    begin_as perl -e '
        use Fcntl;
        fcntl(STDOUT, F_SETFL, fcntl(STDOUT, F_GETFL, 0) | O_NONBLOCK);
        exec @ARGV;
    ' "$POOLRUN" -j1 seq 100000 ::: 200000 >pipe
    exec {reader}<pipe {hold}>&-
    seq 100000 200000 >expected
    cmp - expected <&"$reader"
    exec {reader}<&-
    assert_end 'exit 0'
}

# logs: --joblog, --results, and what is told of failures

# shellcheck disable=SC1083,SC2016 # placeholders; dollars for jobs' shells
load lib

@test "the joblog has a line a job, in the order in which they end" {
    run poolrun -j2 -k --joblog log sh -c '
        [ "$1" = 2 ] || until grep -q "_ 2" log; do sleep 0.01; done
        echo "$1"' _ {} ::: 1 2
    assert_status 0
    [ "$(cut -f 1 log)" = $'Seq\n2\n1' ]
}

@test "a line of the joblog is written as its job ends" {
    mkfifo go
    poolrun -j1 --joblog log sh -c '[ "$1" = 1 ] || read x <go' _ {} \
        ::: 1 2 3>&- &
    local pid=$!
    wait_for grep -q ^1 log
    [ "$(wc -l <log)" -eq 2 ]
    echo >go
    wait "$pid"
    [ "$(wc -l <log)" -eq 3 ]
}

@test "the joblog counts the bytes of stdout, and quotes the command" {
    run poolrun --joblog log printf '%s\n' ::: "a'b"
    run eval 'tail -n 1 log | cut -f 5-'
    assert_output $'0\t4\t0\t0\tprintf \'%s\\n\' \'a\'"\'"\'b\''
}

@test "a joblog stays a line a job whatever the row holds" {
    printf 'a\nb\tc\0' >rows
    run poolrun -0 --joblog log true <rows
    assert_status 0
    [ "$(wc -l <log)" -eq 2 ]
    [ "$(awk -F '\t' '{print NF}' log | sort -u)" = 9 ]
}

@test "a joblog of an earlier run is replaced" {
    run poolrun --joblog log true ::: 1 2
    run poolrun --joblog log true ::: 1
    [ "$(wc -l <log)" -eq 2 ]
}

@test "a joblog without jobs is its heading" {
    run poolrun --joblog log true </dev/null
    assert_status 0
    [ "$(wc -l <log)" -eq 1 ]
}

@test "a joblog that cannot be written ends the run" {
    run poolrun --joblog no/such/log touch started ::: 1
    assert_status 255
    assert_stderr '--joblog: cannot write to no/such/log'
    [ "$(ls)" = '' ]
    [ -e /dev/full ]
    run poolrun --joblog /dev/full true ::: 1
    assert_status 255
    assert_stderr 'cannot write to /dev/full: No space left on device'
}

@test "--results has stdout, stderr and seq of each job" {
    run poolrun --results out sh -c 'echo "o$1$2"; echo e >&2; exit 1' \
        _ {1} {2} ::: a ::: x y
    assert_status 2
    assert_output ''
    [ "$(cat out/1/a/2/y/stdout)" = oay ]
    [ "$(cat out/1/a/2/y/stderr)" = e ]
    [ "$(cat out/1/a/2/x/seq)" = 1 ]
}

@test "--results keeps binary and large output" {
    run poolrun --results out seq {} ::: 300000
    assert_status 0
    [ "$(md5sum <out/1/300000/stdout)" = "$(seq 300000 | md5sum)" ]
}

@test "--results leaves its folder whatever the values are" {
    run poolrun --results out echo {} ::: ../../x / . .. a/b '' $'n\nl'
    assert_status 0
    [ "$(ls -A)" = "$(printf '.err\n.out\nout')" ]
    [ "$(find out -name stdout -printf . | wc -c)" -eq 7 ]
}

@test "--results that cannot be made ends the run before any job" {
    : >file
    run poolrun --results file/x touch started ::: 1
    assert_status 255
    assert_stderr --results
    [ ! -e started ]
}

@test "each failure is told in one line, with its cause and place" {
    run poolrun -j1 sh -c 'case $1 in
        exit) exit 3 ;;
        signal) kill -SEGV $$ ;;
        esac' _ {} ::: exit signal good
    assert_status 2
    local command="sh -c 'case [^']*'"
    local place='\(pool local, attempt 1, [0-9.]+ s\)'
    grep -Eq "^poolrun: job 1 failed: exit 3: $command _ exit $place\$" .err ||
        tell "expected the first failure"
    grep -Eq "^poolrun: job 2 failed: signal SEGV: $command _ signal $place\$" \
        .err || tell "expected the second failure"
}

@test "a job that ran too long is told as timeout" {
    run poolrun --timeout 0.2 sleep ::: 60
    assert_status 1
    assert_stderr 'job 1 failed: timeout: sleep 60'
}

@test "of many failures ten are told, and the others counted" {
    run poolrun false ::: {1..15}
    assert_status 15
    [ "$(grep -c 'failed: exit 1: false' .err)" -eq 10 ]
    [ "$(tail -n 1 .err)" = 'poolrun: ... and 5 more failed' ]
}

@test "a failure's command cannot harm the terminal, and is not endless" {
    run poolrun false ::: $'\e[31m\a' "$(head -c 5000 /dev/zero | tr '\0' x)"
    assert_status 2
    [[ "$stderr" != *$'\e'* ]] || tell "an escape went through"
    [ "$(wc -c <.err)" -lt 1000 ] || tell "too long"
}

@test "success says nothing" {
    run poolrun true ::: 1 2 3
    assert_status 0
    assert_output ''
    assert_stderr ''
}

@test "the log counts what was written, also where it came live" {
    for mode in '' -u --lb; do
        # shellcheck disable=SC2086
        run poolrun $mode --joblog log echo ::: hello
        run cut -f 6 log
        assert_output $'Receive\n6'
    done
}

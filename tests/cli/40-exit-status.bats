# exit status: what poolrun ends with

# shellcheck disable=SC1083,SC2016 # placeholders; dollars for jobs' shells
load lib

@test "0: all jobs succeeded" {
    run poolrun true ::: 1 2 3
    assert_status 0
}

@test "1-100: so many jobs failed" {
    run poolrun -j4 sh -c 'exit $(($1 % 2))' _ {} ::: {1..9}
    assert_status 5
    run poolrun -j4 false ::: {1..100}
    assert_status 100
}

@test "101: more than 100 jobs failed" {
    run poolrun -j4 false ::: {1..250}
    assert_status 101
}

@test "a job's own status is not that of the run" {
    run poolrun sh -c 'exit $1' _ {} ::: 255
    assert_status 1
    run poolrun sh -c 'exit $1' _ {} ::: 127
    assert_status 1
}

@test "--halt now,fail=1: the status of the job that failed" {
    run poolrun -j1 --halt now,fail=1 sh -c 'exit $1' _ {} ::: 0 42 1
    assert_status 42
}

@test "--halt now,fail=1: 128 and the signal that killed the job" {
    run poolrun -j1 --halt now,fail=1 sh -c 'kill -KILL $$' ::: 1 2
    assert_status 137
}

@test "--halt now,fail=1: without a failure 0" {
    run poolrun --halt now,fail=1 true ::: 1 2
    assert_status 0
}

@test "--halt now kills what runs, and prints what finished" {
    run poolrun -k -j2 --halt now,fail=1 sh -c '
        echo "$1"
        [ "$1" != slow ] || exec sleep 60
        exit 3' _ {} ::: slow fail never
    assert_status 3
    assert_output fail
}

@test "--halt success: the number of failed jobs" {
    run poolrun -j1 --halt now,success=1 sh -c 'exit $1' _ {} ::: 1 1 0 1
    assert_status 2
    run poolrun -j1 --halt soon,success=1 true ::: 1 2 3
    assert_status 0
}

@test "--halt done: stops where it says, 0 if all went well" {
    run poolrun -j1 -k --halt soon,done=2 echo ::: a b c d
    assert_status 0
    assert_output $'a\nb'
}

@test "--halt fail=N%: a share of all rows" {
    run poolrun -j1 --halt now,fail=50% false ::: 1 2 3 4
    assert_status 2
}

@test "127: the command is nowhere" {
    run poolrun nosuch-command ::: 1 2
    assert_status 127
    run poolrun ./nosuch ::: 1 2
    assert_status 127
    assert_stderr 'command not found: ./nosuch'
}

@test "126: the command cannot be executed" {
    echo 'not a program' >file
    run poolrun ./file ::: 1 2
    assert_status 126
    assert_stderr 'permission denied'
    mkdir folder
    run poolrun ./folder ::: 1 2
    assert_status 126
}

@test "127 also where a folder of PATH is closed to us" {
    mkdir closed
    chmod 0 closed
    PATH=$PWD/closed:$PATH run poolrun nosuch-command ::: 1
    assert_status 127
    PATH=$PWD/closed:$PATH run poolrun {} ::: nosuch-command
    chmod 700 closed
    assert_status 1
    assert_stderr 'command not found: nosuch-command'
}

@test "127 and 126 come before any output or file but the empty log" {
    run poolrun --joblog log nosuch-command ::: 1
    assert_status 127
    assert_output ''
    [ "$(tail -n +2 log)" = '' ]
}

@test "255: a mistake in the options, told on stderr" {
    for options in --bogus '-j x' '--halt x' '--timeout x' '--format x' \
        '-n x' '--columns x' '--term-seq x' '--param x'; do
        # shellcheck disable=SC2086 # two words
        run poolrun $options touch started ::: 1
        assert_status 255
        assert_output ''
        [[ "$stderr" == poolrun:* ]] || tell "no sentence"
        [ ! -e started ]
    done
}

@test "255: input that cannot be read" {
    run poolrun -a nosuch touch started
    assert_status 255
    assert_output ''
    [ "$(ls)" = '' ]
}

@test "a job that was not started counts as failed" {
    run poolrun echo {1} {2} <<<$'a b\nc'
    assert_status 1
}

@test "a job that timed out counts as failed" {
    run poolrun --timeout 0.2 sleep ::: 60 60 0
    assert_status 2
}

@test "--dry-run ends with 0, or tells which rows would not start" {
    run poolrun --dry-run false ::: 1 2
    assert_status 0
    run poolrun --dry-run echo {2} {1} <<<$'a b\nc'
    assert_status 1
    assert_output 'echo b a'
    assert_stderr 'job 2 would not start: line 2 has 1 field, {2} needs 2'
}

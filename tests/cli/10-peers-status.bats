# peers, status: exit status, --halt, --timeout, --retries, the joblog

# shellcheck disable=SC1083,SC2016 # placeholders; dollars for jobs' shells
load lib

@test "the status is the number of failed jobs" {
    run poolrun sh -c 'exit $1' _ {} ::: 0 1 2 0
    assert_status 2
    assert_output ''
}

@test "more than 100 failed jobs are 101" {
    run poolrun -j8 false ::: {1..101}
    assert_status 101
}

@test "an unknown option is 255, and told on stderr" {
    run poolrun --bogus ::: 1
    assert_status 255
    assert_output ''
    assert_stderr 'unknown option --bogus'
}

@test "a command that is nowhere ends the run at once with 127" {
    run poolrun nosuch-command ::: 1 2 3
    assert_status 127
    assert_output ''
    [ "$stderr" = 'poolrun: command not found: nosuch-command' ] ||
        tell "expected one sentence"
}

@test "a command that cannot be executed ends the run at once with 126" {
    run poolrun /etc/passwd ::: 1 2 3
    assert_status 126
    assert_stderr 'command cannot be run: /etc/passwd: permission denied'
    [ "$(wc -l <.err)" -eq 1 ] || tell "expected one sentence"
}

@test "a command that differs from row to row fails as a job, with 127 or 126" {
    run poolrun -k --joblog log {} ::: nosuch-command /etc/passwd true
    assert_status 2
    run eval 'tail -n +2 log | cut -f 1,7-'
    assert_output_sorted "\
1	127	0	nosuch-command
2	126	0	/etc/passwd
3	0	0	true"
}

@test "a job that ends with 255 does not stop the run" {
    run poolrun -j1 sh -c 'echo $1; exit $1' _ {} ::: 255 0
    assert_status 1
    assert_output $'255\n0'
}

@test "a job that a signal kills has failed, with exit 0 in the log" {
    run poolrun -j1 --joblog log sh -c 'kill -$1 $$' _ {} ::: 9 15
    assert_status 2
    run cut -f 1,7,8 log
    assert_output $'Seq\tExitval\tSignal\n1\t0\t9\n2\t0\t15'
}

@test "--halt now,fail=1 ends with the status of the job that failed" {
    run poolrun -j1 --halt now,fail=1 sh -c 'echo $1; exit $1' _ {} ::: 0 7 0
    assert_status 7
    assert_output $'0\n7'
    assert_stderr 'job 2 failed: exit 7'
}

@test "--halt soon,fail=2 ends with the number of those that failed" {
    run poolrun -j1 --halt soon,fail=2 sh -c 'exit $1' _ {} ::: 1 2 0 3
    assert_status 2
}

@test "--halt soon lets what runs end, and starts nothing" {
    run poolrun -j2 --joblog log --halt soon,fail=1 sh -c '
        case $1 in
        slow) until grep -q fail log; do sleep 0.01; done ;;
        fail) exit 1 ;;
        esac
        echo "$1"' _ {} ::: slow fail third
    assert_status 1
    assert_output slow
}

@test "a job that runs too long is -1 in the log, with the signal that did it" {
    run poolrun -j1 --timeout 0.3 --joblog log sleep ::: 60
    assert_status 1
    assert_stderr 'job 1 failed: timeout: sleep 60'
    run cut -f 7,8 log
    assert_output $'Exitval\tSignal\n-1\t15'
}

@test "a job that ignores TERM is killed" {
    run poolrun --timeout 1 --joblog log sh -c 'trap "" TERM; sleep 60' ::: 1
    assert_status 1
    run cut -f 7,8 log
    assert_output $'Exitval\tSignal\n-1\t9'
}

@test "--retries 3 is three tries in all, and only the last is told" {
    run poolrun -j1 --retries 3 --joblog log \
        sh -c 'echo t >>tries; echo out; exit 2' ::: a
    assert_status 1
    assert_output out
    assert_stderr 'job 1 failed: exit 2'
    assert_stderr 'attempt 3'
    [ "$(wc -l <tries)" -eq 3 ]
    [ "$(wc -l <log)" -eq 2 ]
}

@test "--delay leaves at least so long between two starts" {
    local begin end
    begin=$(date +%s%N)
    run poolrun -j4 --delay 0.2 -N0 true ::: 1 2 3 4
    end=$(date +%s%N)
    assert_status 0
    [ "$((end - begin))" -ge 590000000 ] || tell "took $((end - begin)) ns"
}

@test "the joblog has nine columns that TABs separate" {
    run poolrun --joblog log echo ::: a
    assert_status 0
    [ "$(head -n 1 log)" = "\
Seq	Host	Starttime	JobRuntime	Send	Receive	Exitval	Signal	Command" ]
    local time='[0-9]+\.[0-9]{3}'
    tail -n 1 log | tr '\t' '|' |
        grep -Eq "^1\|:\|$time\| *$time\|0\|2\|0\|0\|echo a\$" ||
        tell "another line"
}

@test "--dry-run writes no joblog" {
    run poolrun --dry-run --joblog log echo ::: 1
    assert_status 0
    assert_output 'echo 1'
    [ ! -e log ]
}

@test "jobs read an empty input, and cannot eat the rows" {
    run poolrun -k sh -c 'cat; echo end $1' _ {} <<<$'1\n2'
    assert_status 0
    assert_output $'end 1\nend 2'
}

@test "-j takes numbers, more or fewer than the cores, shares and 0" {
    for jobs in 2 +1 -1 50% 100% 0 auto; do
        run poolrun -j "$jobs" echo ::: a
        assert_status 0
        assert_output a
    done
    run poolrun -jfoo true ::: 1
    assert_status 255
    assert_stderr '--jobs: "foo" is no number of workers'
}

@test "an argument that is too long fails its job, and not the run" {
    { head -c 200000 /dev/zero | tr '\0' a; printf '\nshort\n'; } >rows
    run poolrun -k --joblog log echo <rows
    assert_status 1
    assert_output short
    assert_stderr 'its arguments are too long for the kernel'
    run cut -f 1,7,8 log
    assert_output_sorted $'1\t126\t0\n2\t0\t0\nSeq\tExitval\tSignal'
}

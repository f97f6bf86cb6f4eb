# signals: what poolrun does when it is told to stop, to wait or to report

# shellcheck disable=SC2016 # for the shells of the jobs
load lib
load processes

# Says so when it runs, and when TERM comes; a file lets it end.
make_waiter() {
    script waiter <<'EOF'
trap 'echo TERM >>"seen.$1"; exit 9' TERM
trap 'echo INT >>"seen.$1"' INT QUIT HUP
touch "up.$1"
until [ -e "go.$1" ] || [ -e go ]; do
    sleep 0.02
done
echo "$1 done"
EOF
}

@test "INT, TERM, QUIT: kill what runs, print what finished, end by it" {
    make_waiter
    for signal in INT TERM QUIT; do
        rm -f up.* go.* seen.*
        touch go.1
        begin -k -j2 --joblog log ./waiter {} ::: 1 2 3 4
        wait_for [ -e up.3 ]
        wait_for lines_in log 2
        kill -s "$signal" "$PID"
        assert_end "signal $(kill -l "$signal")"
        [ "$(<out)" = '1 done' ] || show
        [ "$(cat seen.2 seen.3)" = $'TERM\nTERM' ] || show
        [ ! -e up.4 ]
        [ ! -s err ] || show
        [ ! -e core ]
    done
}

@test "the first signal lets a job take its time, the second does not" {
    script slow <<'EOF'
trap 'touch told' TERM
touch up
while :; do
    sleep 0.02
done
EOF
    begin -j1 --term-seq TERM,3600000,KILL ./slow ::: 1
    wait_for [ -e up ]
    kill -s INT "$PID"
    wait_for [ -e told ]
    [ ! -e end ]
    kill -s INT "$PID"
    assert_end 'signal 2'
    no_survivors || show
}

@test "HUP waits for what runs, prints it, and ends by HUP if rows are left" {
    make_waiter
    begin -k -j2 ./waiter {} ::: 1 2 3 4
    wait_for [ -e up.1 -a -e up.2 ]
    kill -s HUP "$PID"
    kill -s USR1 "$PID"
    wait_for grep -q '0 done, 0 failed, 2 running' err
    touch go
    assert_end 'signal 1'
    [ "$(<out)" = $'1 done\n2 done' ] || show
    [ ! -e up.3 ]
}

@test "HUP with no row left changes nothing" {
    make_waiter
    begin -k -j2 ./waiter {} ::: 1 2
    wait_for [ -e up.1 -a -e up.2 ]
    kill -s HUP "$PID"
    kill -s USR1 "$PID"
    wait_for grep -q '2 running' err
    touch go
    assert_end 'exit 0'
    [ "$(<out)" = $'1 done\n2 done' ] || show
}

@test "HUP counts failures as ever" {
    begin -j1 sh -c 'touch up; until [ -e go ]; do sleep 0.02; done; exit 3' \
        _ ::: 1
    wait_for [ -e up ]
    kill -s HUP "$PID"
    kill -s USR1 "$PID"
    wait_for grep -q '1 running' err
    touch go
    assert_end 'exit 1'
}

@test "INT after HUP kills" {
    make_waiter
    begin -j2 ./waiter {} ::: 1 2 3
    wait_for [ -e up.1 -a -e up.2 ]
    kill -s HUP "$PID"
    kill -s INT "$PID"
    assert_end 'signal 2'
    [ ! -s out ] || show
    no_survivors || show
}

@test "TSTP stops poolrun and its jobs, CONT lets them go on" {
    make_waiter
    begin -k -j2 ./waiter {} ::: 1 2 3
    wait_for [ -e up.1 -a -e up.2 ]
    for _ in 1 2; do
        kill -s TSTP "$PID"
        wait_for has_state "$PID" T
        for job in 1 2; do
            wait_for has_state "$(survivors_like "/waiter $job")" T
        done
        [ ! -e end ]
        kill -s CONT "$PID"
        wait_for has_state "$PID" SR
        for job in 1 2; do
            wait_for has_state "$(survivors_like "/waiter $job")" SR
        done
    done
    touch go
    assert_end 'exit 0'
    [ "$(<out)" = $'1 done\n2 done\n3 done' ] || show
}

@test "TERM to a stopped poolrun ends it, and its jobs, when it goes on" {
    make_waiter
    begin -j2 ./waiter {} ::: 1 2 3
    wait_for [ -e up.1 -a -e up.2 ]
    kill -s TSTP "$PID"
    wait_for has_state "$PID" T
    kill -s TERM "$PID"
    kill -s CONT "$PID"
    assert_end 'signal 15'
    no_survivors || show
}

@test "USR1 lists what runs, and the pools, on stderr" {
    make_waiter
    touch go.1
    begin -k -j2 --joblog log ./waiter {} ::: 1 2 'th ree' 4
    wait_for [ -e up.2 -a -e 'up.th ree' ]
    wait_for lines_in log 2
    kill -s USR1 "$PID"
    wait_for lines_in err 3
    touch go
    assert_end 'exit 0'
    head -n 1 err >first
    [ "$(<first)" = 'poolrun: 1 done, 0 failed, 2 running; pool local: '\
'2 of 2 workers' ] || show
    grep -Eq "^  local slot [12]: job 2 runs [0-9.]+ ?m?s: ./waiter 2\$" err ||
        show
    grep -Eq "^  local slot [12]: job 3 runs .*: ./waiter 'th ree'\$" err ||
        show
    [ "$(grep -c 'job 1' err)" -eq 0 ] || show
}

@test "signals that were ignored at the start stay ignored" {
    make_waiter
    begin_as sh -c 'trap "" HUP INT QUIT TERM TSTP; exec "$@"' sh \
        "$POOLRUN" -k -j1 ./waiter {} ::: 1 2 >out
    wait_for [ -e up.1 ]
    for signal in HUP INT QUIT TERM TSTP; do
        kill -s "$signal" "$PID"
    done
    kill -s USR1 "$PID" # comes after the others
    wait_for grep -q '0 done, 0 failed, 1 running' err
    touch go
    assert_end 'exit 0'
    [ "$(<out)" = $'1 done\n2 done' ] || show
    [ ! -e seen.1 ] || show
}

@test "nohup: no hang-up reaches it" {
    make_waiter
    begin_as nohup "$POOLRUN" -j1 ./waiter {} ::: 1 2 >out
    wait_for [ -e up.1 ]
    kill -s HUP "$PID"
    touch go
    assert_end 'exit 0'
    [ "$(<out)" = $'1 done\n2 done' ] || show
}

@test "a signal typed at the terminal reaches jobs through poolrun only" {
    make_waiter
    # a group of its own, as a shell with job control makes it
    begin_as perl -e 'setpgrp; exec @ARGV' \
        "$POOLRUN" -j2 ./waiter {} ::: 1 2 >out
    wait_for [ -e up.1 -a -e up.2 ]
    kill -s INT -- "-$PID"
    assert_end 'signal 2'
    [ "$(cat seen.1 seen.2)" = $'TERM\nTERM' ] || show
    no_survivors || show
}

@test "when nobody reads the output any more, poolrun ends by PIPE, quietly" {
    mkfifo pipe
    head -n 1 <pipe >first 3>&- &
    begin_as "$POOLRUN" -j2 sh -c 'echo $1; exec sleep 0.$1' _ {} \
        < <(yes 1) >pipe
    assert_end 'signal 13'
    [ "$(<first)" = 1 ]
    [ ! -s err ] || show
    no_survivors || show
}

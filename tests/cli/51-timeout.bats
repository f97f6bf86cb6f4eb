# timeout: a job that takes too long is ended, with all that belongs to it

# shellcheck disable=SC2016 # for the shells of the jobs
load lib
load processes

@test "--timeout ends a job, and the cause is told" {
    run poolrun -k -j3 --timeout 2 sh -c 'echo begun $1; sleep $1' _ {} \
        ::: 0 1000 0
    assert_status 1
    assert_stderr 'job 2 failed: timeout: sh -c '
    # what it had written is printed, as with any job that has ended
    assert_output $'begun 0\nbegun 1000\nbegun 0'
}

@test "--timeout takes units" {
    for value in 300ms 0.3s 0.005m; do
        run poolrun --timeout "$value" sleep ::: 1000
        assert_status 1
        assert_stderr 'timeout'
    done
    run poolrun --timeout 1h true ::: a
    assert_status 0
    run poolrun --timeout 5x true ::: a
    assert_status 255
    assert_stderr '--timeout'
}

@test "a job that ignores TERM is killed, and so are its children" {
    script stayer <<'EOF'
trap '' TERM
sleep 1000 &
setsid sleep 1000 &
while :; do
    sleep 1000
done
EOF
    begin -j1 --timeout 0.5 --joblog log ./stayer {} ::: 1
    assert_end 'exit 1'
    no_survivors || show
    # exit status -1, ended by KILL
    [ "$(awk 'NR == 2 {print $7, $8}' log)" = '-1 9' ] || tell "$(<log)"
}

@test "a job that ends at TERM is not killed" {
    script polite <<'EOF'
trap 'echo goodbye; exit 3' TERM
echo hello
while :; do
    sleep 0.05
done
EOF
    run poolrun --timeout 2 ./polite ::: 1
    assert_status 1
    assert_output $'hello\ngoodbye'
    assert_stderr 'timeout'
}

@test "--timeout N% goes by the median of the jobs that succeeded" {
    run poolrun -j2 --timeout 1000% sh -c 'sleep $1' _ {} \
        ::: 0.1 0.1 0.1 0.1 0.1 0.1 1000 0.1
    assert_status 1
    assert_stderr 'job 7 failed: timeout'
}

seconds_are() {
    ((SECONDS >= $1))
}

@test "while poolrun is stopped, timeouts stand still" {
    script waiter <<'EOF'
touch up
until [ -e go ]; do
    sleep 0.05
done
echo done
EOF
    begin -j1 --timeout 3 ./waiter ::: 1
    wait_for [ -e up ]
    kill -s TSTP "$PID"
    wait_for has_state "$PID" T
    wait_for has_state "$(survivors_like '/waiter 1' | tail -n 1)" T
    wait_for seconds_are $((SECONDS + 5))
    touch go
    kill -s CONT "$PID"
    assert_end 'exit 0'
    [ "$(<out)" = 'done' ]
}

@test "after a stop, a timeout still ends the job" {
    for limit in 1 1000%; do
        rm -f up.*
        begin -j1 --timeout "$limit" sh -c 'touch up.$1; sleep $1' _ {} \
            ::: 0.2 0.2 0.2 0.2 1000
        wait_for [ -e up.1000 ]
        kill -s TSTP "$PID"
        wait_for has_state "$PID" T
        kill -s CONT "$PID"
        assert_end 'exit 1'
        grep -q 'job 5 failed: timeout' err || show
    done
}

@test "--term-seq is what a job gets to see, in that order" {
    script witness <<'EOF'
for name in HUP INT USR2 TERM; do
    trap "echo $name >>seen" "$name"
done
touch up
while :; do
    sleep 0.01
done
EOF
    run poolrun --timeout 2 \
        --term-seq USR2,300,INT,300,HUP,300,TERM,300,KILL,25 ./witness ::: 1
    assert_status 1
    [ "$(<seen)" = $'USR2\nINT\nHUP\nTERM' ] || tell "$(<seen)"
}

@test "--term-seq that makes no sense is refused" {
    for value in x TERM,x TERM,200,NOSIG; do
        run poolrun --term-seq "$value" true ::: 1
        assert_status 255
        assert_stderr '--term-seq'
    done
}

# retry: what fails may be tried again; what kills its worker is

# shellcheck disable=SC2016 # for the shells of the jobs
load lib
load processes

# Fails until it was called so many times for its row.
make_flaky() {
    script flaky <<'EOF'
echo x >>"count.$1"
echo "$1: attempt $POOLRUN_ATTEMPT"
[ "$(wc -l <"count.$1")" -ge "$1" ]
EOF
}

@test "--retries N tries N times in all, and only the last counts" {
    make_flaky
    run poolrun -k --retries 3 ./flaky {} ::: 1 2 3 4
    assert_status 1
    assert_output $'1: attempt 1\n2: attempt 2\n3: attempt 3\n4: attempt 3'
    assert_stderr 'job 4 failed: exit 1: ./flaky 4 (pool local, attempt 3'
}

@test "without --retries a job is tried once" {
    make_flaky
    run poolrun -k ./flaky {} ::: 1 2
    assert_status 1
    assert_output $'1: attempt 1\n2: attempt 1'
}

@test "--retries 0 tries until it works" {
    make_flaky
    run poolrun -k --retries 0 ./flaky {} ::: 15
    assert_status 0
    assert_output '15: attempt 15'
}

@test "--retry-delay waits before it tries again; others go on" {
    script timed <<'EOF'
date +%s%N >>"times.$1"
[ "$(wc -l <"times.$1")" -ge "$1" ]
EOF
    run poolrun -j1 --retries 3 --retry-delay 0.4 ./timed {} ::: 3 1
    assert_status 0
    awk 'NR > 1 && $1 - last < 350000000 {exit 1} {last = $1}' times.3 ||
        tell "$(<times.3)"
    [ "$(cat times.1)" -lt "$(sed -n 2p times.3)" ] || tell "the other waited"
}

@test "a timeout is a failure that is tried again" {
    run poolrun --retries 2 --timeout 0.5 \
        sh -c '[ $POOLRUN_ATTEMPT = 2 ] || sleep 1000' _ ::: 1
    assert_status 0
}

# Kills its worker, until it is the attempt of that number.
make_killer() {
    script killer <<'EOF'
[ "$POOLRUN_ATTEMPT" -ge "$1" ] || {
    kill -KILL $PPID
    sleep 1000
}
echo "attempt $POOLRUN_ATTEMPT"
EOF
}

@test "a job whose worker dies is tried again, at no cost to --retries" {
    make_killer
    begin -j2 ./killer {} ::: 3
    assert_end 'exit 0'
    [ "$(<out)" = 'attempt 3' ] || show
    no_survivors || show
}

@test "--crash-limit ends it, and says whose worker was lost" {
    make_killer
    begin -k -j2 ./killer {} ::: 1 100 1
    assert_end 'exit 1'
    [ "$(<out)" = $'attempt 1\nattempt 1' ] || show
    grep -q 'job 2 failed: worker lost: ./killer 100' err || show
    begin -k -j2 --crash-limit 2 --retries 9 ./killer {} ::: 2 3
    assert_end 'exit 1'
    [ "$(<out)" = 'attempt 2' ] || show
    grep -q 'job 2 failed: worker lost: .*attempt 2' err || show
}

@test "nobody else is blamed for a worker that a job has killed" {
    for workers in 1 3; do
        begin -j"$workers" sh -c '[ $1 != 50 ] || kill -KILL $PPID; echo $1' \
            _ {} < <(seq 100)
        assert_end 'exit 1'
        [ "$(grep -c failed err)" -eq 1 ] || show
        grep -q 'job 50 failed: worker lost' err || show
        [ "$(sort -n out)" = "$(seq 100 | grep -vx 50)" ] || show
    done
}

@test "output of an attempt that was lost is not printed" {
    run poolrun -j1 sh -c 'echo attempt $POOLRUN_ATTEMPT
        [ $POOLRUN_ATTEMPT = 2 ] || kill -KILL $PPID' _ ::: 1
    assert_status 0
    assert_output 'attempt 2'
}

# kill: whatever is killed, however its jobs hide, nothing outlives a run

load ../cli/lib
load ../cli/processes

# A job that wants to stay: it ignores what can be ignored, as do its children,
# one in the background, one in a session of its own, one under nohup, and two
# whose parents are gone.
make_stayer() {
    script stayer <<'EOF'
trap '' TERM INT HUP QUIT
sleep 1000 &
setsid sleep 1000 &
nohup sleep 1000 >/dev/null 2>&1 &
(setsid sh -c 'sleep 1000 & sleep 1000 &' &)
while :; do
    sleep 1000
done
EOF
}

sleepers() {
    there_are "$1" '^sleep 1000'
}

begin_stayers() {
    make_stayer
    begin -j2 "$@" ./stayer {} ::: 1 2
    wait_for sleepers 12
}

@test "INT, TERM and QUIT leave no process behind" {
    for signal in INT TERM QUIT; do
        begin_stayers
        kill -s "$signal" "$PID"
        assert_end "signal $(kill -l "$signal")"
        no_survivors || show # it has waited for that
    done
}

@test "the second signal kills without another word" {
    begin_stayers --term-seq TERM,1000000,KILL
    kill -s TERM "$PID"
    kill -s USR1 "$PID" # two of a kind at once would be one
    wait_for grep -q '2 running' err
    kill -s TERM "$PID"
    assert_end 'signal 15'
    assert_no_survivors
}

@test "KILL of poolrun leaves no process behind" {
    begin_stayers
    kill -s KILL "$PID"
    assert_end 'signal 9'
    assert_no_survivors
}

@test "KILL of poolrun while its jobs are stopped leaves no process behind" {
    begin_stayers
    kill -s TSTP "$PID"
    wait_for has_state "$PID" T
    kill -s KILL "$PID"
    assert_no_survivors
}

@test "KILL of poolrun while nobody reads its output leaves none behind" {
    mkfifo pipe
    exec {hold}<>pipe
    begin_as "$POOLRUN" -u -j1 cat /dev/zero ::: '' >pipe
    wait_for there_are 1 '^cat /dev/zero'
    wait_for has_state "$(survivors_like '^cat /dev/zero')" S
    kill -s KILL "$PID"
    assert_no_survivors
    exec {hold}<&-
}

@test "KILL of poolrun while jobs start and end leaves no process behind" {
    script brief <<'EOF'
setsid sleep 1000 &
echo >>started
EOF
    for count in 5 10 20; do
        rm -f started
        begin -j4 ./brief {} < <(yes)
        wait_for lines_in started "$count"
        kill -s KILL "$PID"
        assert_no_survivors
    done
}

# The second time a job says so, and waits for a word.
make_tryer() {
    make_stayer
    script tryer <<'EOF'
[ "$POOLRUN_ATTEMPT" -gt 1 ] || exec ./stayer
touch "again.$POOLRUN_SEQ"
until [ -e go ]; do
    sleep 0.05
done
echo "$POOLRUN_SEQ: attempt $POOLRUN_ATTEMPT"
EOF
}

@test "KILL of a worker takes its job along; another worker tries it again" {
    make_tryer
    begin -j1 ./tryer {} ::: 1
    wait_for sleepers 6
    kill -s KILL "$(workers)"
    wait_for sleepers 0
    wait_for [ -e again.1 ] || show
    touch go
    assert_end 'exit 0'
    no_survivors || show
    [ "$(<out)" = '1: attempt 2' ]
}

@test "KILL of all workers at once takes all jobs along" {
    make_tryer
    begin -k -j2 ./tryer {} ::: 1 2
    wait_for sleepers 12
    # shellcheck disable=SC2046 # one word each
    kill -s KILL $(workers)
    wait_for sleepers 0
    wait_for [ -e again.1 -a -e again.2 ]
    touch go
    assert_end 'exit 0'
    no_survivors || show
    [ "$(<out)" = $'1: attempt 2\n2: attempt 2' ]
}

@test "a worker that is stopped does not keep its jobs alive" {
    begin_stayers
    kill -s STOP "$(workers | head -n 1)"
    kill -s TERM "$PID"
    assert_end 'signal 15'
    no_survivors || show
}

@test "a stopped worker that has lost poolrun ends its jobs when it goes on" {
    begin_stayers
    # shellcheck disable=SC2046 # one word each
    kill -s STOP $(workers)
    kill -s KILL "$PID"
    assert_end 'signal 9'
    # shellcheck disable=SC2046
    kill -s CONT $(workers) 2>/dev/null || true
    assert_no_survivors
}

@test "children that poolrun was born with are spared" {
    script born <<'EOF'
sleep 2000 &
setsid sleep 2000 &
exec "$@"
EOF
    make_stayer
    begin_as ./born "$POOLRUN" -j2 ./stayer {} ::: 1 2 >out
    wait_for sleepers 12
    kill -s KILL "$(workers | head -n 1)"
    wait_for there_are 2 '^poolrun --worker'
    wait_for sleepers 12
    kill -s TERM "$PID"
    assert_end 'signal 15'
    wait_for sleepers 0
    there_are 2 '^sleep 2000' || show
}

@test "what a job leaves behind is killed when it has ended" {
    script leaver <<'EOF'
trap '' TERM HUP
sleep 1000 &
setsid sleep 1000 &
(setsid sh -c 'sleep 1000 &' &)
until [ -e stop ]; do
    sleep 0.05
done
echo "$1"
EOF
    begin -j1 ./leaver {} ::: one
    wait_for sleepers 3
    touch stop
    assert_end 'exit 0'
    [ "$(<out)" = one ]
    no_survivors || show
}

@test "--keep-background lets it live, but not what a killed job had" {
    script leaver <<'EOF'
setsid sleep 2000 &
sleep 2000 &
echo "$1"
EOF
    begin --keep-background -j1 ./leaver {} ::: one two
    assert_end 'exit 0'
    wait_for there_are 4 '^sleep 2000'
    begin --keep-background -j1 --term-seq TERM,50,KILL --timeout 0.5 \
        sh -c 'trap "" TERM; sleep 1000; :' ::: ''
    assert_end 'exit 1'
    wait_for sleepers 0
    there_are 4 '^sleep 2000' || show
}

# halt: a run that ends before its rows do

# shellcheck disable=SC2016 # for the shells of the jobs
load lib
load processes

# Ends with its number; a negative one waits until it is ended.
make_job() {
    script job <<'EOF'
echo "$1"
case $1 in
-*) touch "up$1"; sleep 1000 ;;
esac
until [ ! -e hold ] || ls up-* >/dev/null 2>&1; do
    sleep 0.02
done
exit "$1"
EOF
}

@test "now,fail=1 kills what runs and ends as the job did" {
    make_job
    touch hold
    begin -j2 --halt now,fail=1 ./job {} ::: -1 7 0 0
    assert_end 'exit 7'
    [ "$(<out)" = 7 ] || show
    no_survivors || show
}

@test "now,fail=1: a signal is 128 and its number" {
    run poolrun -j1 --halt now,fail=1 sh -c 'kill -$1 $$' _ {} ::: USR1 0
    assert_status $((128 + $(kill -l USR1)))
}

@test "now,fail=N counts" {
    make_job
    run poolrun -j1 --halt now,fail=2 ./job {} ::: 0 3 0 5 0 0
    assert_status 2
    assert_output $'0\n3\n0\n5'
}

@test "soon,fail=1 lets end what runs and starts no more" {
    script job <<'EOF'
echo "begin $1"
[ "$1" != fail ] || { until [ -e up ]; do sleep 0.02; done; exit 4; }
touch up
[ "$1" != slow ] || { until [ -e go ]; do sleep 0.02; done; }
echo "end $1"
EOF
    begin -k -j2 --joblog log --halt soon,fail=1 ./job {} \
        ::: slow fail next more
    wait_for lines_in log 2
    touch go
    assert_end 'exit 4'
    [ "$(<out)" = $'begin slow\nend slow\nbegin fail' ] || show
}

@test "success and done count as well, and do not fail" {
    make_job
    run poolrun -j1 --halt now,success=2 ./job {} ::: 3 0 4 0 0 0
    assert_status 2
    assert_output $'3\n0\n4\n0'
    run poolrun -j1 --halt soon,success=1 ./job {} ::: 0 0 0
    assert_status 0
    assert_output 0
    run poolrun -j1 --halt now,done=3 ./job {} ::: 0 1 0 0 0
    assert_status 1
    assert_output $'0\n1\n0'
    run poolrun -j1 --halt soon,done=1 ./job {} ::: 0 0
    assert_status 0
    assert_output 0
}

@test "now,success=1 kills the others: the first answer is enough" {
    make_job
    touch hold
    begin -j3 --halt now,success=1 ./job {} ::: -1 -2 0 0 0
    assert_end 'exit 0'
    [ "$(<out)" = 0 ] || show
    no_survivors || show
}

@test "a share is one of all rows" {
    make_job
    seq 10 | sed 's/.*/0/' >rows
    run poolrun -j1 --halt now,done=30% ./job {} <rows
    assert_status 0
    assert_output $'0\n0\n0'
    run poolrun -j1 --halt soon,fail=50% ./job {} ::: 1 0 2 0
    assert_status 2
    assert_output $'1\n0\n2'
    run poolrun -j1 --halt 50% ./job {} ::: 1 0 2 0
    assert_status 2
    assert_output $'1\n0\n2'
    run poolrun -j1 --halt now,success=100% ./job {} ::: 0 0 0
    assert_status 0
    assert_output $'0\n0\n0'
}

@test "the numbers of old, and never" {
    make_job
    run poolrun -j1 --halt 0 ./job {} ::: 1 0
    assert_status 1
    assert_output $'1\n0'
    run poolrun -j1 --halt never ./job {} ::: 1 0
    assert_output $'1\n0'
    for value in 1 2; do
        run poolrun -j1 --halt "$value" ./job {} ::: 6 0
        assert_status 6
        assert_output 6
    done
    for value in -1 -2; do
        run poolrun -j1 --halt "$value" ./job {} ::: 0 5
        assert_status 0
        assert_output 0
    done
}

@test "what makes no sense is refused, with an example" {
    for value in now soon,fail now,fail=0 later,fail=1 now,fail=101% x; do
        run poolrun --halt "$value" true ::: 1
        assert_status 255
        assert_stderr 'as in now,fail=1'
    done
}

@test "now prints what finished jobs wrote, whatever -k waits for" {
    make_job
    touch hold
    begin -k -j2 --halt now,fail=1 ./job {} ::: -1 0 9 0
    assert_end 'exit 9'
    [ "$(<out)" = $'0\n9' ] || show
    begin -j1 --halt now,fail=1 sh -c 'seq 200000; exit 5' _ ::: 1 2
    assert_end 'exit 5'
    [ "$(cksum <out)" = "$(seq 200000 | cksum)" ]
}

@test "a job that was killed because of it is no failure, and has no line" {
    make_job
    touch hold
    begin -j2 --joblog log --halt now,fail=1 ./job {} ::: -1 7
    assert_end 'exit 7'
    [ "$(wc -l <log)" -eq 2 ] || show
    [ "$(grep -c failed err)" -eq 1 ] || show
}

# output: what is printed, when, and that it is what the jobs wrote

# shellcheck disable=SC1083,SC2016 # placeholders; dollars for jobs' shells
load lib

@test "a job's output is printed whole when it finishes" {
    poolrun -j2 sh -c '
        echo "$1 begins"
        [ "$1" = quick ] || until grep -q "quick ends" out; do sleep 0.01; done
        echo "$1 ends"' _ {} ::: slow quick >out
    [ "$(cat out)" = $'quick begins\nquick ends\nslow begins\nslow ends' ]
}

@test "lines of several jobs never mix" {
    run poolrun -j4 sh -c 'for i in 1 2 3 4 5 6 7 8; do echo "$1"; done' _ {} \
        ::: {1..40}
    assert_status 0
    [ "$(uniq -c .out | awk '{print $1}' | sort -u)" = 8 ] || tell "mixed"
    [ "$(wc -l <.out)" -eq 320 ]
}

@test "--lb prints a line while its job still runs" {
    mkfifo go
    poolrun --lb sh -c 'printf "first\nsec"; read x <go; echo ond' ::: 1 \
        >out 3>&- &
    local pid=$!
    wait_for grep -q first out
    [ "$(cat out)" = first ]
    echo >go
    wait "$pid"
    [ "$(cat out)" = $'first\nsecond' ]
}

@test "--lb never tears a line" {
    run poolrun -j4 --lb sh -c '
        for i in 1 2 3 4 5 6 7 8 9; do
            printf "%s" "$1"; printf "%s" "$1"; echo "$1"
        done' _ {} ::: a b c d
    assert_status 0
    [ "$(sort -u .out)" = $'aaa\nbbb\nccc\nddd' ] || tell "a torn line"
    [ "$(wc -l <.out)" -eq 36 ]
}

@test "-u prints what comes, also half a line" {
    mkfifo go
    poolrun -u sh -c 'printf half; read x <go; echo " line"' ::: 1 >out 3>&- &
    local pid=$!
    wait_for grep -q half out
    [ "$(cat out)" = half ]
    echo >go
    wait "$pid"
    [ "$(cat out)" = 'half line' ]
}

@test "-k with --lb prints live what is next in order" {
    mkfifo go
    poolrun -j2 -k --lb sh -c '
        echo "$1 begins"
        [ "$1" = 2 ] || read x <go
        echo "$1 ends"' _ {} ::: 1 2 >out 3>&- &
    local pid=$!
    wait_for grep -q '1 begins' out
    echo >go
    wait "$pid"
    [ "$(cat out)" = $'1 begins\n1 ends\n2 begins\n2 ends' ]
}

@test "no newline is added, nothing is changed" {
    printf '\0\1\377\r\n\n\ta' >bytes
    for way in --lb -u -k; do
        run poolrun "$way" cat ::: bytes
        cmp .out bytes
    done
}

@test "--tag and --tagstring prefix each line" {
    run poolrun -k --tag printf '%s\nx' ::: a b
    assert_output $'a\ta\na\txb\tb\nb\tx'
    run poolrun -k --tagstring '{#}/{1}' echo {2} ::: a b ::: c
    assert_output $'1/a\tc\n2/b\tc'
    run poolrun --lb --tag echo x ::: a
    assert_output $'a\tx a'
}

@test "several fields in a tag are joined by a space" {
    run poolrun --tag echo x ::: a ::: b
    assert_output $'a b\tx a b'
}

@test "stderr goes to stderr, and waits for the end of its job as stdout does" {
    run poolrun -j2 sh -c 'echo "out $1"; echo "err $1" >&2' _ {} ::: 1 2
    assert_status 0
    assert_output_sorted $'out 1\nout 2'
    [ "$(sort .err)" = $'err 1\nerr 2' ] || tell "expected two lines on stderr"
}

@test "outputs of more than 1 MiB are intact" {
    for way in '' -k --lb; do
        poolrun -j2 $way sh -c 'seq "$1" "$2"' _ {1} {2} \
            ::: 1 500001 :::+ 500000 1000000 >out
        [ "$(sort -n out | md5sum)" = "$(seq 1000000 | md5sum)" ]
    done
    poolrun -j2 -k sh -c 'seq "$1" "$2"' _ {1} {2} \
        ::: 1 500001 :::+ 500000 1000000 >out
    [ "$(md5sum <out)" = "$(seq 1000000 | md5sum)" ]
}

@test "large output on stdout and stderr at once is intact" {
    poolrun sh -c 'seq 300000; seq 300000 >&2' ::: 1 >out 2>err
    [ "$(md5sum <out)" = "$(seq 300000 | md5sum)" ]
    cmp out err
}

@test "large output leaves no file in TMPDIR" {
    mkdir tmp
    TMPDIR=$PWD/tmp run poolrun -k head -c 2000000 ::: /dev/zero /dev/zero
    assert_status 0
    [ "$(wc -c <.out)" -eq 4000000 ]
    [ "$(ls -A tmp)" = '' ]
}

@test "a TMPDIR that does not exist ends the run when it is needed" {
    TMPDIR=$PWD/nosuch run poolrun echo ::: a
    assert_status 0
    TMPDIR=$PWD/nosuch run poolrun -n0 head -c 2000000 /dev/zero ::: 1 2
    assert_status 255
    assert_stderr "cannot make a spool file in $PWD/nosuch"
    assert_stderr 'set TMPDIR'
}

@test "poolrun ends quietly when nobody reads its output any more" {
    for way in -k --lb -u; do
        set +e
        poolrun "$way" seq ::: 100 1000000 2>err | head -n 1 >out
        local ends=("${PIPESTATUS[@]}")
        set -e
        [ "${ends[0]}" -eq 141 ]
        [ "$(cat out)" = 1 ]
        [ "$(cat err)" = '' ]
    done
}

@test "jobs that never end are killed when nobody reads their output" {
    poolrun --lb sh -c 'echo $$; exec yes' ::: 1 2>err | head -n 1 >pid
    wait_for eval "! kill -0 $(cat pid) 2>/dev/null"
    [ "$(cat err)" = '' ]
}

@test "a standard output that is full is an error of poolrun" {
    [ -e /dev/full ]
    status=0
    poolrun echo ::: 1 2 >/dev/full 2>err || status=$?
    [ "$status" -eq 255 ]
    grep 'cannot write to standard output: No space left on device' err
}

@test "a background process that keeps stdout open does not delay its job" {
    run timeout 20 "${POOLRUN:-$BATS_TEST_DIRNAME/../../src/poolrun}" \
        sh -c 'sleep 60 & echo finished' ::: 1
    assert_status 0
    assert_output finished
}

@test "-t prints commands on stderr as they start" {
    run poolrun -j1 -t echo {} ::: 'a b' c
    assert_output $'a b\nc'
    [ "$stderr" = $'echo \'a b\'\necho c' ] || tell "expected the commands"
}

# jobs: what a job finds around it, and when it has ended

# shellcheck disable=SC2016 # for the shells of the jobs
load lib
load processes

@test "a job knows its number, its slot, its attempt and its pool" {
    run poolrun -k -j1 --retries 2 \
        sh -c 'echo $POOLRUN_SEQ $POOLRUN_SLOT $POOLRUN_ATTEMPT $POOLRUN_POOL
            [ $1 != x ] || [ $POOLRUN_ATTEMPT = 2 ]' _ {} ::: a x c
    assert_status 0
    assert_output $'1 1 1 local\n2 1 2 local\n3 1 1 local'
}

@test "poolrun in a job of poolrun has its own" {
    export POOLRUN POOLRUN_SEQ=77
    run poolrun -k sh -c '"$POOLRUN" -k sh -c "echo \$POOLRUN_SEQ" _ ::: a b' \
        _ ::: x y
    assert_status 0
    assert_output $'1\n2\n1\n2'
}

@test "standard input of a job is empty, and the rows are its own business" {
    run poolrun -k -j2 sh -c 'cat; echo "$1"' _ {} <<<$'1\n2\n3'
    assert_status 0
    assert_output $'1\n2\n3'
}

@test "a job leads a session of its own, without a terminal" {
    run poolrun -j1 sh -c 'cut -d" " -f 1,5,6,7 /proc/$$/stat' _ ::: 1
    read -r own group session terminal <.out
    [ "$own" = "$group" ] || tell 'its group'
    [ "$own" = "$session" ] || tell 'its session'
    [ "$terminal" = 0 ] || tell 'its terminal'
}

@test "a job has default signal actions, and none blocked" {
    for ignore in '' 'PIPE' 'INT'; do
        run sh -c 'trap "" $0; exec "$@"' "${ignore:-EXIT}" "$POOLRUN" \
            cat /proc/self/{} ::: status
        # the C library keeps 32 and 33 to itself
        [ "$(grep -Ec '^Sig(Blk|Ign|Cgt):[[:blank:]]*0*(180000000)?$' .out)" \
            -eq 3 ] || tell "$ignore"
    done
    run poolrun --shell 'yes {} | head -n 1' ::: y
    assert_status 0
    assert_output y
    assert_stderr ''
}

@test "a job inherits no descriptor but the first three" {
    exec {five}</dev/null {more}>/dev/null
    run poolrun -j1 sh -c 'ls /proc/$$/fd' _ ::: 1
    exec {five}<&- {more}>&-
    assert_status 0
    assert_output $'0\n1\n2'
    # shellcheck disable=SC2094
    run poolrun -j1 sh -c 'ls /proc/$$/fd' _ ::: 1 3</dev/null 4>&1 5<&0
    assert_output $'0\n1\n2'
}

@test "stdout of a job is a pipe, and its own" {
    run poolrun -j1 sh -c '[ -p /dev/stdout ] && [ -p /dev/stderr ] &&
        ! [ /dev/stdout -ef /dev/stderr ]' _ ::: 1
    assert_status 0
}

@test "a grandchild that keeps stdout open does not delay its job" {
    begin -j1 sh -c 'setsid sleep 1000 & echo "$1"' _ {} ::: 1 2 3
    assert_end 'exit 0'
    [ "$(<out)" = $'1\n2\n3' ] || show
    no_survivors || show
}

@test "what a grandchild wrote before the job ended is not lost" {
    begin -j1 sh -c '(echo early; : >wrote; exec sleep 1000) &
        until [ -e wrote ]; do sleep 0.02; done' _ ::: 1
    assert_end 'exit 0'
    [ "$(<out)" = early ] || show
}

@test "the next job of a slot starts when the last one is gone altogether" {
    script leave <<'EOF'
if [ -e child ] && kill -0 "$(cat child)" 2>/dev/null &&
    ! grep -q '^State:.Z' "/proc/$(cat child)/status"; then
    exit 1
fi
setsid sleep 1000 &
echo $! >child
EOF
    run poolrun -j1 ./leave {} ::: 1 2 3
    assert_status 0
}

@test "a command that is nowhere is said once, and nothing runs" {
    run poolrun -j2 no-such-command-here {} ::: 1 2 3
    assert_status 127
    assert_output ''
    [ "$(wc -l <.err)" -eq 1 ] || tell 'one line'
    assert_stderr 'command not found: no-such-command-here'
    run poolrun ./nowhere ::: 1
    assert_status 127
}

@test "a command that cannot be executed is said once, and nothing runs" {
    echo 'echo never' >script
    run poolrun -j2 ./script ::: 1 2 3
    assert_status 126
    assert_output ''
    [ "$(wc -l <.err)" -eq 1 ] || tell 'one line'
    assert_stderr './script'
    run poolrun / ::: 1
    assert_status 126
    # a program for another machine
    printf '\177ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0\377\377\1\0\0\0' >alien
    head -c 100 /dev/zero >>alien
    chmod +x alien
    run poolrun ./alien ::: 1 2
    assert_status 126
    assert_output ''
}

@test "a line for a shell gets a hint" {
    for command in 'echo a | wc' 'cd; ls' 'echo $HOME' 'echo a'; do
        run poolrun "$command" ::: 1
        assert_status 127
        assert_stderr '--shell'
    done
    run poolrun no-such-command-here ::: 1
    [ "$(grep -c -- --shell .err)" -eq 0 ] || tell 'no hint'
}

@test "where the command is a placeholder, each job fails for itself" {
    printf 'exit 0\n' | script fine
    echo >plain
    run poolrun -k -j1 {} ::: ./fine ./nowhere ./plain ./fine
    assert_status 2
    assert_stderr 'job 2 failed: not started: command not found: ./nowhere'
    assert_stderr 'job 3 failed: not started: '
}

@test "one argument too long for the kernel fails that job, not the run" {
    {
        echo short
        head -c 200000 /dev/zero | tr '\0' x
        echo
        echo last
    } >rows
    run poolrun -k --joblog log sh -c 'echo ${#1}' _ {} <rows
    assert_status 1
    assert_output $'5\n4'
    assert_stderr 'job 2 failed: not started: '
    assert_stderr 'too long for the kernel'
    [ "$(cut -f 7 log | sort | tr '\n' ' ')" = '0 0 126 Exitval ' ] ||
        tell "$(cut -c -200 log)"
}

@test "a script without a first line is run by the shell" {
    echo 'echo "plain $1"' >plain
    chmod +x plain
    run poolrun ./plain ::: 1
    assert_status 0
    assert_output 'plain 1'
}

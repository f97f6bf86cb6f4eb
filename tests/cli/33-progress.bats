# progress: --bar, --progress, and when nothing is said

# shellcheck disable=SC1083,SC2016 # placeholders; dollars for jobs' shells
load lib

# on_terminal COMMAND: run it by a shell on a terminal of 80 columns.
on_terminal() {
    timeout 60 script -qec "stty cols 80; $1" /dev/null </dev/null
}

program=${POOLRUN:-$BATS_TEST_DIRNAME/../../src/poolrun}

@test "nothing is said where stderr is no terminal" {
    run poolrun sleep ::: 1.2
    assert_status 0
    assert_stderr ''
}

@test "--bar tells done and total, and stays at the end" {
    run poolrun --bar true ::: 1 2 3
    assert_status 0
    assert_output ''
    tr '\r' '\n' <.err | tail -n 1 |
        grep -Eq '3/3 100% \[=+\] .*in [0-9]+ s [0-9]+ workers?$' ||
        tell "another bar"
}

@test "--bar counts the failed" {
    run poolrun --eta sh -c 'exit $1' _ {} ::: 0 1 1
    assert_status 2
    assert_stderr '2 failed'
}

@test "while a job runs the bar says so, and how long it will take" {
    mkfifo go
    poolrun -j1 --bar sh -c '[ "$1" = 1 ] || read x <go' _ {} ::: 1 2 \
        2>err 3>&- &
    local pid=$!
    wait_for grep -Eq '1/2 50% \[=+> +\] 1 running .* \(ends ..:..:..\)' err
    echo >go
    wait "$pid"
}

@test "until the end of the input is known, the total has a +" {
    mkfifo in
    poolrun --bar true <in 2>err 3>&- &
    local pid=$!
    exec {feed}>in
    echo 1 >&"$feed"
    wait_for grep -q '1/1+' err
    exec {feed}>&-
    wait "$pid"
    grep -q '1/1 100%' err
}

@test "the bar never mixes with output" {
    poolrun -j1 --bar sh -c 'sleep 0.3; echo "line $1"' _ {} ::: 1 2 3 \
        >both 2>&1
    # what a terminal would show: a line is gone when it is cleared
    sed -E 's/.*\r\x1b\[K//' both >shown
    [ "$(grep line shown)" = $'line 1\nline 2\nline 3' ]
}

@test "--progress prints plain lines, the last of them 100 %" {
    run poolrun --progress true ::: 1 2 3 4
    assert_status 0
    tail -n 1 .err |
        grep -Eq '^poolrun: 4/4 100% .*in [0-9]+ s [0-9]+ workers?$' ||
        tell "another last line"
    [[ "$stderr" != *$'\r'* ]] || tell "a bar"
}

@test "--progress prints a line as a tenth is done" {
    mkfifo go
    poolrun -j1 --progress sh -c '[ "$1" = 1 ] || read x <go' _ {} ::: 1 2 \
        2>err 3>&- &
    local pid=$!
    wait_for grep -q '^poolrun: 1/2 50% 1 running' err
    echo >go
    wait "$pid"
}

@test "on a terminal a run of more than a second has a bar that goes away" {
    run on_terminal "'$program' sleep ::: 0.5 1.6"
    assert_status 0
    [[ "$output" == *'1/2 50%'* ]] || tell "no bar"
    [[ "$output" == *$'\r\e[K' ]] || tell "it stays"
}

@test "on a terminal a short run has no bar" {
    run on_terminal "'$program' echo ::: a"
    assert_status 0
    assert_output $'a\r'
}

@test "the bar has colours on a terminal, but not with NO_COLOR" {
    run on_terminal "'$program' --bar sh -c 'exit 1' ::: 1"
    [[ "$output" == *$'\e[31m'* ]] || tell "no colour"
    run on_terminal "NO_COLOR=1 '$program' --bar sh -c 'exit 1' ::: 1"
    [[ "$output" == *'1 failed'* && "$output" != *$'\e[31m'* ]] ||
        tell "a colour, or no bar"
}

@test "the bar is never wider than the terminal" {
    run on_terminal "stty cols 30; '$program' --bar sleep ::: 0.4"
    assert_status 0
    tr '\r' '\n' <.out | sed -E 's/\x1b\[[0-9;]*[mK]//g' >lines
    [ "$(awk 'length > 29' lines)" = '' ] || tell "too wide"
}

@test "the size of a grid is known before it is read" {
    run poolrun -j1 --bar --halt now,success=1 --param p=1..300 \
        --param q=1..300 true
    assert_status 0
    assert_stderr '/90000 '
}

# completion: what bash and zsh offer behind poolrun

load lib

setup_file() {
    "${POOLRUN:-$BATS_TEST_DIRNAME/../../src/poolrun}" \
        --completion bash >"$BATS_FILE_TMPDIR/bash"
    "${POOLRUN:-$BATS_TEST_DIRNAME/../../src/poolrun}" \
        --completion zsh >"$BATS_FILE_TMPDIR/zsh"
}

# complete_words WORD...: what bash offers for the last word, one a line.
complete_words() {
    bash --norc -c '
        . "$1"
        shift
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        _poolrun
        printf "%s\n" "${COMPREPLY[@]}"
    ' _ "$BATS_FILE_TMPDIR/bash" poolrun "$@"
}

assert_offered() {
    grep -Fxq -e "$1" .out || tell "expected among the offers: $1"
}

@test "the script for bash is bash" {
    bash -n "$BATS_FILE_TMPDIR/bash"
}

@test "the script for zsh is zsh" {
    [ "$(head -n 1 "$BATS_FILE_TMPDIR/zsh")" = '#compdef poolrun' ]
    grep -q '^_arguments ' "$BATS_FILE_TMPDIR/zsh"
    if command -v zsh >/dev/null; then
        zsh -n "$BATS_FILE_TMPDIR/zsh"
    fi
}

@test "the script for bash tells bash which function completes" {
    run bash --norc -c '. "$1"; complete -p poolrun' _ "$BATS_FILE_TMPDIR/bash"
    assert_output 'complete -F _poolrun poolrun'
}

@test "options are offered behind a dash" {
    run complete_words --ke
    assert_output_sorted $'--keep-background\n--keep-order'
    run complete_words -k -
    assert_offered -j
    assert_offered --jobs
}

@test "choices are offered as the value, behind a blank and behind =" {
    run complete_words --format ''
    assert_output $'tsv\ncsv\njsonl'
    run complete_words --format = j
    assert_output jsonl
    run complete_words --format =
    assert_output $'tsv\ncsv\njsonl'
    run complete_words -kC , --format c
    assert_output csv
}

@test "--halt is offered its ways" {
    run complete_words --halt now,f
    assert_output $'now,fail=1\nnow,fail=10%'
}

@test "files are offered to options that take files" {
    : >'rows one.txt'
    mkdir rows.d
    run complete_words -ka row
    assert_output_sorted $'rows one.txt\nrows.d'
    run complete_words --wd row
    assert_output rows.d
}

@test "variables are offered to --env" {
    export POOLRUN_TEST_VARIABLE=1
    run complete_words --env POOLRUN_TEST_V
    assert_output POOLRUN_TEST_VARIABLE
}

@test "nothing is offered where a number is wanted" {
    touch ./1
    run complete_words --nice ''
    assert_output ''
}

@test "commands are offered where the options end" {
    run complete_words -j 2 bas
    assert_offered bash
    run complete_words -k -- bas
    assert_offered bash
}

@test "a value in the word of its option hides no command" {
    run complete_words -j4 -I% --jobs=3 bas
    assert_offered bash
}

@test "files are offered to the command and behind ::::" {
    : >row.txt
    run complete_words -k cat ro
    assert_output row.txt
    run complete_words cat :::: ro
    assert_output row.txt
    run complete_words -k cat -ro
    assert_output ''
}

# usage: help, and what is said about a command line that makes no sense

load lib

# shellcheck disable=SC2154 # run sets stderr
# assert_usage SENTENCE: refused with it, nothing on stdout, status 255.
assert_usage() {
    assert_status 255
    assert_output ''
    [ "$stderr" = "poolrun: $1
poolrun: try 'poolrun --help'" ] || tell "expected the sentence: $1"
}

@test "--help goes to stdout, in lines of 80 columns at most" {
    run poolrun --help
    assert_status 0
    assert_stderr ''
    [[ "$output" == "Usage: poolrun "* ]] || tell "no usage"
    [[ "$output" == *"man poolrun" ]] || tell "no word about the manual"
    wide=$(awk 'length > 80' .out)
    [ -z "$wide" ] || tell "too wide: $wide"
}

@test "-h is --help, and nothing behind it is read" {
    poolrun --help >expected
    run poolrun -h --bogus
    assert_status 0
    cmp .out expected
}

@test "--help ends with three examples" {
    run poolrun --help
    [ "$(sed -n '/^Examples:/,/^$/p' .out | grep -c '^  poolrun ')" -eq 3 ]
}

@test "--help and --version say so when they cannot be written" {
    [ -e /dev/full ]
    for option in --help --version; do
        status=0
        poolrun "$option" >/dev/full 2>err || status=$?
        [ "$status" -eq 255 ]
        grep 'poolrun: cannot write to standard output' err
    done
}

@test "an unknown option is an error, with the nearest known one" {
    run poolrun --jbos 4 echo ::: a
    assert_usage 'unknown option --jbos; did you mean --jobs?'
}

@test "an unknown option that resembles none is just unknown" {
    run poolrun --bogus ::: 1
    assert_usage 'unknown option --bogus'
    run poolrun -kZ ::: 1
    assert_usage 'unknown option -Z in -kZ'
}

@test "a number out of range is told with the range" {
    run poolrun --nice x true ::: a
    assert_usage '--nice takes a whole number from -20 to 19, not "x"'
    run poolrun --nice=20 true ::: a
    assert_usage '--nice takes a whole number from -20 to 19, not "20"'
}

@test "a missing value is told with what it should be" {
    run poolrun --format
    assert_usage '--format takes tsv, csv or jsonl, and nothing follows it'
}

@test "two options that contradict each other are both named" {
    run poolrun --jsonl --csv echo
    assert_usage '--csv and --jsonl do not go together'
    run poolrun -ku echo
    assert_usage '-k and -u do not go together'
}

@test "an option of GNU parallel that is not there says what to use instead" {
    run poolrun --pipe wc
    assert_status 255
    assert_stderr 'poolrun has no --pipe: jobs get rows as arguments; split(1)'
    run poolrun -S box echo ::: a
    assert_usage 'poolrun has no -S: jobs run on this machine'
}

@test "--completion takes the name of a shell that is known" {
    run poolrun --completion fish
    assert_usage '--completion takes bash or zsh, not "fish"'
    run poolrun --completion
    assert_usage 'unknown option --completion'
}

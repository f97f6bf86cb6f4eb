# grids: --param and what its SPEC means

# shellcheck disable=SC1083,SC2016 # placeholders; dollars for jobs' shells
load lib

# assert_values SPEC VALUE...: what --param makes of it.
assert_values() {
    run poolrun --dry-run --param "p=$1" --shell {p}
    shift
    assert_status 0
    assert_output "$(printf '%s\n' "$@")"
}

assert_refused() {
    run poolrun --param "$1" echo
    assert_status 255
    assert_output ''
    assert_stderr "$2"
}

@test "a list is its elements" {
    assert_values a,b,c a b c
    assert_values one one
    assert_values 1,x,2.50 1 x 2.50
}

@test "a range of integers goes up or down" {
    assert_values 1..4 1 2 3 4
    assert_values 3..1 3 2 1
    assert_values -1..1 -1 0 1
}

@test "a range with a step has both ends" {
    assert_values 0..1:0.25 0 0.25 0.5 0.75 1
    assert_values 1..0:-0.5 1 0.5 0
}

@test "steps are decimal: 0.3 is 0.3" {
    assert_values 0.1..0.5:0.1 0.1 0.2 0.3 0.4 0.5
    run poolrun --dry-run --param p=0..1:0.1 --shell {p}
    assert_output $'0\n0.1\n0.2\n0.3\n0.4\n0.5\n0.6\n0.7\n0.8\n0.9\n1'
}

@test "a geometric range has both ends" {
    assert_values '1e-6..1e5*10' 0.000001 0.00001 0.0001 0.001 0.01 0.1 1 10 \
        100 1000 10000 100000
    assert_values '1..8*2' 1 2 4 8
}

@test "parameters cross, the last varies fastest, and have names" {
    run poolrun -k --param p=1,2 --param q=x,y echo {q}{p} '<p>'
    assert_output $'x1 1\ny1 1\nx2 2\ny2 2'
}

@test "parameters cross with other sources" {
    run poolrun -k --param p=1,2 echo {p} {2} ::: a b
    assert_output $'1 a\n1 b\n2 a\n2 b'
}

@test "a grid of any size begins at once" {
    poolrun --dry-run --param p=1..1000000000 --param q=1..1000000000 echo |
        head -n 2 >out
    [ "$(cat out)" = $'echo 1 1\necho 1 2' ]
}

@test "what is no range says why" {
    assert_refused p=1..x '--param p: the range 1..x: "x" is no number'
    assert_refused p=0..1:0 'a step of 0 leads nowhere'
    assert_refused p=0..1:-1 'the step leads away from the end of the range'
    assert_refused p=a,,b 'an element of the list is empty'
    assert_refused p= '--param takes NAME=SPEC, such as p=1..64'
    assert_refused 1=2 'a NAME that begins with a letter'
}

@test "two parameters of the same name are refused" {
    run poolrun --param p=1 --param p=2 echo
    assert_status 255
    assert_output ''
    assert_stderr p
}

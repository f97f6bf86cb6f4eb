# peers, input: what rows users of GNU parallel and xargs get

# shellcheck disable=SC1083,SC2016 # placeholders; dollars for jobs' shells
load lib

@test "each line is a job, and its row stands inside a word" {
    run poolrun -k echo x{} <<<$'1\n2\n3'
    assert_status 0
    assert_output $'x1\nx2\nx3'
    assert_stderr ''
}

@test "a last line without a newline is a row" {
    printf 'a\nb' >rows
    run poolrun -k echo <rows
    assert_status 0
    assert_output $'a\nb'
}

@test "empty input runs nothing and succeeds, unlike xargs" {
    run poolrun echo x </dev/null
    assert_status 0
    assert_output ''
    assert_stderr ''
    run poolrun -r echo x </dev/null
    assert_status 0
    assert_output ''
}

@test "an empty line is a job with an empty argument" {
    run poolrun -k echo '[{}]' <<<$'a\n\nb'
    assert_status 0
    assert_output $'[a]\n[]\n[b]'
}

@test "-0 takes rows that end in NUL, and a newline is data" {
    printf 'a\0b\nc\0' >rows
    run poolrun -0 -k echo '[{}]' <rows
    assert_status 0
    assert_output $'[a]\n[b\nc]'
}

@test "with -0 a last row without its NUL is a row" {
    printf 'a\0b' >rows
    run poolrun -0 -n1 -k echo x <rows
    assert_status 0
    assert_output $'x a\nx b'
}

@test "-d takes another delimiter" {
    printf 'A_B_C' >rows
    run poolrun -k -d _ echo <rows
    assert_status 0
    assert_output $'A\nB\nC'
}

@test "quotes, backslashes, patterns and dollars are plain bytes" {
    run poolrun -k echo <<<$'it\'s\na"b\nc\\d\n* $HOME'
    assert_status 0
    assert_output $'it\'s\na"b\nc\\d\n* $HOME'
}

@test "an unmatched quote is no error" {
    run poolrun echo <<<"it's"
    assert_status 0
    assert_output "it's"
    assert_stderr ''
}

@test "a NUL without -0 is refused, and its line is named" {
    printf 'a\0b\n' >rows
    run poolrun echo <rows
    assert_status 255
    assert_output ''
    assert_stderr 'line 1 holds a NUL byte; -0 is for rows that end in NUL'
}

@test "a file that is not there ends the run before any job" {
    run poolrun -a nosuch.txt touch started
    assert_status 255
    assert_output ''
    assert_stderr 'cannot open nosuch.txt: No such file or directory'
    [ ! -e started ]
}

@test "sources cross, and the last varies fastest" {
    run poolrun -k echo ::: A B ::: D E
    assert_status 0
    assert_output $'A D\nA E\nB D\nB E'
}

@test "fields go by number, in any order" {
    run poolrun -k echo {2}-{1} ::: 0.1 0.2 ::: 3 4
    assert_status 0
    assert_output $'3-0.1\n4-0.1\n3-0.2\n4-0.2'
}

@test "--link begins a short source again" {
    run poolrun -k --link echo ::: A B C ::: F G
    assert_status 0
    assert_output $'A F\nB G\nC F'
}

@test "files behind :::: cross, and so do those of -a" {
    printf 'A\nB\n' >f
    printf 'D\nE\n' >g
    run poolrun -k echo :::: f g
    assert_status 0
    assert_output $'A D\nA E\nB D\nB E'
    run poolrun -k -a f -a g echo
    assert_status 0
    assert_output $'A D\nA E\nB D\nB E'
}

@test "--colsep splits at TABs, and a blank stays in its field" {
    run poolrun --colsep '\t' echo '{2}|{1}' <<<$'a\tb c'
    assert_status 0
    assert_output 'b c|a'
}

@test "--colsep cuts the blanks around fields" {
    run poolrun --colsep , echo '[{1}][{2}]' <<<'a, b ,c'
    assert_status 0
    assert_output '[a][b]'
}

@test "--header names the columns of --colsep" {
    run poolrun -k --header : --colsep '\t' echo p={p} q={q} \
        <<<$'p\tq\n1\t2\n3\t4'
    assert_status 0
    assert_output $'p=1 q=2\np=3 q=4'
}

@test "a row with too few columns fails as a job and its line is named" {
    run poolrun -k --colsep , echo '[{1}][{2}]' <<<$'a,b\nc\nd,e'
    assert_status 1
    assert_output $'[a][b]\n[d][e]'
    assert_stderr 'job 2 failed: not started: line 2 has 1 field, {2} needs 2'
}

@test "an unknown name is an error before any job" {
    run poolrun --header : sh -c ': >started' {nosuch} {p} <<<$'p\n1'
    assert_status 255
    assert_output ''
    assert_stderr 'no field is named "nosuch"'
    [ ! -e started ]
}

@test "without a placeholder the row is appended" {
    run poolrun -k echo pre ::: a
    assert_output 'pre a'
}

@test "a placeholder may stand several times and inside a word" {
    run poolrun -k echo '{}{}' --{} ::: a
    assert_output 'aa --a'
}

@test "path forms cut extension and folder as GNU parallel does" {
    run poolrun -k echo {.} {/} {//} {/.} ::: dir.d/f.tar.gz
    assert_output 'dir.d/f.tar f.tar.gz dir.d f.tar'
}

@test "{#} counts jobs from 1, {%} is the slot" {
    run poolrun -k -j1 echo {#} {%} ::: a b
    assert_output $'1 1\n2 1'
}

@test "-I names what stands for the row, and {} is plain text" {
    run poolrun -I% echo {} % <<<a
    assert_output '{} a'
}

@test "number and slot are in the environment of a job" {
    run poolrun -j1 sh -c 'echo $POOLRUN_SEQ $POOLRUN_SLOT $1' _ {} ::: a
    assert_output '1 1 a'
}

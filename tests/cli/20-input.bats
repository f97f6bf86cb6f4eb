# input: rows from lines, files and values

# shellcheck disable=SC1083,SC2016 # placeholders; dollars for jobs' shells
load lib

@test "the first job starts before the input ends" {
    mkfifo in
    poolrun touch <in 3>&- &
    local pid=$!
    exec {feed}>in
    echo first >&"$feed"
    wait_for [ -e first ]
    echo second >&"$feed"
    wait_for [ -e second ]
    exec {feed}>&-
    wait "$pid"
}

@test "-a takes rows from a file, and - is standard input" {
    printf 'a b\nc' >rows
    run poolrun -k -a rows echo
    assert_output $'a b\nc'
    run poolrun -k --arg-file - echo <rows
    assert_output $'a b\nc'
}

@test "values come after the command, files and values may mix" {
    printf '1\n2\n' >f
    run poolrun -k echo ::: x y :::: f
    assert_output $'x 1\nx 2\ny 1\ny 2'
    run poolrun -k echo :::: - ::: x <f
    assert_output $'1 x\n2 x'
}

@test "values are rows as they stand, also empty ones" {
    run poolrun -k echo '[{}]' ::: 'a  b' '' $'new\nline' -k
    assert_status 0
    assert_output $'[a  b]\n[]\n[new\nline]\n[-k]'
}

@test "no values are no rows" {
    run poolrun echo :::
    assert_status 0
    assert_output ''
    run poolrun echo ::: a :::
    assert_status 0
    assert_output ''
}

@test ":::+ goes side by side with the source before" {
    run poolrun -k echo ::: a b c :::+ 1 2 3 ::: x y
    assert_output $'a 1 x\na 1 y\nb 2 x\nb 2 y\nc 3 x\nc 3 y'
}

@test ":::+ ends where the shorter of the two ends" {
    run poolrun -k echo ::: a b c :::+ 1 2
    assert_output $'a 1\nb 2'
}

@test "::::+ links the lines of a file" {
    printf '1\n2\n' >f
    run poolrun -k echo ::: a b ::::+ f
    assert_output $'a 1\nb 2'
}

@test "a file that cannot be read ends the run" {
    run poolrun -a . echo
    assert_status 255
    assert_output ''
    assert_stderr 'cannot read .: Is a directory'
    run poolrun echo ::: a :::: nosuch
    assert_status 255
    assert_output ''
    assert_stderr 'cannot open nosuch: No such file or directory'
}

@test "-r drops empty rows" {
    run poolrun -k -r echo '[{}]' <<<$'a\n\nb\n'
    assert_output $'[a]\n[b]'
}

@test "-0 rows may hold newlines and are never split" {
    printf 'a b\nc\0d e\0' >rows
    run poolrun -0 -k echo '[{1}]' <rows
    assert_output $'[a b\nc]\n[d e]'
    run poolrun -0 -k echo '[{2}]' <rows
    assert_status 2
    assert_stderr 'has 1 field, {2} needs 2'
}

@test "-d takes a character, an escape or a number" {
    printf 'a;b;' >rows
    run poolrun -k -d ';' echo '[{}]' <rows
    assert_output $'[a]\n[b]'
    run poolrun -k -d '\x3b' echo '[{}]' <rows
    assert_output $'[a]\n[b]'
    printf 'a\tb\nc' >rows
    run poolrun -k -d '\t' echo '[{}]' <rows
    assert_output $'[a]\n[b\nc]'
    run poolrun -d ab echo <rows
    assert_status 255
    assert_stderr '-d wants one character or an escape'
}

@test "-n makes lines one row, each of them a field" {
    run poolrun -k -n2 echo '[{1}|{2}]' <<<$'a b\nc\nd\ne'
    assert_output $'[a b|c]\n[d|e]'
    run poolrun -k -N 2 printf '%s;' <<<$'a b\nc'
    assert_output 'a b;c;'
}

@test "the last row of -n may be short" {
    run poolrun -k -n2 echo '[{}]' <<<$'a\nb\nc'
    assert_status 0
    assert_output $'[a b]\n[c]'
}

@test "-n 0 runs the command for each line, without it" {
    run poolrun -k -n0 echo hi <<<$'a\nb'
    assert_output $'hi\nhi'
}

@test "-E ends the input at a line" {
    run poolrun -k -E end echo <<<$'a\nend it\nend\nb'
    assert_output $'a\nend it'
}

@test "bytes that are no UTF-8 pass unchanged" {
    printf '\xff\x80 \xc3\n' >rows
    run poolrun printf %s {} <rows
    [ "$(od -An -tx1 .out)" = ' ff 80 20 c3' ]
}

@test "every byte but NUL and newline passes unchanged" {
    for code in {1..9} {11..255}; do
        # shellcheck disable=SC2059 # the format is the byte
        printf "\\x$(printf %x "$code")"
    done >rows
    run poolrun printf %s {} <rows
    assert_status 0
    cmp .out rows
    run poolrun --shell 'printf %s {}' <rows
    assert_status 0
    cmp .out rows
}

@test "a NUL names its line, and earlier rows are still rows" {
    printf 'a\nb\nc\0d\n' >rows
    run poolrun -a rows echo
    assert_status 255
    assert_stderr 'rows: line 3 holds a NUL byte'
}

@test "lines that all end in CR get one warning, and keep it" {
    printf 'a\r\nb\r\n' >rows
    run poolrun -k echo '[{}]' <rows
    assert_status 0
    assert_output $'[a\r]\n[b\r]'
    assert_stderr 'its lines end in CR'
    [ "$(wc -l <.err)" -eq 1 ] || tell "expected one warning"
}

@test "a CR here and there gets no warning" {
    printf 'a\r\nb\n' >rows
    run poolrun -k echo '[{}]' <rows
    assert_status 0
    assert_stderr ''
}

@test "a row of more than 1 MiB fails as a job with 126, and the run goes on" {
    {
        echo before
        head -c 1048577 /dev/zero | tr '\0' a
        printf '\nafter\n'
    } >rows
    run poolrun -k --joblog log echo <rows
    assert_status 1
    assert_output $'before\nafter'
    assert_stderr 'job 2 failed: not started: line 2 is longer than 1 MiB'
    run eval 'cut -f 1,7 log | grep "^2"'
    assert_output $'2\t126'
}

@test "a row of 1 MiB is a row" {
    head -c 1048576 /dev/zero | tr '\0' a >rows
    run poolrun echo {#} {%} <rows
    assert_status 0
    assert_output '1 1'
}

@test "--shuf runs each row once, in another order" {
    seq 200 >rows
    run poolrun -j1 --shuf echo <rows
    assert_status 0
    [ "$(sort -n .out)" = "$(cat rows)" ] || tell "not each row once"
    [ "$(cat .out)" != "$(cat rows)" ] || tell "not in another order"
}

@test "a hundred thousand rows arrive in order" {
    seq 100000 >rows
    run poolrun --dry-run echo <rows
    assert_status 0
    [ "$(md5sum <.out)" = "$(sed 's/^/echo /' rows | md5sum)" ]
}

@test "without a command each line is one for the shell" {
    run poolrun -k <<<$'echo one | tr o 0\n\nexit 3\necho "$POOLRUN_SEQ"'
    assert_status 1
    assert_output $'0ne\n4'
    assert_stderr 'job 3 failed: exit 3: exit 3'
}

@test "rows that are typed are asked for" {
    local program=${POOLRUN:-$BATS_TEST_DIRNAME/../../src/poolrun}
    run timeout 60 script -qec "'$program' echo x" /dev/null <<<$'a\n\x04'
    assert_status 0
    [[ "$output" == *'poolrun: rows are read from the terminal'* ]] ||
        tell "not asked for"
    [[ "$output" == *'x a'* ]] || tell "not run"
    run timeout 60 script -qec "'$program' echo x ::: a" /dev/null </dev/null
    assert_output $'x a\r'
}

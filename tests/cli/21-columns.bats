# columns: the fields of a row

# shellcheck disable=SC1083,SC2016 # placeholders; dollars for jobs' shells
load lib

@test "a command with one column gets the whole line" {
    run poolrun -k echo '[{1}]' <<<$'a b\tc'
    assert_output $'[a b\tc]'
    run poolrun -k echo '<p>' <<<'a b c'
    assert_output 'a b c'
}

@test "a command with more columns splits lines at runs of blanks" {
    run poolrun -k echo '[{1}][{2}]' <<<$'a   b\n\tc d'
    assert_output $'[a][b]\n[c][d]'
}

@test "a TAB in the first line decides for TABs" {
    run poolrun -k echo '[{2}][{1}]' <<<$'a b\tc d\ne\t\nf g'
    assert_status 1
    assert_output $'[c d][a b]\n[][e]'
    assert_stderr 'line 3 has 1 field, {2} needs 2'
}

@test "blanks in the first line decide for blanks" {
    run poolrun -k echo '[{2}][{1}]' <<<$'a b\nc\td'
    assert_output $'[b][a]\n[d][c]'
}

@test "values are never split" {
    run poolrun -k echo '[{1}][{2}]' ::: 'a b' ::: 'c d'
    assert_output '[a b][c d]'
    run poolrun echo '[{2}]' ::: 'a b'
    assert_status 1
    assert_stderr 'this row has 1 field, {2} needs 2'
}

@test "{} is the raw line, also where it has been split" {
    run poolrun -k echo '{2}:{}' <<<'a   b '
    assert_output 'b:a   b '
}

@test "{} of parsed fields is the fields, joined by a space" {
    run poolrun -k -C , echo '[{}]' <<<'a ,b'
    assert_output '[a b]'
    run poolrun -k echo '[{}]' ::: 'a b' ::: c
    assert_output '[a b c]'
}

@test "--colsep is an extended regular expression" {
    run poolrun -k -C '[,;]+|--' echo '[{1}][{2}][{3}]' <<<$'a,;b--c'
    assert_output '[a][b][c]'
    run poolrun -k -C '\t' echo '[{2}]' <<<$'a b\tc d'
    assert_output '[c d]'
}

@test "a single character separates as it is" {
    for c in '|' '(' '[' . '*'; do
        run poolrun -C "$c" echo '{2}' <<<"a${c}b"
        assert_status 0
        assert_output b
    done
}

@test "an expression that is none is refused" {
    run poolrun -C 'a(' echo <<<x
    assert_status 255
    assert_output ''
    assert_stderr '--colsep'
}

@test "--trim n leaves the blanks around fields" {
    run poolrun -C , --trim n echo '[{1}][{2}]' <<<'a, b ,c'
    assert_output '[a][ b ]'
    run poolrun -C , --trim lr echo '[{1}][{2}]' <<<'a, b ,c'
    assert_output '[a][b]'
}

@test "--csv knows quotes, doubled quotes and newlines in quotes" {
    printf '"a ""b""",c\n"d,\ne",\n' >rows
    run poolrun -k --csv echo '[{1}][{2}]' <rows
    assert_status 0
    assert_output $'[a "b"][c]\n[d,\ne][]'
}

@test "--csv takes CRLF and a byte order mark" {
    printf '\xef\xbb\xbfname,age\r\n"Doe, Jo",41\r\n' >rows
    run poolrun --csv --header : echo '{age} {name}' <rows
    assert_status 0
    assert_output '41 Doe, Jo'
    assert_stderr ''
}

@test "--csv with another delimiter" {
    run poolrun --csv -d ';' echo '[{1}][{2}]' <<<'"a;b";c,d'
    assert_output '[a;b][c,d]'
}

@test "a quote that never ends is an error that names its line" {
    printf 'a,b\nc,"d\ne' >rows
    run poolrun --csv -a rows echo
    assert_status 255
    assert_stderr 'rows: line 2 opens a quote that never ends'
}

@test "--header names the fields of plain lines" {
    run poolrun -k --header : echo {q}-{p} <<<$'p q\n1 2\n3 4'
    assert_output $'2-1\n4-3'
    run poolrun -k --header : echo '<q>' '<p>' <<<$'p q\n1 2'
    assert_output '2 1'
}

@test "--header takes the first value of each source" {
    run poolrun -k --header : echo {b}{a} ::: a 1 2 ::: b 3
    assert_output $'31\n32'
}

@test "a header alone is no row" {
    run poolrun --header : echo {p} <<<p
    assert_status 0
    assert_output ''
    run poolrun --header : echo </dev/null
    assert_status 0
    assert_output ''
}

@test "--jsonl: the keys name the fields, in whatever order" {
    run poolrun -k --jsonl echo {p} {q} \
        <<<$'{"p":1.50,"q":"x y"}\n{"q":null,"p":[1, 2]}'
    assert_status 0
    assert_output $'1.50 x y\n[1, 2] null'
}

@test "--jsonl: {} is the object itself" {
    run poolrun --jsonl echo '[{}]' <<<'{"p": 1, "q":"\u00e4"}'
    assert_output '[{"p": 1, "q":"\u00e4"}]'
}

@test "--jsonl: escapes in strings are resolved" {
    run poolrun --jsonl printf '%s' {p} <<<'{"p":"a\"\\\n\u00e4\ud83d\ude00"}'
    assert_output $'a"\\\nä😀'
}

@test "--jsonl: a line that is no object fails as a job, with its line" {
    printf '%s\n' '{"p":1}' '[2]' nonsense '{"q":4}' '{"p":5}' >rows
    run poolrun -k --jsonl echo {p} <rows
    assert_status 3
    assert_output $'1\n5'
    assert_stderr 'line 2 is JSON, but no object'
    assert_stderr 'line 3 is no JSON object'
    assert_stderr 'line 4 has no field "p"'
}

@test "parsed fields are appended each as its own argument" {
    run poolrun -C , printf '%s;' <<<'a b,c'
    assert_output 'a b;c;'
    run poolrun --csv printf '%s;' <<<'"a b",c'
    assert_output 'a b;c;'
    run poolrun --jsonl printf '%s;' <<<'{"p":"a b","q":2}'
    assert_output 'a b;2;'
    run poolrun --param p=1 --param q='a b' printf '%s;'
    assert_output '1;a b;'
    run poolrun printf '%s;' ::: 'a b' ::: c
    assert_output 'a b;c;'
}

@test "a plain line is appended whole, as one argument" {
    run poolrun printf '%s;' <<<'a b	c'
    assert_output $'a b\tc;'
}

# records: --format and --columns

# shellcheck disable=SC1083,SC2016 # placeholders; dollars for jobs' shells
load lib

# The records with the seconds replaced by S.
without_seconds() {
    sed -E 's/\b[0-9]+\.[0-9]{3}\b/S/' .out
}

@test "tsv: a heading, and a record a job" {
    run poolrun -k --format tsv sh -c 'echo "out $1"; exit $1' _ {} ::: 0 3
    assert_status 1
    [ "$(without_seconds)" = "\
seq	1	exit	signal	seconds	pool	attempt	stdout
1	0	0	0	S	local	1	out 0
2	3	3	0	S	local	1	out 3" ] || tell "other records"
}

@test "tsv: TAB, newline and backslash are escaped, the last newline is cut" {
    run poolrun --columns stdout printf 'a\\\tb\n\nc\n\n%s' ::: ''
    assert_output $'stdout\na\\\\\\tb\\n\\nc\\n'
}

@test "csv: what needs quotes is quoted" {
    run poolrun -k --format csv --columns 1,stdout printf '%s\n' \
        ::: a,b 'say "x"' $'two\nlines' plain
    assert_output "\
1,stdout
\"a,b\",\"a,b\"
\"say \"\"x\"\"\",\"say \"\"x\"\"\"
\"two
lines\",\"two
lines\"
plain,plain"
}

@test "csv has its own heading and names" {
    run poolrun -k --format csv --param p=1 --param q=2 true
    [ "$(without_seconds)" = "\
seq,p,q,exit,signal,seconds,pool,attempt,stdout
1,1,2,0,0,S,local,1," ] || tell "other records"
}

@test "jsonl: fields by name, and JSON on stdout is copied verbatim" {
    run poolrun --format jsonl --param p=7 --shell \
        'echo log {p}; echo "{\"loss\":0.50, \"x\":[1]}"'
    local place='"exit":0,"signal":0,"seconds":S,"pool":"local","attempt":1'
    [ "$(without_seconds)" = \
        '{"seq":1,"p":"7",'"$place"',"result":{"loss":0.50, "x":[1]}}' ] ||
        tell "another record"
}

@test "jsonl: JSON over several lines is one result, in one line" {
    run poolrun -n0 --format jsonl --columns result \
        printf '{\n"a":\n1}\n' ::: 1
    assert_output '{"result":{ "a": 1}}'
}

@test "jsonl: other output is text, and bytes that are no UTF-8 base64" {
    run poolrun -k --format jsonl --columns stdout printf '%b' \
        ::: 'a "b"\n' '\0377\n' ''
    assert_output '{"stdout":"a \"b\"\n"}
{"stdout_base64":"/wo="}
{"stdout":""}'
}

@test "--columns picks and orders, and is tsv" {
    run poolrun -k --param p=11,12 --param q=24 --columns 'p,q,out[1]' \
        echo 0.{p}
    assert_output $'p\tq\tout[1]\n11\t24\t0.11\n12\t24\t0.12'
}

@test "--columns takes fields by number and every record column" {
    run poolrun --columns 2,1,seq,exit,signal,pool,attempt,slot,cause,command \
        sh -c 'exit $2' _ {1} {2} ::: a ::: 5
    assert_status 1
    [ "$(tail -n 1 .out)" = \
        $'5\ta\t1\t5\t0\tlocal\t1\t1\texit 5\tsh -c \'exit $2\' _ a 5' ] ||
        tell "another record"
}

@test "--columns stderr is what was written there" {
    run poolrun --columns stdout,stderr sh -c 'echo o; echo e >&2' ::: 1
    assert_output $'stdout\tstderr\no\te'
}

@test "out[N] is a word of the last line, split at TAB, comma or blanks" {
    run poolrun -k --columns 'out[1],out[2],out[3],out[-1]' printf '%b' \
        ::: 'x\na b  c\n' '1\t2 3\t4' 'p,q r,s\n'
    assert_output "\
out[1]	out[2]	out[3]	out[-1]
a	b	c	c
1	2 3	4	4
p	q r	s	s"
}

@test "result.PATH goes into the JSON" {
    run poolrun -n0 --columns result.loss,result.params.p,result.params \
        echo '{"loss":0.50,"params":{"p":"a b"}}' ::: 1
    assert_output "\
result.loss	result.params.p	result.params
0.50	a b	{\"p\":\"a b\"}"
}

@test "result.PATH that leads nowhere is an empty cell" {
    run poolrun -n0 --columns seq,result.no,result.a.b echo '{"a":1}' ::: 1
    assert_output $'seq\tresult.no\tresult.a.b\n1\t\t'
    run poolrun -n0 --columns seq,result.no echo 'no JSON' ::: 1
    assert_output $'seq\tresult.no\n1\t'
}

@test "an unknown column is refused, with those that are there" {
    run poolrun --columns nosuch echo ::: 1
    assert_status 255
    assert_output ''
    assert_stderr "there is no column 'nosuch'; there are 1, 2, ..."
    run poolrun --columns q --param p=1 echo
    assert_status 255
    assert_stderr "there is no column 'q'; there are p, "
}

@test "records keep their order with -k, and come as jobs end without" {
    run poolrun -j2 -k --columns 1 sh -c '
        [ "$1" = 2 ] || until [ -e two ]; do sleep 0.01; done
        [ "$1" = 1 ] || : >two' _ {} ::: 1 2
    assert_output $'1\n1\n2'
}

@test "no row, but a heading" {
    run poolrun --param p=1 --columns p,seq --halt now,fail=1 true
    assert_output $'p\tseq\n1\t1'
    run poolrun --columns seq,exit true </dev/null
    assert_status 0
    assert_output $'seq\texit'
}

@test "a job that was not started has a record, too" {
    run poolrun -k --columns 1,exit,cause echo {2} {1} <<<$'a b\nc'
    assert_status 1
    assert_output $'1\texit\tcause
a\t0\t
c\t126\tnot started: line 2 has 1 field, {2} needs 2'
}

# peers, output: what users of GNU parallel and xargs see

# shellcheck disable=SC1083,SC2016 # placeholders; dollars for jobs' shells
load lib

@test "output comes in the order in which jobs finish" {
    poolrun -j2 sh -c '
        [ "$1" = quick ] || until grep quick out; do sleep 0.01; done >&2
        echo "$1"' _ {} ::: slow quick >out
    [ "$(cat out)" = $'quick\nslow' ]
}

@test "-k prints in the order of the input" {
    run poolrun -k -j2 sh -c '
        [ "$1" = quick ] || until [ -e quick ]; do sleep 0.01; done
        : >"$1"
        echo "$1"' _ {} ::: slow quick
    assert_status 0
    assert_output $'slow\nquick'
}

@test "--lb prints whole lines while jobs run" {
    poolrun -j2 --lb sh -c '
        echo "$1 begins"
        [ "$1" = quick ] || until grep -q "quick ends" out; do sleep 0.01; done
        echo "$1 ends"' _ {} ::: slow quick >out
    [ "$(tail -n 1 out)" = 'slow ends' ]
    [ "$(sort out)" = $'quick begins\nquick ends\nslow begins\nslow ends' ]
}

@test "no newline is added to output that has none" {
    run poolrun -k printf %s {} ::: a b c
    assert_output abc
    [ "$(wc -c <.out)" -eq 3 ]
}

@test "--tag puts the arguments and a TAB before each line" {
    run poolrun -k --tag echo x{} ::: A B
    assert_output $'A\txA\nB\txB'
}

@test "binary output is not touched" {
    run poolrun -n0 printf '\000\377\n' ::: 1
    [ "$(od -An -tx1 .out)" = ' 00 ff 0a' ]
}

@test "stdout goes to stdout and stderr to stderr" {
    run poolrun sh -c 'echo o; echo e >&2' ::: 1
    assert_status 0
    assert_output o
    [ "$stderr" = e ] || tell "expected e on stderr"
}

@test "--results keeps output in files by source and value, and prints none" {
    run poolrun --results out -k echo ::: a b
    assert_status 0
    assert_output ''
    run find out -type f
    assert_output_sorted "\
out/1/a/seq
out/1/a/stderr
out/1/a/stdout
out/1/b/seq
out/1/b/stderr
out/1/b/stdout"
    [ "$(cat out/1/b/stdout)" = b ]
    [ "$(cat out/1/b/seq)" = 2 ]
}

@test "with --header the name stands in the place of the number" {
    run poolrun --header : --results out echo {fruit} ::: fruit fig
    assert_status 0
    [ "$(cat out/fruit/fig/stdout)" = fig ]
}

@test "--dry-run prints the commands quoted, and runs nothing" {
    run poolrun -k --dry-run echo {} ::: 'a b' "it's"
    assert_status 0
    assert_output "echo 'a b'
echo 'it'\"'\"'s'"
    run poolrun --dry-run touch started ::: 1
    assert_status 0
    [ ! -e started1 ] && [ ! -e started ]
}

@test "-n puts several lines into a command, and -t prints it first" {
    run poolrun -j1 -n2 -t echo <<<$'1\n2\n3'
    assert_status 0
    assert_output $'1 2\n3'
    [ "$stderr" = $'echo 1 2\necho 3' ] || tell "expected the commands"
}

@test "--results -.tsv prints one table with log, fields and output" {
    run poolrun --results -.tsv sh -c 'echo $1; exit $1' _ {} ::: 3
    assert_status 1
    [ "$(cut -f 1,7- .out)" = "\
Seq	Exitval	Signal	Command	V1	Stdout	Stderr
1	3	0	sh -c 'echo \$1; exit \$1' _ 3	3	\"3
\"" ] || tell "another table"
    [ "$(ls)" = '' ]
}

@test "--results -.csv has commas, and the names of the fields" {
    run poolrun --results -.csv --header : sh -c 'echo a,b >&2' ::: x 1
    assert_status 0
    [ "$(cut -d , -f 7- .out)" = "\
Exitval,Signal,Command,x,Stdout,Stderr
0,0,\"sh -c 'echo a,b >&2' 1\",1,,\"a,b
\"" ] || tell "another table"
}

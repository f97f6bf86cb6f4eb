# template: the command, its placeholders, and what a job finds around it

# shellcheck disable=SC1083,SC2016 # placeholders; dollars for jobs' shells
load lib

@test "options end at the first word that is none" {
    run poolrun -k echo -k ::: 1
    assert_output '-k 1'
    run poolrun -k -- echo -j {} ::: 1
    assert_output '-j 1'
}

@test "a command may begin with a dash behind --" {
    run poolrun -- -nosuch ::: 1
    assert_status 127
    assert_stderr 'command not found: -nosuch'
}

@test "fields go by number from the left and from the right" {
    run poolrun echo {1} {-1} {-2} {2} ::: a ::: b ::: c
    assert_output 'a c b b'
}

@test "path forms of the row" {
    run poolrun -k echo '{.}|{/}|{//}|{/.}' ::: a/b.c b /x.y a/ .hidden
    assert_output "\
a/b|b.c|a|b
b|b|.|b
/x|x.y|/|x
a/||.|
|.hidden|.|"
}

@test "path forms of fields, by number and by name" {
    run poolrun echo {1.} {1/} {2//} {2/.} ::: a/b.c ::: d/e.f.g
    assert_output 'a/b b.c d e.f'
    run poolrun --param f=a/b.c echo {f.} {f/} {f//} {f/.}
    assert_output 'a/b b.c a b'
}

@test "{#} is the number of the job" {
    run poolrun -k echo {#} ::: a b c
    assert_output $'1\n2\n3'
}

@test "{%} is a slot from 1 to -j, and no two jobs have it at a time" {
    run poolrun -j2 sh -c '
        mkdir "slot.$1" || exit 9
        sleep 0.02
        rmdir "slot.$1"
        echo "$1"' _ {%} ::: {1..20}
    assert_status 0
    [ "$(sort -u .out)" = $'1\n2' ] || tell "expected the slots 1 and 2"
}

@test "{@} is each field as its own argument" {
    run poolrun printf '%s;' - {@} - ::: 'a b' ::: c
    assert_output '-;a b;c;-;'
}

@test "{@} as a part of a word is refused" {
    run poolrun echo x{@} ::: a
    assert_status 255
    assert_output ''
    assert_stderr '{@} must be an argument of its own'
}

@test "-I leaves {} alone, and other placeholders as they are" {
    run poolrun -I ROW echo {} ROW xROW {#} ::: a
    assert_output '{} a xa 1'
    run poolrun -I '' echo ::: a
    assert_status 255
}

@test "{name} is plain text where no names exist" {
    run poolrun echo '{print}' '{p}' {} ::: a
    assert_output '{print} {p} a'
    run poolrun awk '{print FILENAME}' - {} ::: /dev/null
    assert_status 0
}

@test "where names exist, an unknown one is an error before any job" {
    run poolrun --param p=1 touch '{p}{nosuch}'
    assert_status 255
    assert_stderr 'no field is named "nosuch"'
    assert_stderr '--no-names'
    assert_stderr -I
    assert_stderr 'choose one of: p'
    [ "$(ls)" = '' ]
}

@test "an unknown <name> is an error, too" {
    run poolrun --param p=1 echo '<q>'
    assert_status 255
    assert_stderr 'no field is named "q"'
    run poolrun echo '<p>' {q} <<<a
    assert_status 255
    assert_stderr 'no field is named "q"'
}

@test "of several sources only those with names are offered" {
    run poolrun --param p=1 echo {q} ::: a
    assert_status 255
    assert_stderr 'choose one of: p'
}

@test "--no-names makes names plain text" {
    run poolrun --no-names --param p=1 echo {p} '<p>' {1}
    assert_output '{p} <p> 1'
}

@test "<name> binds to columns in order of first appearance" {
    run poolrun -k echo '<q>' '<p>' '<q>' {p} {1} <<<$'1 2\n3 4'
    assert_output $'1 2 1 2 1\n3 4 3 4 3'
}

@test "with <name> a row with more or fewer columns fails, naming its line" {
    run poolrun -k echo '<p>' '<q>' <<<$'1 2\n3\n4 5 6'
    assert_status 2
    assert_output '1 2'
    assert_stderr 'line 2 has 1 field'
    assert_stderr 'line 3 has 3 fields, the command names 2'
}

@test "<name> is a placeholder as a whole word only" {
    run poolrun echo 'x<p>' '<p>' <<<a
    assert_output 'x<p> a'
    run poolrun echo 'x<p>' '< p>' <<<a
    assert_output 'x<p> < p> a'
}

@test "a row with too few fields fails its job only, naming the line" {
    run poolrun -k --joblog log echo {1}{2}{3} <<<$'a b c\nd e\nf g h'
    assert_status 1
    assert_output $'abc\nfgh'
    assert_stderr 'job 2 failed: not started: line 2 has 2 fields, {3} needs 3'
    run eval 'cut -f 1,7 log | grep ^2'
    assert_output $'2\t126'
}

@test "a row cannot add a word or start a command" {
    printf '%s\n' 'a b' '; touch hacked' '$(touch hacked)' '`touch hacked`' \
        >rows
    run poolrun -k printf '[%s]' {} <rows
    assert_status 0
    assert_output '[a b][; touch hacked][$(touch hacked)][`touch hacked`]'
    [ ! -e hacked ]
}

@test "a row cannot become a placeholder" {
    run poolrun echo {1} {2} ::: {2} ::: '{#}'
    assert_output '{2} {#}'
}

@test "an empty row is an empty argument, not none" {
    run poolrun printf '[%s]' x {} y ::: ''
    assert_output '[x][][y]'
}

@test "a job finds its number, slot, attempt and pool in its environment" {
    run poolrun -j1 -k --retries 2 sh -c '
        echo $POOLRUN_SEQ $POOLRUN_SLOT $POOLRUN_ATTEMPT $POOLRUN_POOL
        [ $POOLRUN_ATTEMPT -eq 2 ]' ::: a b
    assert_status 0
    assert_output $'1 1 2 local\n2 1 2 local'
}

@test "a job's standard input is empty" {
    run poolrun sh -c 'cat; echo end' <<<$'a'
    assert_output end
}

@test "a job leads a session of its own" {
    run poolrun sh -c 'cut -d " " -f 6 /proc/$$/stat; echo $$' ::: 1
    [ "$(sed -n 1p .out)" = "$(sed -n 2p .out)" ] || tell "not its leader"
}

@test "a job has the default actions for all signals" {
    run bash -c 'trap "" HUP PIPE USR1
        "$0" -n0 grep -E "^Sig(Ign|Blk)" /proc/self/status ::: 1' \
        "${POOLRUN:-$BATS_TEST_DIRNAME/../../src/poolrun}"
    [ "$(wc -l <.out)" -eq 2 ]
    local mask
    while read -r _ mask; do
        # the C library keeps 32 and 33 for itself
        [ "$((0x$mask & ~0x180000000))" -eq 0 ] || tell "not the default"
    done <.out
}

@test "a job has no open files but the first three" {
    : >file
    exec {extra}<file
    run poolrun sh -c 'ls /proc/$$/fd' ::: 1
    exec {extra}<&-
    assert_output $'0\n1\n2'
}

@test "an argument of gigabytes costs its job, and no memory" {
    word=$(printf '{1}%.0s' {1..5000})
    yes | tr -d '\n' | head -c 50000 >value
    run poolrun -j1 --joblog log sh -c 'ulimit -v; : "$1"' _ "$word" ::: "$(<value)" ''
    assert_status 1
    assert_stderr 'too long for the kernel'
    run cut -f 1,7 log
    assert_output $'Seq\tExitval\n1\t126\n2\t0'
}

# running: how many at once, where, with what, and when the next one starts

# shellcheck disable=SC2016 # for the shells of the jobs
load lib
load processes

# With so many workers, that many jobs run at once, and no more: each waits
# until it sees all the others.
assert_at_once() {
    local most=$1
    shift
    script meet <<'EOF'
touch "here.$POOLRUN_SEQ"
until [ "$(ls here.* | wc -l)" -ge "$1" ]; do
    sleep 0.02
done
echo "$POOLRUN_SLOT"
EOF
    rm -f here.*
    begin "$@" ./meet "$most" {} < <(seq "$most")
    assert_end 'exit 0'
    [ "$(sort -n out | tr '\n' ' ')" = "$(seq -s ' ' "$most") " ] || show
}

@test "-j N runs N jobs at once, each in a slot of its own" {
    assert_at_once 3 -j3
    assert_at_once 5 -j 5
    assert_at_once 2 --jobs=2
    assert_at_once 4 -P4
}

@test "-j1 runs one job after another, in order" {
    run poolrun -j1 sh -c 'echo begin $1; echo end $1' _ {} ::: 1 2 3
    assert_status 0
    assert_output $'begin 1\nend 1\nbegin 2\nend 2\nbegin 3\nend 3'
}

@test "-j +N, -N and N% count from the usable cores" {
    cores=$(nproc)
    assert_at_once $((cores + 1)) -j +1
    assert_at_once $((cores * 2)) -j 200%
    assert_at_once $((cores > 1 ? cores - 1 : 1)) -j -1
    run poolrun -j -10000 echo ::: a
    assert_status 0
    assert_output a
}

@test "-j 0 runs as many as it can" {
    assert_at_once 12 -j0
}

@test "-j auto keeps to the cores it may use" {
    run taskset -c "$(first_core)" "$POOLRUN" \
        sh -c 'echo $POOLRUN_SLOT' {} ::: 1 2 3
    assert_status 0
    assert_output $'1\n1\n1'
    export SLURM_CPUS_ON_NODE=1
    run poolrun -j auto sh -c 'echo $POOLRUN_SLOT' {} ::: 1 2 3
    assert_output $'1\n1\n1'
}

first_core() {
    taskset -cp $$ | sed 's/.*: *//; s/[,-].*//'
}

@test "-j that makes no sense is refused" {
    for value in x 1.5 % 2x; do
        run poolrun -j "$value" echo ::: a
        assert_status 255
        assert_stderr '-j'
        assert_output ''
    done
}

@test "--pin keeps each worker's jobs on one core" {
    run poolrun -k -j2 --pin sh -c 'taskset -cp $$' _ {} ::: 1 2
    assert_status 0
    while read -r line; do
        [[ "$line" =~ :\ [0-9]+$ ]] || tell "not one core: $line"
    done <.out
    run poolrun -j1 --pin sh -c 'taskset -cp $$ | sed "s/.*: //"' _ ::: 1
    assert_output "$(first_core)"
}

@test "--delay keeps its distance between two starts" {
    run poolrun -j4 --delay 300ms sh -c 'date +%s%N' _ ::: 1 2 3
    assert_status 0
    sort -n .out | awk 'NR > 1 && $1 - last < 250000000 {exit 1} {last = $1}' ||
        tell "too close"
}

@test "--load and --memfree start nothing that would be too much" {
    for gate in --load=0.0000001 --memfree=1000P; do
        begin "$gate" -j2 touch {} ::: ran
        wait_for catches "$PID" USR1
        kill -s USR1 "$PID"
        wait_for grep -q '0 done, 0 failed, 0 running' err
        kill -s TERM "$PID"
        assert_end 'signal 15'
        [ ! -e ran ]
    done
}

@test "--load and --memfree let pass what is not too much" {
    run poolrun --load 100000 --memfree 1k -k echo ::: a b
    assert_status 0
    assert_output $'a\nb'
}

@test "--nice lowers the priority of jobs" {
    own=$(nice)
    run poolrun --nice 5 sh -c nice _ ::: 1
    assert_status 0
    assert_output $((own + 5 > 19 ? 19 : own + 5))
}

@test "--wd is where jobs run, and where the command is found" {
    mkdir folder
    echo 'echo "in $(basename "$PWD")"' | script folder/tool
    run poolrun --wd folder ./tool ::: 1
    assert_status 0
    assert_output 'in folder'
    run poolrun --wd "$PWD/folder" --shell 'basename "$PWD"' ::: 1
    assert_output folder
}

@test "--wd that is not there ends the run at once, with its name" {
    run poolrun --wd nowhere echo ::: 1 2 3
    assert_status 126
    assert_output ''
    assert_stderr 'nowhere'
    [ "$(wc -l <.err)" -eq 1 ] || tell "one message, please"
    touch file
    run poolrun --wd file echo ::: 1
    assert_status 126
    assert_stderr 'file'
}

@test "--env takes names, and jobs have the environment anyway" {
    export ONE=1 TWO=2
    run poolrun --env ONE,TWO --env HOME sh -c 'echo $ONE$TWO' _ ::: 1
    assert_status 0
    assert_output 12
    run poolrun --env 'A=b' echo ::: 1
    assert_status 255
    assert_stderr '--env takes names of variables, not "A=b"'
}

@test "--limit-mem ends a job that takes more, and its children count" {
    script hog <<'EOF'
[ "$1" = small ] || perl -e '$x = "x" x 200_000_000; sleep 1000'
echo "$1 done"
EOF
    run poolrun -k -j1 --limit-mem 100M ./hog {} ::: small big small
    assert_status 1
    assert_output $'small done\nsmall done'
    assert_stderr 'job 2 failed: out of memory: ./hog big'
}

@test "--shuf runs every row once, and not always in the same order" {
    seq 30 >rows
    run poolrun -k --shuf echo <rows
    assert_status 0
    assert_output_sorted "$(sort rows)"
    cmp -s .out rows || return 0 # once in 10^32
    run poolrun -k --shuf echo <rows
    ! cmp -s .out rows || tell 'not shuffled'
}

@test "--dry-run prints the commands and runs none" {
    run poolrun -k --dry-run touch {} ::: one 'two words' "it's"
    assert_status 0
    assert_output "touch one
touch 'two words'
touch 'it'\"'\"'s'"
    [ ! -e one ]
    mv .out commands
    run sh commands
    [ -e one ]
    [ -e 'two words' ]
    [ -e "it's" ]
}

@test "-t tells each command on stderr as it starts" {
    run poolrun -t -j1 echo got {} ::: one 'two words'
    assert_status 0
    assert_output $'got one\ngot two words'
    assert_stderr $'echo got one\necho got \'two words\''
}

@test "--delay: nothing is waited for behind the last job" {
    SECONDS=0
    run poolrun --delay 60 echo ::: 1
    assert_status 0
    assert_output 1
    [ "$SECONDS" -lt 50 ] || tell "it waited"
}

@test "where no worker can be made the run ends, and says why" {
    run bash -c 'ulimit -n 7; exec "$0" -j4 echo ::: 1 2' \
        "${POOLRUN:?}" </dev/null
    assert_status 255
    assert_stderr 'Too many open files'
}

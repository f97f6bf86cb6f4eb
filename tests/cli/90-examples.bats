# examples: each of them runs as its README says, to the last digit

load lib

examples=${POOLRUN_SRC:-$BATS_TEST_DIRNAME/../..}/examples
export POOLRUN=${POOLRUN:-$BATS_TEST_DIRNAME/../../src/poolrun}

# The records of a table: without the line of names, if it has one.
records() {
    sed '1{/^p\t/d;/^customer,/d;}' "$1"
}

@test "the grid search fills a table of 144 points in the order of the grid" {
    SAMPLES=10 run "$examples/grid/run.sh" out
    assert_status 0
    run records out/results.tsv
    [ "$(wc -l <<<"$output")" -eq 144 ] || tell "not 144 records"
    run cut -f 1,2 <(records out/results.tsv)
    assert_output "$(for p in -2.75 -2.25 -1.75 -1.25 -0.75 -0.25 \
        0.25 0.75 1.25 1.75 2.25 2.75; do
        for q in -2.75 -2.25 -1.75 -1.25 -0.75 -0.25 \
            0.25 0.75 1.25 1.75 2.25 2.75; do
            printf '%s\t%s\n' "$p" "$q"
        done
    done)"
}

@test "the grid search computes what the function is" {
    SAMPLES=10 run "$examples/grid/run.sh" out
    assert_status 0
    run grep -E $'^-?0\\.25\t-?0\\.25\t' out/results.tsv
    assert_output $'-0.25\t-0.25\t0.418789\n-0.25\t0.25\t0.418789
0.25\t-0.25\t0.418789\n0.25\t0.25\t0.418789'
    run cat out/points.jsonl
    assert_output '{"p":0,"q":0,"result":0.946355}
{"p":0.5,"q":-0.5,"result":-0.409414}
{"p":1,"q":0.25,"result":-0.697715}
{"p":-1.5,"q":2,"result":0.148945}
{"p":2.75,"q":2.75,"result":0.167283}'
}

@test "the grid search tells where the table is, and draws it if it can" {
    SAMPLES=1 run "$examples/grid/run.sh" out
    assert_status 0
    [[ "$output" == *"$PWD/out/results.tsv"* ]] || tell "no table named"
    if command -v gnuplot; then
        [[ "$output" == *"$PWD/out/surface.png"* ]] || tell "no picture named"
        [ "$(head -c 4 out/surface.png | tail -c 3)" = PNG ] ||
            tell "no picture drawn"
    fi
}

@test "checksums are those of sha256sum, whatever the files are called" {
    mkdir -p files/deep
    printf 'one' >files/one
    printf 'two\n' >'files/a b'
    printf 'three' >"files/deep/it's \$HOME; *"
    printf 'four' >files/$'new\nline'
    : >files/-n
    run "$examples/checksums/run.sh" files sums
    assert_status 0
    assert_output '5 files: sums'
    run cat sums
    assert_output "$(find files -type f -print0 | sort -z |
        xargs -0 sha256sum --)"
}

@test "checksums notice that a file has changed since" {
    mkdir files
    echo before >files/a
    echo same >files/b
    run "$examples/checksums/run.sh" files sums
    assert_status 0
    echo after >files/a
    run sha256sum --check sums
    assert_status 1
    assert_output $'files/a: FAILED\nfiles/b: OK'
}

@test "checksums of an empty folder are an empty list" {
    mkdir files
    run "$examples/checksums/run.sh" files sums
    assert_status 0
    assert_output '0 files: sums'
}

@test "the invoices are due on the days the calendar says" {
    run "$examples/csv/run.sh"
    assert_status 0
    cp .out due.csv
    run records due.csv
    # shellcheck disable=SC2016 # the customer's name is meant
    assert_output '"Miller, Jones & Co",2024-01-31,2024-03-01,Friday
"The ""Blue"" Hotel",2024-02-15,2024-02-29,Thursday
Harbour Office,2023-12-20,2023-12-30,Saturday
$(reboot); '"'x'"',2024-02-28,2024-02-29,Thursday'
}

@test "an invoice with a bad date is one failure among the others" {
    printf 'customer,issued,days\na,2024-13-01,1\nb,2024-01-01,1\n' >in.csv
    run "$examples/csv/run.sh" in.csv
    assert_status 1
    [[ "$output" == *b,2024-01-01,2024-01-02,Tuesday* ]] || tell "b is lost"
    assert_stderr 'invalid date'
}

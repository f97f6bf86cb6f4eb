# lib.bash - what the fault tests share, beside the libraries of the CLI tests

# It cannot write any more: what it has written does not grow.
is_stuck() {
    local before
    before=$(grep wchar "/proc/$1/io")
    sleep 0.3
    [ "$before" = "$(grep wchar "/proc/$1/io")" ]
}

# There is a seq(1) that is stuck.
writer_is_stuck() {
    local job
    job=$(survivors_like '^seq ')
    [ -n "$job" ] && is_stuck "$job"
}

# lib.bash - what the fault tests share, beside the libraries of the CLI tests

# How many bytes a process has written.
written_by() {
    sed -n 's/^wchar: //p' "/proc/$1/io"
}

# It cannot write any more: what it has written does not grow.
is_stuck() {
    local before
    before=$(written_by "$1")
    sleep 0.3
    [ "$before" = "$(written_by "$1")" ]
}

# There is a seq(1) that is stuck.
writer_is_stuck() {
    local job
    job=$(survivors_like '^seq ')
    [ -n "$job" ] && is_stuck "$job"
}

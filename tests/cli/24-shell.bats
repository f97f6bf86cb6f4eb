# shell: --shell, and the hint at it

# shellcheck disable=SC1083,SC2016 # placeholders; dollars for jobs' shells
load lib

@test "--shell runs the joined words by /bin/sh" {
    run poolrun -k --shell echo {} '|' tr a-z A-Z ::: abc
    assert_output ABC
    run poolrun -k --shell 'echo {} | tr a-z A-Z; echo {#}' ::: abc
    assert_output $'ABC\n1'
}

@test "--shell quotes what is put in" {
    run poolrun -k --shell 'printf "[%s]\n" {}' ::: "it's" 'a  b' '$HOME' \
        '`id`' 'x; touch hacked' '' '*' $'a\nb' '"' "\\"
    assert_status 0
    assert_output "[it's]
[a  b]
[\$HOME]
[\`id\`]
[x; touch hacked]
[]
[*]
[a
b]
[\"]
[\\]"
    [ ! -e hacked ]
}

@test "--shell quotes path forms, fields and names" {
    run poolrun --param 'x=a;b' --shell 'echo {2/.} {x} {@}' ::: "a/it's.c"
    assert_output "it's a;b a;b a/it's.c"
}

@test "--shell appends the row where there is no placeholder" {
    run poolrun --shell 'echo x' ::: 'a  b'
    assert_output 'x a  b'
}

@test "a value inside a word of the shell joins it" {
    run poolrun --shell 'echo x{}y' ::: "a'b"
    assert_output "xa'by"
}

@test "--dry-run with --shell prints the line for the shell" {
    run poolrun --dry-run --shell 'ls {} | wc' ::: 'a b'
    assert_status 0
    assert_output "ls 'a b' | wc"
}

@test "what is printed by --dry-run can be run by a shell" {
    run poolrun -k --dry-run printf '[%s]' {} ::: "it's" 'a  b' '$HOME' '' \
        $'a\nb' '*' "\\" '!'
    cp .out script
    run sh script
    assert_output "[it's][a  b][\$HOME][][a
b][*][\\][!]"
}

@test "a command that is meant for a shell gets a hint" {
    for command in 'echo hi' 'ls|wc' 'cd;ls' '$EDITOR'; do
        run poolrun "$command" ::: 1
        assert_status 127
        assert_stderr "command not found: $command"
        assert_stderr --shell
    done
    run poolrun nosuch-command ::: 1
    assert_status 127
    [[ "$stderr" != *--shell* ]] || tell "expected no hint"
}

@test "a command from the row that is meant for a shell gets a hint, too" {
    run poolrun {} ::: 'echo hi'
    assert_status 1
    assert_stderr 'command not found: echo hi'
    assert_stderr --shell
}

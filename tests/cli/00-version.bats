# version: the program says what it is

load lib

@test "--version prints name and version" {
    run poolrun --version
    assert_status 0
    [[ "$output" =~ ^poolrun\ [0-9]+\.[0-9]+\.[0-9]+$ ]] || tell "no version"
}

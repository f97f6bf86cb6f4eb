CLI_TESTS += \
	tests/cli/00-version.bats

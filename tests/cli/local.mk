CLI_TESTS += \
	tests/cli/00-version.bats \
	tests/cli/01-usage.bats \
	tests/cli/02-completion.bats

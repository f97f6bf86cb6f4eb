CLI_TESTS += \
	tests/fault/10-kill.bats

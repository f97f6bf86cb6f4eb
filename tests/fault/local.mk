CLI_TESTS += \
	tests/fault/10-kill.bats \
	tests/fault/20-reader.bats \
	tests/fault/30-disk.bats

CLI_TESTS += \
	tests/cli/00-version.bats \
	tests/cli/01-usage.bats \
	tests/cli/02-completion.bats \
	tests/cli/10-peers-input.bats \
	tests/cli/10-peers-output.bats \
	tests/cli/10-peers-status.bats \
	tests/cli/20-input.bats \
	tests/cli/21-columns.bats \
	tests/cli/22-grids.bats \
	tests/cli/23-template.bats \
	tests/cli/24-shell.bats \
	tests/cli/30-output.bats \
	tests/cli/31-records.bats \
	tests/cli/32-logs.bats \
	tests/cli/33-progress.bats \
	tests/cli/40-exit-status.bats \
	tests/cli/50-running.bats \
	tests/cli/51-timeout.bats \
	tests/cli/52-retry.bats \
	tests/cli/53-halt.bats \
	tests/cli/54-signals.bats \
	tests/cli/55-jobs.bats \
	tests/cli/56-descriptors.bats \
	tests/cli/90-examples.bats

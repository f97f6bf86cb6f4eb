src_libpoolrun_a_SOURCES += \
	src/cli/cmd_run.c src/cli/cmd_run.h \
	src/cli/completion.c src/cli/completion.h \
	src/cli/exit_status.h \
	src/cli/help.c src/cli/help.h \
	src/cli/option_hint.c src/cli/option_hint.h \
	src/cli/option_table.c src/cli/option_table.h \
	src/cli/option_value.c src/cli/option_value.h \
	src/cli/options.c src/cli/options.h \
	src/cli/run_setup.c src/cli/run_setup.h \
	src/cli/source_list.c src/cli/source_list.h

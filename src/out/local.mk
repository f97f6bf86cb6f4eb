src_libpoolrun_a_SOURCES += \
	src/out/answer.c src/out/answer.h \
	src/out/cell.c src/out/cell.h \
	src/out/column.c src/out/column.h \
	src/out/column_list.c src/out/column_list.h \
	src/out/failures.c src/out/failures.h \
	src/out/joblog.c src/out/joblog.h \
	src/out/label.c src/out/label.h \
	src/out/member.c src/out/member.h \
	src/out/print_task.c src/out/print_task.h \
	src/out/printer.c src/out/printer.h \
	src/out/progress.c src/out/progress.h \
	src/out/rate.c src/out/rate.h \
	src/out/results_dir.c src/out/results_dir.h \
	src/out/results_path.c src/out/results_path.h \
	src/out/table.c src/out/table.h \
	src/out/value.h \
	src/out/writer.c src/out/writer.h

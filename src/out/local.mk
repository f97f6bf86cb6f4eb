src_libpoolrun_a_SOURCES += \
	src/out/failures.c src/out/failures.h \
	src/out/joblog.c src/out/joblog.h \
	src/out/progress.c src/out/progress.h \
	src/out/rate.c src/out/rate.h \
	src/out/results_dir.c src/out/results_dir.h \
	src/out/results_path.c src/out/results_path.h

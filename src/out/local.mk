src_libpoolrun_a_SOURCES += \
	src/out/failures.c src/out/failures.h \
	src/out/joblog.c src/out/joblog.h \
	src/out/rate.c src/out/rate.h

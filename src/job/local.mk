src_libpoolrun_a_SOURCES += \
	src/job/attempt.c src/job/attempt.h \
	src/job/batch.h \
	src/job/job.c src/job/job.h \
	src/job/result.c src/job/result.h \
	src/job/row.c src/job/row.h

src_libpoolrun_a_SOURCES += \
	src/job/grid.c src/job/grid.h \
	src/job/result.c src/job/result.h \
	src/job/row.c src/job/row.h

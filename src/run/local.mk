src_libpoolrun_a_SOURCES += \
	src/run/halt.c src/run/halt.h

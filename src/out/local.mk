src_libpoolrun_a_SOURCES += \
	src/out/writer.c src/out/writer.h

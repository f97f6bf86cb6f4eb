src_libpoolrun_a_SOURCES += \
	src/base/auto.h \
	src/base/buf.c src/base/buf.h \
	src/base/bytes.h \
	src/base/clock.c src/base/clock.h \
	src/base/decimal.c src/base/decimal.h \
	src/base/err.c src/base/err.h \
	src/base/fd.c src/base/fd.h \
	src/base/json.c src/base/json.h \
	src/base/json_string.c \
	src/base/xalloc.c src/base/xalloc.h
src_libpoolrun_a_SOURCES += \
	src/base/blob.c src/base/blob.h \
	src/base/spool.c src/base/spool.h \
	src/base/stream.c src/base/stream.h

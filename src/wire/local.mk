src_libpoolrun_a_SOURCES += \
	src/wire/batch_flag.h \
	src/wire/channel.c src/wire/channel.h \
	src/wire/frame.c src/wire/frame.h \
	src/wire/frames.def \
	src/wire/hello.c src/wire/hello.h \
	src/wire/msgpack_check.c src/wire/msgpack_check.h

src_libpoolrun_a_SOURCES += \
	src/base/auto.h \
	src/base/blob.c src/base/blob.h \
	src/base/blob_walk.c src/base/blob_walk.h \
	src/base/buf.c src/base/buf.h \
	src/base/bytes.h \
	src/base/child_watch.c src/base/child_watch.h \
	src/base/clock.c src/base/clock.h \
	src/base/decimal.c src/base/decimal.h \
	src/base/err.c src/base/err.h \
	src/base/fd.c src/base/fd.h \
	src/base/json.c src/base/json.h \
	src/base/json_string.c \
	src/base/loop.c src/base/loop.h \
	src/base/path_form.c src/base/path_form.h \
	src/base/proctree.c src/base/proctree.h \
	src/base/quote.c src/base/quote.h \
	src/base/signal_name.c src/base/signal_name.h \
	src/base/spool.c src/base/spool.h \
	src/base/stream.c src/base/stream.h \
	src/base/term_seq.c src/base/term_seq.h \
	src/base/text.c src/base/text.h \
	src/base/thread.c src/base/thread.h \
	src/base/units.c src/base/units.h \
	src/base/utf8.c src/base/utf8.h \
	src/base/xalloc.c src/base/xalloc.h

# A fuzz target is a function that takes any bytes. Its corpus always runs in
# `make check`; with --enable-fuzzers (and clang) a fuzzer is made of it:
#
#     make tests/fuzz/fuzz_frame && tests/fuzz/fuzz_frame CORPUS...
FUZZ_FEEDS = tests/fuzz/feed_frame
tests_fuzz_feed_frame_SOURCES = tests/fuzz/feed.c tests/fuzz/fuzz_frame.c \
	tests/fuzz/fuzz.h
tests_fuzz_feed_frame_LDADD = src/libpoolrun.a

if FUZZERS
noinst_PROGRAMS += tests/fuzz/fuzz_frame
tests_fuzz_fuzz_frame_SOURCES = tests/fuzz/fuzz_frame.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_frame_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_frame_LDADD = src/libpoolrun.a
endif

EXTRA_DIST += \
	tests/fuzz/corpus/frame/batch \
	tests/fuzz/corpus/frame/cut \
	tests/fuzz/corpus/frame/deep \
	tests/fuzz/corpus/frame/done \
	tests/fuzz/corpus/frame/empty \
	tests/fuzz/corpus/frame/gigabytes \
	tests/fuzz/corpus/frame/gigabytes-of-items \
	tests/fuzz/corpus/frame/half-id \
	tests/fuzz/corpus/frame/hello \
	tests/fuzz/corpus/frame/map-that-overflows \
	tests/fuzz/corpus/frame/missing-fields \
	tests/fuzz/corpus/frame/optional \
	tests/fuzz/corpus/frame/output \
	tests/fuzz/corpus/frame/recall \
	tests/fuzz/corpus/frame/refuse \
	tests/fuzz/corpus/frame/run \
	tests/fuzz/corpus/frame/two-values \
	tests/fuzz/corpus/frame/unknown \
	tests/fuzz/corpus/frame/wrong-kind

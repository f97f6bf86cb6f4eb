# Built by bench/run only, with `make bench/spawner bench/tiny`.
EXTRA_PROGRAMS = bench/spawner
bench_spawner_SOURCES = bench/spawner.c
CLEANFILES += bench/spawner bench/tiny

# By hand, for it must not see a library or a sanitizer.
bench/tiny: $(srcdir)/bench/tiny.c
	$(AM_V_CC)$(MKDIR_P) bench && \
	$(CC) -nostdlib -static -o $@ $(srcdir)/bench/tiny.c

EXTRA_DIST += \
	bench/README.md \
	bench/run \
	bench/setup \
	bench/tiny.c

src_libpoolrun_a_SOURCES += \
	src/pool/orphans.c src/pool/orphans.h \
	src/pool/pool.h \
	src/pool/pool_local.c src/pool/pool_local.h \
	src/pool/runner.c src/pool/runner.h

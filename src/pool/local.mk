src_libpoolrun_a_SOURCES += \
	src/pool/cgroup.c src/pool/cgroup.h \
	src/pool/cores.c src/pool/cores.h \
	src/pool/jobs_spec.c src/pool/jobs_spec.h \
	src/pool/orphans.c src/pool/orphans.h \
	src/pool/pool.h \
	src/pool/pool_local.c src/pool/pool_local.h \
	src/pool/runner.c src/pool/runner.h

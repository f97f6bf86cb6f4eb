src_libpoolrun_a_SOURCES += \
	src/pool/cores.c src/pool/cores.h \
	src/pool/cgroup.c src/pool/cgroup.h \
	src/pool/jobs_spec.c src/pool/jobs_spec.h

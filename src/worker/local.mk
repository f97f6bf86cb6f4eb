src_libpoolrun_a_SOURCES += \
	src/worker/capture.c src/worker/capture.h \
	src/worker/killer.c src/worker/killer.h \
	src/worker/lookup.c src/worker/lookup.h \
	src/worker/oom.c src/worker/oom.h \
	src/worker/proc.c src/worker/proc.h \
	src/worker/recipe.c src/worker/recipe.h \
	src/worker/spawn.c src/worker/spawn.h \
	src/worker/worker.c src/worker/worker.h

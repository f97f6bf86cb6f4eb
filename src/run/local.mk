src_libpoolrun_a_SOURCES += \
	src/run/coordinator.c src/run/coordinator.h \
	src/run/credit.c src/run/credit.h \
	src/run/gate.c src/run/gate.h \
	src/run/halt.c src/run/halt.h \
	src/run/intake.c src/run/intake.h \
	src/run/logbook.c src/run/logbook.h \
	src/run/median.c src/run/median.h \
	src/run/outcome.c src/run/outcome.h \
	src/run/reader.c src/run/reader.h \
	src/run/report.c src/run/report.h \
	src/run/roster.c src/run/roster.h \
	src/run/scheduler.c src/run/scheduler.h \
	src/run/signals.c src/run/signals.h \
	src/run/time_limit.c src/run/time_limit.h \
	src/run/verdict.c src/run/verdict.h

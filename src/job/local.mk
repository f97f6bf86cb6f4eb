src_libpoolrun_a_SOURCES += \
	src/job/attempt.c src/job/attempt.h \
	src/job/batch.h \
	src/job/job.c src/job/job.h \
	src/job/placeholder.c src/job/placeholder.h \
	src/job/result.c src/job/result.h \
	src/job/row.c src/job/row.h \
	src/job/template.c src/job/template.h \
	src/job/template_expand.c \
	src/job/template_private.h

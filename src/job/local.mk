src_libpoolrun_a_SOURCES += \
	src/job/result.c src/job/result.h \
	src/job/row.c src/job/row.h
src_libpoolrun_a_SOURCES += \
	src/job/placeholder.c src/job/placeholder.h \
	src/job/template.c src/job/template.h \
	src/job/template_expand.c src/job/template_private.h

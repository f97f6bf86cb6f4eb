src_libpoolrun_a_SOURCES += \
	src/job/attempt.c src/job/attempt.h \
	src/job/batch.h \
	src/job/column_splitter.c src/job/column_splitter.h \
	src/job/csv_reader.c src/job/csv_reader.h \
	src/job/field_list.c src/job/field_list.h \
	src/job/grid.c src/job/grid.h \
	src/job/input_file.c src/job/input_file.h \
	src/job/input_options.c src/job/input_options.h \
	src/job/job.c src/job/job.h \
	src/job/job_queue.c src/job/job_queue.h \
	src/job/json_columns.c src/job/json_columns.h \
	src/job/line_reader.c src/job/line_reader.h \
	src/job/placeholder.c src/job/placeholder.h \
	src/job/result.c src/job/result.h \
	src/job/row.c src/job/row.h \
	src/job/row_bundle.c src/job/row_bundle.h \
	src/job/row_cross.c src/job/row_cross.h \
	src/job/row_cursor.c src/job/row_cursor.h \
	src/job/row_reader.c src/job/row_reader.h \
	src/job/row_source.c src/job/row_source.h \
	src/job/template.c src/job/template.h \
	src/job/template_expand.c \
	src/job/template_private.h

UNIT_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests
UNIT_LIBS = src/libpoolrun.a $(CMOCKA_LIBS)

UNIT_TESTS += tests/unit/test_blob
tests_unit_test_blob_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_blob_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_buf
tests_unit_test_buf_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_buf_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_json
tests_unit_test_json_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_json_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_blob_walk
tests_unit_test_blob_walk_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_blob_walk_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_text
tests_unit_test_text_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_text_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_utf8
tests_unit_test_utf8_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_utf8_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_failures
tests_unit_test_failures_SOURCES = tests/unit/test_failures.c tests/made_result.h
tests_unit_test_failures_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_failures_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_joblog
tests_unit_test_joblog_SOURCES = tests/unit/test_joblog.c tests/made_result.h
tests_unit_test_joblog_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_joblog_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_rate
tests_unit_test_rate_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_rate_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_results_dir
tests_unit_test_results_dir_SOURCES = tests/unit/test_results_dir.c tests/made_result.h
tests_unit_test_results_dir_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_results_dir_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_results_path
tests_unit_test_results_path_SOURCES = tests/unit/test_results_path.c tests/made_result.h
tests_unit_test_results_path_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_results_path_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_progress
tests_unit_test_progress_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_progress_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_answer
tests_unit_test_answer_SOURCES = tests/unit/test_answer.c tests/made_result.h
tests_unit_test_answer_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_answer_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_label
tests_unit_test_label_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_label_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_column_list
tests_unit_test_column_list_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_column_list_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_cell
tests_unit_test_cell_SOURCES = tests/unit/test_cell.c tests/caught.h tests/made_result.h
tests_unit_test_cell_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_cell_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_member
tests_unit_test_member_SOURCES = tests/unit/test_member.c tests/caught.h tests/made_result.h
tests_unit_test_member_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_member_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_column
tests_unit_test_column_SOURCES = tests/unit/test_column.c tests/made_result.h
tests_unit_test_column_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_column_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_table
tests_unit_test_table_SOURCES = tests/unit/test_table.c tests/caught.h tests/made_result.h
tests_unit_test_table_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_table_LDADD = $(UNIT_LIBS)

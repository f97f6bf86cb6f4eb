UNIT_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests
UNIT_LIBS = src/libpoolrun.a $(CMOCKA_LIBS)

UNIT_TESTS += tests/unit/test_answer
tests_unit_test_answer_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_answer_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_blob
tests_unit_test_blob_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_blob_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_blob_walk
tests_unit_test_blob_walk_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_blob_walk_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_buf
tests_unit_test_buf_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_buf_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_cell
tests_unit_test_cell_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_cell_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_cgroup
tests_unit_test_cgroup_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_cgroup_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_column
tests_unit_test_column_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_column_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_column_list
tests_unit_test_column_list_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_column_list_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_cores
tests_unit_test_cores_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_cores_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_failures
tests_unit_test_failures_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_failures_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_halt
tests_unit_test_halt_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_halt_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_joblog
tests_unit_test_joblog_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_joblog_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_jobs_spec
tests_unit_test_jobs_spec_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_jobs_spec_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_json
tests_unit_test_json_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_json_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_label
tests_unit_test_label_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_label_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_member
tests_unit_test_member_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_member_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_option_hint
tests_unit_test_option_hint_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_option_hint_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_option_table
tests_unit_test_option_table_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_option_table_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_option_value
tests_unit_test_option_value_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_option_value_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_options
tests_unit_test_options_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_options_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_path_form
tests_unit_test_path_form_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_path_form_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_placeholder
tests_unit_test_placeholder_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_placeholder_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_progress
tests_unit_test_progress_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_progress_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_quote
tests_unit_test_quote_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_quote_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_rate
tests_unit_test_rate_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_rate_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_results_dir
tests_unit_test_results_dir_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_results_dir_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_results_path
tests_unit_test_results_path_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_results_path_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_source_list
tests_unit_test_source_list_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_source_list_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_table
tests_unit_test_table_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_table_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_template
tests_unit_test_template_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_template_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_template_expand
tests_unit_test_template_expand_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_template_expand_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_term_seq
tests_unit_test_term_seq_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_term_seq_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_text
tests_unit_test_text_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_text_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_units
tests_unit_test_units_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_units_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_utf8
tests_unit_test_utf8_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_utf8_LDADD = $(UNIT_LIBS)

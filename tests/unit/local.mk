UNIT_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests
UNIT_LIBS = src/libpoolrun.a $(CMOCKA_LIBS)

UNIT_TESTS += tests/unit/test_answer
tests_unit_test_answer_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_answer_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_attempt
tests_unit_test_attempt_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_attempt_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_blob
tests_unit_test_blob_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_blob_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_blob_walk
tests_unit_test_blob_walk_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_blob_walk_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_buf
tests_unit_test_buf_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_buf_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_capture
tests_unit_test_capture_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_capture_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_cell
tests_unit_test_cell_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_cell_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_cgroup
tests_unit_test_cgroup_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_cgroup_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_channel
tests_unit_test_channel_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_channel_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_child_watch
tests_unit_test_child_watch_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_child_watch_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_column
tests_unit_test_column_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_column_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_column_list
tests_unit_test_column_list_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_column_list_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_column_splitter
tests_unit_test_column_splitter_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_column_splitter_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_cores
tests_unit_test_cores_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_cores_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_credit
tests_unit_test_credit_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_credit_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_csv_reader
tests_unit_test_csv_reader_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_csv_reader_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_decimal
tests_unit_test_decimal_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_decimal_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_failures
tests_unit_test_failures_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_failures_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_fd
tests_unit_test_fd_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_fd_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_field_list
tests_unit_test_field_list_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_field_list_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_frame
tests_unit_test_frame_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_frame_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_frame_decode
tests_unit_test_frame_decode_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_frame_decode_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_gate
tests_unit_test_gate_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_gate_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_grid
tests_unit_test_grid_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_grid_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_halt
tests_unit_test_halt_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_halt_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_hello
tests_unit_test_hello_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_hello_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_input_file
tests_unit_test_input_file_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_input_file_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_input_options
tests_unit_test_input_options_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_input_options_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_intake
tests_unit_test_intake_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_intake_LDADD = $(UNIT_LIBS)
tests_unit_test_intake_SOURCES = tests/unit/test_intake.c tests/fake_run.c tests/fake_pool.c

UNIT_TESTS += tests/unit/test_job_queue
tests_unit_test_job_queue_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_job_queue_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_joblog
tests_unit_test_joblog_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_joblog_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_jobs_spec
tests_unit_test_jobs_spec_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_jobs_spec_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_json
tests_unit_test_json_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_json_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_json_columns
tests_unit_test_json_columns_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_json_columns_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_label
tests_unit_test_label_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_label_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_line_reader
tests_unit_test_line_reader_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_line_reader_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_lookup
tests_unit_test_lookup_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_lookup_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_median
tests_unit_test_median_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_median_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_member
tests_unit_test_member_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_member_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_msgpack_check
tests_unit_test_msgpack_check_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_msgpack_check_LDADD = $(UNIT_LIBS)

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

UNIT_TESTS += tests/unit/test_orphans
tests_unit_test_orphans_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_orphans_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_outcome
tests_unit_test_outcome_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_outcome_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_path_form
tests_unit_test_path_form_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_path_form_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_placeholder
tests_unit_test_placeholder_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_placeholder_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_pool_local
tests_unit_test_pool_local_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_pool_local_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_print_task
tests_unit_test_print_task_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_print_task_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_printer
tests_unit_test_printer_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_printer_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_proc
tests_unit_test_proc_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_proc_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_proc_limits
tests_unit_test_proc_limits_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_proc_limits_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_proctree
tests_unit_test_proctree_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_proctree_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_progress
tests_unit_test_progress_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_progress_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_quote
tests_unit_test_quote_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_quote_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_rate
tests_unit_test_rate_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_rate_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_reader
tests_unit_test_reader_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_reader_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_report
tests_unit_test_report_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_report_LDADD = $(UNIT_LIBS)
tests_unit_test_report_SOURCES = tests/unit/test_report.c tests/fake_run.c tests/fake_pool.c

UNIT_TESTS += tests/unit/test_result
tests_unit_test_result_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_result_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_results_dir
tests_unit_test_results_dir_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_results_dir_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_results_path
tests_unit_test_results_path_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_results_path_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_roster
tests_unit_test_roster_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_roster_LDADD = $(UNIT_LIBS)
tests_unit_test_roster_SOURCES = tests/unit/test_roster.c tests/fake_pool.c

UNIT_TESTS += tests/unit/test_row
tests_unit_test_row_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_row_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_row_bundle
tests_unit_test_row_bundle_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_row_bundle_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_row_cross
tests_unit_test_row_cross_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_row_cross_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_row_cursor
tests_unit_test_row_cursor_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_row_cursor_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_row_reader
tests_unit_test_row_reader_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_row_reader_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_row_source
tests_unit_test_row_source_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_row_source_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_runner
tests_unit_test_runner_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_runner_LDADD = $(UNIT_LIBS)
tests_unit_test_runner_SOURCES = tests/unit/test_runner.c tests/fake_pool.c

UNIT_TESTS += tests/unit/test_scheduler
tests_unit_test_scheduler_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_scheduler_LDADD = $(UNIT_LIBS)
tests_unit_test_scheduler_SOURCES = tests/unit/test_scheduler.c tests/fake_run.c tests/fake_pool.c

UNIT_TESTS += tests/unit/test_scheduler_credit
tests_unit_test_scheduler_credit_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_scheduler_credit_LDADD = $(UNIT_LIBS)
tests_unit_test_scheduler_credit_SOURCES = tests/unit/test_scheduler_credit.c tests/fake_run.c tests/fake_pool.c

UNIT_TESTS += tests/unit/test_scheduler_end
tests_unit_test_scheduler_end_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_scheduler_end_LDADD = $(UNIT_LIBS)
tests_unit_test_scheduler_end_SOURCES = tests/unit/test_scheduler_end.c tests/fake_run.c tests/fake_pool.c

UNIT_TESTS += tests/unit/test_scheduler_random
tests_unit_test_scheduler_random_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_scheduler_random_LDADD = $(UNIT_LIBS)
tests_unit_test_scheduler_random_SOURCES = tests/unit/test_scheduler_random.c tests/fake_run.c tests/fake_pool.c

UNIT_TESTS += tests/unit/test_signals
tests_unit_test_signals_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_signals_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_source_list
tests_unit_test_source_list_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_source_list_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_spawn
tests_unit_test_spawn_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_spawn_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_spool
tests_unit_test_spool_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_spool_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_stream
tests_unit_test_stream_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_stream_LDADD = $(UNIT_LIBS)

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

UNIT_TESTS += tests/unit/test_thread
tests_unit_test_thread_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_thread_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_time_limit
tests_unit_test_time_limit_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_time_limit_LDADD = $(UNIT_LIBS)
tests_unit_test_time_limit_SOURCES = tests/unit/test_time_limit.c tests/fake_pool.c

UNIT_TESTS += tests/unit/test_units
tests_unit_test_units_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_units_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_utf8
tests_unit_test_utf8_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_utf8_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_verdict
tests_unit_test_verdict_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_verdict_LDADD = $(UNIT_LIBS)
tests_unit_test_verdict_SOURCES = tests/unit/test_verdict.c tests/fake_pool.c

UNIT_TESTS += tests/unit/test_worker
tests_unit_test_worker_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_worker_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_worker_end
tests_unit_test_worker_end_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_worker_end_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_writer
tests_unit_test_writer_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_writer_LDADD = $(UNIT_LIBS)

EXTRA_DIST += \
	tests/caught.h \
	tests/fake_input.h \
	tests/fake_output.h \
	tests/fake_pool.h \
	tests/fake_run.h \
	tests/far_worker.h \
	tests/made_result.h \
	tests/pseudo_random.h \
	tests/scratch.h \
	tests/template_maker.h \
	tests/told_proc.h \
	tests/wait_loop.h

# run under the thread sanitizer, too
THREAD_TESTS = tests/unit/test_reader tests/unit/test_writer tests/unit/test_printer tests/unit/test_spool tests/unit/test_blob tests/unit/test_thread

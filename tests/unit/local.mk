UNIT_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests
UNIT_LIBS = src/libpoolrun.a $(CMOCKA_LIBS)
EXTRA_DIST += tests/fake_input.h

UNIT_TESTS += tests/unit/test_blob
tests_unit_test_blob_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_blob_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_buf
tests_unit_test_buf_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_buf_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_json
tests_unit_test_json_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_json_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_decimal
tests_unit_test_decimal_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_decimal_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_grid
tests_unit_test_grid_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_grid_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_line_reader
tests_unit_test_line_reader_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_line_reader_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_csv_reader
tests_unit_test_csv_reader_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_csv_reader_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_column_splitter
tests_unit_test_column_splitter_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_column_splitter_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_json_columns
tests_unit_test_json_columns_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_json_columns_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_input_options
tests_unit_test_input_options_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_input_options_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_row_reader
tests_unit_test_row_reader_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_row_reader_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_row_bundle
tests_unit_test_row_bundle_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_row_bundle_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_row_cursor
tests_unit_test_row_cursor_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_row_cursor_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_row_cross
tests_unit_test_row_cross_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_row_cross_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_row_source
tests_unit_test_row_source_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_row_source_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_field_list
tests_unit_test_field_list_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_field_list_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_input_file
tests_unit_test_input_file_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_input_file_LDADD = $(UNIT_LIBS)

UNIT_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests
UNIT_LIBS = src/libpoolrun.a $(CMOCKA_LIBS)

UNIT_TESTS += tests/unit/test_blob
tests_unit_test_blob_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_blob_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_buf
tests_unit_test_buf_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_buf_LDADD = $(UNIT_LIBS)

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

UNIT_TESTS += tests/unit/test_source_list
tests_unit_test_source_list_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_source_list_LDADD = $(UNIT_LIBS)

UNIT_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests
UNIT_LIBS = src/libpoolrun.a $(CMOCKA_LIBS)

UNIT_TESTS += tests/unit/test_blob
tests_unit_test_blob_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_blob_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_buf
tests_unit_test_buf_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_buf_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_cgroup
tests_unit_test_cgroup_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_cgroup_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_cores
tests_unit_test_cores_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_cores_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_halt
tests_unit_test_halt_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_halt_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_jobs_spec
tests_unit_test_jobs_spec_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_jobs_spec_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_path_form
tests_unit_test_path_form_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_path_form_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_placeholder
tests_unit_test_placeholder_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_placeholder_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_quote
tests_unit_test_quote_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_quote_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_template
tests_unit_test_template_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_template_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_template_expand
tests_unit_test_template_expand_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_template_expand_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_term_seq
tests_unit_test_term_seq_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_term_seq_LDADD = $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_units
tests_unit_test_units_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_units_LDADD = $(UNIT_LIBS)

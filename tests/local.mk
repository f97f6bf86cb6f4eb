# unit tests: one program a module, TAP from cmocka
UNIT_TESTS =

include tests/unit/local.mk

# what a fuzzer found, and what it may begin with
include tests/fuzz/local.mk

check_PROGRAMS = $(FUZZ_FEEDS)
if HAVE_CMOCKA
check_PROGRAMS += $(UNIT_TESTS)
endif

# CLI tests: what a user types and sees; bats speaks TAP, too
CLI_TESTS =
include tests/cli/local.mk

# the same, with kills, slow readers and full disks
include tests/fault/local.mk

TESTS = $(check_PROGRAMS) $(CLI_TESTS) tests/check-layers tests/check-size \
	tests/check-docs tests/check-examples
TEST_EXTENSIONS = .bats
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
BATS_LOG_DRIVER = $(LOG_DRIVER)
BATS_LOG_COMPILER = $(BATS)
AM_BATS_LOG_FLAGS = --tap
AM_TESTS_ENVIRONMENT = \
	CMOCKA_MESSAGE_OUTPUT=TAP; export CMOCKA_MESSAGE_OUTPUT; \
	POOLRUN='$(abs_top_builddir)/src/poolrun'; export POOLRUN; \
	POOLRUN_SRC='$(abs_top_srcdir)'; export POOLRUN_SRC; \
	LC_ALL=C; export LC_ALL;

EXTRA_DIST += $(CLI_TESTS) tests/cli/lib.bash tests/cli/processes.bash \
	tests/fault/lib.bash tests/check-layers \
	tests/check-size tests/check-docs tests/check-examples

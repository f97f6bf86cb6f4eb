src_libpoolrun_a_SOURCES += \


EXTRA_DIST += \
	examples/checksums/README.md \
	examples/checksums/run.sh \
	examples/csv/README.md \
	examples/csv/invoices.csv \
	examples/csv/run.sh \
	examples/grid/README.md \
	examples/grid/params.txt \
	examples/grid/plot.gp \
	examples/grid/run.sh \
	examples/grid/think.c

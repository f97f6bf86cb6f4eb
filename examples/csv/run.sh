#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh - when is each invoice of a CSV file due, and on what day?
#
#   run.sh [FILE]      reads FILE (invoices.csv), prints a CSV table
#
# POOLRUN is the poolrun to use.
set -eu

poolrun=${POOLRUN:-poolrun}
file=${1:-$(dirname "$0")/invoices.csv}

LC_ALL=C "$poolrun" -k --csv --header : \
    --format csv --columns 'customer,issued,out[1],out[2]' \
    -- date -u -d '{issued} + {days} days' '+%F %A' <"$file"

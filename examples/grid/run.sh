#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh - a grid search: 144 points, every core, one table, one picture
#
#   run.sh [DIR]      everything lands in DIR (./grid if none is given)
#
# POOLRUN is the poolrun to use, SAMPLES makes each point cheap or dear.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
poolrun=${POOLRUN:-poolrun}
dir=${1:-grid}
mkdir -p "$dir"
cd "$dir"

${CC:-cc} -O2 -o think "$here/think.c" -lm

# Two parameters of 12 values each: the last varies fastest.
"$poolrun" -k --format tsv --columns p,q,result.result \
    --param p=-2.75..2.75:0.5 --param q=-2.75..2.75:0.5 \
    -- ./think '{p}' '{q}' "${SAMPLES:-1000}" >results.tsv

# The same program on points of one's own choice, one pair a line.
"$poolrun" -k -- ./think '<p>' '<q>' "${SAMPLES:-1000}" \
    <"$here/params.txt" >points.jsonl

echo "table:   $PWD/results.tsv"
echo "points:  $PWD/points.jsonl"
if command -v gnuplot >/dev/null 2>&1; then
    gnuplot "$here/plot.gp"
    echo "picture: $PWD/surface.png"
else
    echo "picture: none, for want of gnuplot"
fi

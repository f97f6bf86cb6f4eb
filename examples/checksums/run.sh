#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh - the SHA-256 sums of every file of a folder, on every core
#
#   run.sh FOLDER [SUMS]      into SUMS (./SHA256SUMS), outside of FOLDER
#
# POOLRUN is the poolrun to use. At the end sha256sum itself checks the list.
set -eu

poolrun=${POOLRUN:-poolrun}
folder=${1:?a folder, please}
sums=${2:-SHA256SUMS}

# NUL ends each name, so that no name can be mistaken for two.
find "$folder" -type f -print0 | LC_ALL=C sort -z |
    "$poolrun" -0 -k -- sha256sum -- '{}' >"$sums"

if [ -s "$sums" ]; then
    sha256sum --check --quiet "$sums"
fi
echo "$(wc -l <"$sums") files: $sums"

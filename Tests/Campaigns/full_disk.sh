#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A disk that is full, read-only or gone in the middle of a shard: one error line that names the file, and nothing is lost.
#
# usage: full_disk.sh CCH FOLDER    as root, for a mount of its own
set -euo pipefail
cch=$(realpath "$1")
folder=$(realpath "$2")
if [ -z "${CCH_IN_MOUNTS:-}" ]; then exec env CCH_IN_MOUNTS=1 unshare -m "$0" "$cch" "$folder"; fi
line="verify --cases 1280 --seed 1"
refusal() { # NAME COMMAND…: status 2 and one line
  local name=$1 status=0
  shift
  "$@" > "$folder/../out" 2> "$folder/../err" || status=$?
  [ $status -eq 2 ] && [ "$(wc -l < "$folder/../err")" -eq 1 ] && grep -q "^error: .*$folder" "$folder/../err" \
    || { echo "$name: status $status"; cat "$folder/../err"; exit 1; }
}
mount -t tmpfs -o size=40k tmpfs "$folder"
"$cch" campaign plan "$line" --out "$folder/c" --shards 1 --save-every 1ms > /dev/null
refusal "full" "$cch" campaign run "$folder/c" --shard 0 --quiet
grep -q "No space left" "$folder/../err"
kept=$(cat "$folder"/c/parts/0000/*.jsonl | wc -l)
[ "$kept" -ge 2 ] || { echo "nothing was kept: $kept"; exit 1; }
mount -o remount,ro "$folder"
refusal "read-only" "$cch" campaign run "$folder/c" --shard 0 --quiet
mount -o remount,rw,size=10m "$folder"
"$cch" campaign run "$folder/c" --shard 0 | grep -q "lines were there already"
mv "$folder/c" "$folder/gone"
refusal "gone" "$cch" campaign status "$folder/c"
mv "$folder/gone" "$folder/c"
"$cch" campaign merge "$folder/c" > /dev/null || [ $? -ne 1 ]
"$cch" $line --json > "$folder/../plain.json" || true
diff "$folder/c/merged/0.json" "$folder/../plain.json"
echo "Full, read-only, vanished folder: one line each, and nothing lost"

#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Hunts every false claim under many seeds and prints, for each: the share found, the median number of cases and seconds to
# the first violation, the median seconds to the shrunk result, the median processor seconds of the whole command, and the result's
# size; each hunt on one thread. Exit status 1 where a claim is not refuted under every seed within one processor second in the median.
# Usage: Benchmarks/hunts.sh [SEEDS] [CLAIM…]
set -euo pipefail
cd "$(dirname "$0")/.."
seeds=${1:-20}
shift || true
cch=${CCH:-.build/release/cch}
# One core: threads of BLAS, which no hunt uses, wait for work in a loop before they sleep.
export OPENBLAS_NUM_THREADS=1
claims=${*:-$($cch claims --json | sed -nE '/"id"/ { s/.*: "(.*)",/\1/; h }; /"status": "false"/ { x; p }')}

field() { sed -n "s/^  \"$1\": \(.*[^,]\),\{0,1\}$/\1/p"; }
median() { sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

TIMEFORMAT='%U %S'
met=0

printf '%-24s %7s %10s %12s %12s %8s %14s\n' claim found 'cases' 'seconds' 'to shrunk' 'CPU s' 'rows of Σ'
for claim in $claims; do
  folder=$(mktemp -d)
  for seed in $(seq 1 "$seeds"); do
    { time $cch hunt "$claim" --seed "$seed" --time 60s --threads 1 --json --quiet > "$folder/$seed.json" || [ $? -eq 1 ]; } 2> "$folder/$seed.time"
  done
  found=$(grep -l '"found": true' "$folder"/*.json | wc -l)
  first=$(for f in "$folder"/*.json; do field first_case < "$f"; done | median)
  search=$(for f in "$folder"/*.json; do field search_seconds < "$f"; done | median)
  total=$(for f in "$folder"/*.json; do field seconds < "$f"; done | median)
  processor=$(for f in "$folder"/*.time; do tail -1 "$f" | awk '{ print $1 + $2 }'; done | median)
  [ "$found" -eq "$seeds" ] && awk "BEGIN { exit !($processor <= 1) }" || met=1
  rows=$(for f in "$folder"/*.json; do sed -n '/"sigma"/,/^    \]/p' "$f" | grep -c '^      \[' || true; done | sort -n | uniq -c | awk '{ printf "%s%s×%s", (NR > 1 ? " " : ""), ($2 == 0 ? "no Σ " : $2), $1 }')
  printf '%-24s %4s/%-3s %9s %12s %12s %8s %14s\n' "$claim" "$found" "$seeds" "$first" "$search" "$total" "$processor" "$rows"
  rm -rf "$folder"
done
# A true claim keeps the hunt going long enough to time it.
$cch hunt theorem1 --seed 1 --time 4s --json | awk -F'[:,]' '/"cases"/ { c = $2 } /"seconds"/ { s = $2 } END { print "theorem1:", int(c / s), "cases a second" }'
exit $met

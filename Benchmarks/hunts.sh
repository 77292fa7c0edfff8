#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Hunts every false claim under many seeds and prints, for each: the share found, the median number of cases and seconds to
# the first violation, the median seconds to the shrunk result, and its size; each hunt on one thread. Usage: Benchmarks/hunts.sh [SEEDS] [CLAIM…]
set -euo pipefail
cd "$(dirname "$0")/.."
seeds=${1:-20}
shift || true
cch=${CCH:-.build/release/cch}
claims=${*:-$($cch claims --json | sed -nE '/"id"/ { s/.*: "(.*)",/\1/; h }; /"status": "false"/ { x; p }')}

field() { sed -n "s/^  \"$1\": \(.*[^,]\),\{0,1\}$/\1/p"; }
median() { sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

printf '%-24s %7s %10s %12s %12s %14s\n' claim found 'cases' 'seconds' 'to shrunk' 'rows of Σ'
for claim in $claims; do
  folder=$(mktemp -d)
  for seed in $(seq 1 "$seeds"); do
    $cch hunt "$claim" --seed "$seed" --time 60s --threads 1 --json > "$folder/$seed.json" || [ $? -eq 1 ]
  done
  found=$(grep -l '"found": true' "$folder"/*.json | wc -l)
  first=$(for f in "$folder"/*.json; do field first_case < "$f"; done | median)
  search=$(for f in "$folder"/*.json; do field search_seconds < "$f"; done | median)
  total=$(for f in "$folder"/*.json; do field seconds < "$f"; done | median)
  rows=$(for f in "$folder"/*.json; do sed -n '/"sigma"/,/^    \]/p' "$f" | grep -c '^      \['; done | sort -n | uniq -c | awk '{ printf "%s%s×%s", (NR > 1 ? " " : ""), $2, $1 }')
  printf '%-24s %4s/%-3s %9s %12s %12s %14s\n' "$claim" "$found" "$seeds" "$first" "$search" "$total" "$rows"
  rm -rf "$folder"
done
# A true claim keeps the hunt going long enough to time it.
$cch hunt theorem1 --seed 1 --time 4s --json | awk -F'[:,]' '/"cases"/ { c = $2 } /"seconds"/ { s = $2 } END { print "theorem1:", int(c / s), "cases a second" }'

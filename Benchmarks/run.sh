#!/usr/bin/env bash
# Every claim about speed as a ratio against a peer or a limit measured in the same run. Usage: Benchmarks/run.sh
# The peers live in a virtual environment of their own; the product needs none of them.
set -euo pipefail
cd "$(dirname "$0")"
if [ ! -x venv/bin/python ]; then
  python3 -m venv venv
  venv/bin/pip install --quiet python-flint hypothesis
fi
swift build -c release 2>&1 | grep -E 'error|warning: unr' || [ $? -eq 1 ]
(cd .. && swift build -c release --product cch > /dev/null)
status=0
.build/release/verdicts venv/bin/python peer.py || status=1

cch=../.build/release/cch
json() { sed -n "s/^  \"$1\": \([^,]*\),\{0,1\}$/\1/p"; }
rate() { "$@" --json > /tmp/cch-rate.$$ || true; awk -v c="$(json cases < /tmp/cch-rate.$$)" -v s="$(json seconds < /tmp/cch-rate.$$)" 'BEGIN { print c / s }'; rm -f /tmp/cch-rate.$$; }

hypothesis=$(venv/bin/python peer_hunt.py 1500)
one=$(rate $cch hunt theorem1 --seed 1 --time 4s --threads 1)
two=$(rate $cch hunt theorem1 --seed 1 --time 4s --threads 2)
awk -v o="$one" -v t="$two" -v h="$hypothesis" 'BEGIN {
  printf "%-42s %-16s %-16s %-9s %-20s %s\n", "hunt theorem1, one thread (peer: Hypothesis)", int(o) "/s", int(h) "/s", int(o / h) "×", "≥ 1000×", (o / h >= 1000 ? "yes" : "NO")
  printf "%-42s %-16s %-16s %-9s %-20s %s\n", "hunt theorem1, 2 threads against 1", int(t) "/s", int(o) "/s", sprintf("%.2f×", t / o), "≥ 1.9×", (t / o >= 1.9 ? "yes" : "NO") }'

# Memory must not grow with the number of cases.
peak() { /usr/bin/env python3 -c 'import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)' "$@"; }
small=$(peak $cch verify --seed 1 --cases 20000)
large=$(peak $cch verify --seed 1 --cases 200000)
printf '%-42s %-16s %-16s %-9s %-20s %s\n' 'peak memory of verify, 200,000 cases' "$large MB" "$small MB (20,000)" "$(awk -v a="$large" -v b="$small" 'BEGIN { printf "%.2f×", a / b }')" '≤ 200 MB, flat' "$(awk -v a="$large" -v b="$small" 'BEGIN { print (a <= 200 && a <= 1.2 * b ? "yes" : "NO") }')"
exit $status

#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Installs the wheel in a virtual environment of a bare Debian, made by debootstrap, that has none of the libraries in it, and uses
# every kind of command there. Needs root.
set -euo pipefail
wheel=$(realpath "$1"/cch_oracle-*.whl)
sources=$(realpath "$1"/cch[-_]oracle-*.tar.gz)
. "$(dirname "$0")/../.packaging/bare.sh"
bare "${2:-/var/tmp/cch-bare}" python3 python3-venv python3-numpy python3-setuptools python3-wheel
for library in libflint libgsl libmpfr liblapacke; do
  if ls "$root"/usr/lib/x86_64-linux-gnu/$library.so* >/dev/null 2>&1; then echo "$library is there: not bare"; exit 1; fi
done
rm -rf "$root/venv" "$root/alone" "$root/wheel"; mkdir "$root/wheel"; cp "$wheel" "$sources" "$root/wheel/"
start=$(date +%s.%N)
inside /usr/bin/python3 -m venv --system-site-packages /venv
inside sh -c '/venv/bin/pip install -q --no-index /wheel/*.whl'
installed=$(date +%s.%N)
inside cch --version
inside cch claims | tail -1
inside cch verify theorem1 unbounded --cases 6000 --seed 1 | tail -1
inside cch advise /venv/lib/python3.11/site-packages/cch/fixtures/data/autompg.csv --seed 1 --label mpg --student acceleration \
  --teacher horsepower,weight | sed -n '/^Teacher/{n;p;}'
verdict=$(date +%s.%N)
inside sh -c 'cd /tmp && rm -rf theory night && cch report --out theory && grep -o "[0-9]* statements that Coq has decided" theory/index.html | head -1 && grep -q "<svg" theory/index.html
cch campaign plan "verify sharp --cases 2000 --seed 1" --out night --shards 2 >/dev/null && cch campaign submit night --engine ray | grep campaign_ray.py'
inside cch conform -- cch oracle | tail -1
inside cch validate --estimator gaussian --seed 1 | tail -1
inside python3 -c '
import fractions, time
start = time.perf_counter(); import cch; print(f"import cch {1000 * (time.perf_counter() - start):.0f} ms")
import numpy as np
def plug_in(x, y):
    log_det = lambda m: np.linalg.slogdet(np.atleast_2d(np.cov(m, rowvar=False)))[1]
    return (log_det(x) + log_det(y) - log_det(np.hstack([x, y]))) / 2
start = time.perf_counter(); report = cch.validate(plug_in, seed=1, family="gaussian", max_dimension=1)
print(f"cch.validate {time.perf_counter() - start:.1f} s, ok {report.ok}")
assert report.ok
'
# What was said of a failure must be one line, with these words, and exit status 2.
refused() {
  if [ $status != 2 ] || [ "$(echo "$said" | wc -l)" != 1 ] || ! echo "$said" | grep "$1"; then
    echo "status $status, and it said: $said"; exit 1
  fi
}
# Exit status and signals are the program's own.
status=0; inside cch verify nonsense >/dev/null 2>&1 || status=$?; [ $status = 2 ]
status=0; inside timeout -s INT 2 cch verify --time 60s --quiet >/dev/null 2>&1 || status=$?; [ $status = 124 ] || [ $status = 130 ]
# The sources alone install too, and say what they need.
inside sh -c '/usr/bin/python3 -m venv --system-site-packages /alone && /alone/bin/pip install -q --no-index --no-build-isolation /wheel/*.tar.gz'
status=0; said=$(inside /alone/bin/cch --version 2>&1) || status=$?
refused 'the program cch is not here.*glibc'
# A wheel that asks for a newer glibc than this one says so; the loader would be asked too late.
needed=$root/venv/lib/python3.11/site-packages/cch/_bin/glibc
cp "$needed" "$root/wheel/glibc"; echo 9.99 > "$needed"
status=0; said=$(inside cch --version 2>&1) || status=$?
mv "$root/wheel/glibc" "$needed"
refused 'needs glibc 9.99 or newer, and here is glibc'
inside env CCH_TOOL="$(inside /venv/bin/python3 -c 'import cch; print(cch.tool())')" /alone/bin/cch --version
echo "$start $installed $verdict" | awk '{ printf "installed in %.1f s, a verdict after %.1f s\n", $2 - $1, $3 - $1 }'

#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Campaigns on real engines (make campaigns): each must end with the bytes of the plain command.
#
# usage: run.sh CCH [PYTHON_WITH_RAY_AND_SNAKEMAKE]    as root, for the network namespaces
set -euo pipefail
here=$(realpath "$(dirname "$0")")
cch=$(realpath "$1")
python=${2:-}
state=$(mktemp -d)
# munged wants every folder above its socket open to all.
chmod a+x "$state"
trap 'rm -rf "$state"' EXIT
line="hunt theorem1 --seed 7 --cases 524288"

plain() { "$cch" $line --json | sed -E 's/"((search_)?seconds)": [0-9.]+/"\1": 0.000/'; }
plain > "$state/plain.json"
same() { # FOLDER NAME
  "$cch" campaign merge "$1" > /dev/null
  diff "$1/merged/0.json" "$state/plain.json"
  echo "$2: merged as the plain command"
}

CCH_MAX_ARRAY_SIZE=20 "$here/loopback_slurm.sh" "$state/slurm" python3 "$here/slurm_test.py" "$cch" "$state/slurm"

mkdir -p "$state/full/disk"
"$here/full_disk.sh" "$cch" "$state/full/disk"

"$cch" campaign plan "$line" --out "$state/parallel" --shards 8 > /dev/null
"$cch" campaign submit "$state/parallel" --engine parallel --limit 2 --go > /dev/null
same "$state/parallel" "xargs or parallel"

if [ -z "$python" ]; then echo "Ray, Snakemake, Kubernetes: not tested, no Python with them was given"; exit; fi
"$cch" campaign plan "$line" --out "$state/ray" --shards 8 --save-every 50ms > /dev/null
"$cch" campaign submit "$state/ray" --engine kubernetes --image registry/cch:1 --volume-claim night --json \
  | "$python" "$here/kubernetes_test.py"
unshare -n bash -c "ip link set lo up; exec $python '$here/ray_test.py' '$cch' '$state/ray'"
same "$state/ray" "Ray"

(cd "$state" && "$(dirname "$python")/snakemake" -q -s "$here/../../examples/campaigns/Snakefile" -j2 \
  --config cch="$cch" spec="$line" out=snake shards=8 > snake.txt 2>&1) || { cat "$state/snake.txt"; exit 1; }
same "$state/snake" "Snakemake"

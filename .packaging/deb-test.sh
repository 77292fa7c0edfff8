#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs the package on a bare Debian with apt, which has to find all that it depends on, uses every kind of command there as a user without
# rights, reads the manual, completes a word in every shell, and removes it again without a trace. Needs root and Debian's mirror.
set -euo pipefail
package=$(realpath "$1")
. "$(dirname "$0")/bare.sh"
bare "${2:-/var/tmp/cch-bare-deb}" python3
inside dpkg --purge cch >/dev/null 2>&1 || true
cp "$package" "$root/tmp/cch.deb"
cp /etc/resolv.conf "$root/etc/resolv.conf"
inside sh -c 'apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends man-db groff-base zsh fish >/dev/null'
start=$(date +%s.%N)
inside env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends /tmp/cch.deb >/dev/null
date +%s.%N | awk -v start="$start" '{ printf "installed in %.1f s\n", $1 - start }'
inside dpkg --verify cch
user() { inside setpriv --reuid=1000 --regid=1000 --clear-groups env -C /tmp "$@"; }
user cch --version
user cch verify theorem1 unbounded --cases 6000 --seed 1 | tail -1
user cch explain --verdict --data /usr/share/cch/fixtures/data/autompg.csv --teacher horsepower,weight --student acceleration --label mpg | tail -1
user cch validate --estimator gaussian --family gaussian --max-dimension 1 --seed 1 | tail -1
user cch conform --only ksg -- cch oracle | tail -1
user sh -c 'cd /tmp && rm -rf theory night && cch report --out theory && grep -o "[0-9]* statements that Coq has decided" theory/index.html | head -1 && grep -q "<svg" theory/index.html
cch campaign plan "verify sharp --cases 2000 --seed 1" --out night --shards 2 >/dev/null && cch campaign submit night --engine ray | grep campaign_ray.py'
user cch check /usr/share/cch/fixtures/certificates/unbounded.json | tail -1
user sh -c 'mkdir -p /tmp/skeleton && cd /tmp/skeleton && rm -f * && cch conform --init python >/dev/null && cch conform -- python3 adapter.py | tail -1'
# Every page is one that man takes without a warning, and names itself.
for page in $(inside dpkg -L cch | grep '/man1/.*gz$'); do
  warnings=$(inside man --warnings -l -Tutf8 -Z "$page" 2>&1 >/dev/null)
  [ -z "$warnings" ] || { echo "$page: $warnings"; exit 1; }
done
inside mandb -q
# The image has no documents of Debian's packages, and so no pages either, unless it is told otherwise.
inside man -P cat cch-verify | grep -q -- --time
inside apropos -e cch-verify | grep -q '^cch-verify (1)'
# A word in every shell.
completed() { [ "$2" = verify ] || { echo "$1 completes: $2"; exit 1; }; }
completed bash "$(inside bash -c '. /usr/share/bash-completion/completions/cch; COMP_WORDS=(cch ver); COMP_CWORD=1; COMP_LINE="cch ver"; COMP_POINT=7; _cch cch ver cch; echo "${COMPREPLY[@]}"' 2>/dev/null)"
completed fish "$(inside fish -c 'complete -C "cch ver"' 2>/dev/null | cut -f1)"
inside zsh -c 'autoload -Uz compinit && compinit -u && [ "$_comps[cch]" = _cch ] && autoload +X _cch'
for part in GPL FLINT OpenBLAS GSL Swift; do grep -qi "$part" "$root/usr/share/doc/cch/copyright" || { echo "no licence of $part"; exit 1; }; done
grep '^Depends:' <(inside dpkg -s cch)
inside dpkg --purge cch >/dev/null
left=$(inside sh -c 'find / -xdev \( -name "*cch*" -o -path "*/cch/*" \) -not -path "/proc/*" -not -path "/tmp/*" -not -path "/var/cache/*" -not -path "/root/*" -not -path "/venv/*"')
[ -z "$left" ] || { echo "left behind: $left"; exit 1; }
echo "the package works and leaves nothing behind"

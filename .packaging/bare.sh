# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced: a bare Debian in $root, made by debootstrap, and `inside` to run commands in it. Needs root.
bare() {
  root=$1
  shift
  if [ ! -x "$root/usr/bin/python3" ]; then
    command -v debootstrap >/dev/null || apt-get install -y -q --no-install-recommends debootstrap >/dev/null
    debootstrap --variant=minbase --include="$(IFS=,; echo "$*")" bookworm "$root" >/dev/null
  fi
  mountpoint -q "$root/proc" || mount -t proc proc "$root/proc"
  trap 'umount "$root/proc"' EXIT
}
inside() { chroot "$root" /usr/bin/env -i PATH=/venv/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb LC_ALL=C.UTF-8 "$@"; }

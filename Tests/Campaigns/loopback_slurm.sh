#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A Slurm of one machine that nothing outside can see: munged, slurmctld and slurmd on loopback, in a network namespace of their own.
#
# usage: loopback_slurm.sh STATE_FOLDER COMMAND ARG…     as root; needs the packages slurm-wlm and munge
#
# Runs COMMAND with SLURM_CONF set, and STATE_FOLDER/pids/{slurmctld,slurmd,munged}; ends all of it afterwards.
set -euo pipefail
state=$(realpath "$1")
shift
if [ -z "${CCH_IN_NAMESPACE:-}" ]; then
  exec env CCH_IN_NAMESPACE=1 unshare -n "$0" "$state" "$@"
fi
ip link set lo up
# Slurm's look-up of addresses leaves 127.0.0.1 alone out of account.
ip addr add 127.0.0.2/8 dev lo
mkdir -p "$state"/{munge,state,spool,log,pids}
chmod 711 "$state/munge"
(umask 077; head -c1024 /dev/urandom > "$state/munge/key")
host=$(hostname)
cat > "$state/slurm.conf" <<CONF
ClusterName=loop
SlurmctldHost=localhost(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$state/munge/socket,cred_expire=5
StateSaveLocation=$state/state
SlurmdSpoolDir=$state/spool
SlurmctldPidFile=$state/pids/slurmctld
SlurmdPidFile=$state/pids/slurmd
SlurmctldLogFile=$state/log/slurmctld
SlurmdLogFile=$state/log/slurmd
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_min_interval=0,bf_interval=1
ReturnToService=2
SlurmdParameters=config_overrides
SlurmctldTimeout=5
SlurmdTimeout=60
KillWait=5
MinJobAge=600
MaxArraySize=${CCH_MAX_ARRAY_SIZE:-1001}
RequeueExit=99
NodeName=localhost NodeAddr=127.0.0.1 NodeHostname=$host CPUs=2 RealMemory=1000 State=UNKNOWN
PartitionName=main Nodes=localhost Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF="$state/slurm.conf"
munged --key-file="$state/munge/key" --socket="$state/munge/socket" --pid-file="$state/pids/munged" \
  --log-file="$state/log/munged" --seed-file="$state/munge/seed"
stop() {
  for name in slurmd slurmctld munged; do
    if [ -s "$state/pids/$name" ]; then kill "$(cat "$state/pids/$name")" 2>/dev/null || true; fi
  done
}
trap stop EXIT
slurmctld -c
slurmd -N localhost
for _ in $(seq 100); do
  if sinfo -h -o %T 2>/dev/null | grep -q idle; then
    "$@"
    exit
  fi
  sleep 0.2
done
tail -n 5 "$state"/log/* >&2
echo "Slurm did not start" >&2
exit 1

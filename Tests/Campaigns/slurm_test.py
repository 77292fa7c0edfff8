# SPDX-License-Identifier: GPL-3.0-or-later
"""A campaign on a real Slurm, of which tasks, a step daemon and the controller are killed (make campaigns).

usage: loopback_slurm.sh STATE slurm_test.py CCH STATE

32 shards as arrays of at most 19 tasks; in the middle SIGKILL to three tools, to a slurmstepd and to slurmctld, which is started again.
At the end the merged bytes must be those of the plain command.
"""
import json
import os
import re
import signal
import subprocess
import sys
import time

CCH, STATE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
CASES = int(os.environ.get("CCH_CASES", 32 * 65_536))
LINE = os.environ.get("CCH_LINE", f"hunt theorem1 --seed 7 --cases {CASES}").split()
FOLDER = f"{STATE}/campaign"


def run(*words, allowed=(0,)):
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode in allowed, f"{words}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


def processes(pattern):
    """The processes of this namespace whose command line matches, by their numbers."""
    own, found = os.readlink("/proc/self/ns/net"), []
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{entry}/cmdline", "rb") as file:
                line = file.read().replace(b"\0", b" ").decode()
            if os.readlink(f"/proc/{entry}/ns/net") == own and re.search(pattern, line):
                found.append(int(entry))
        except OSError:
            pass
    return found


def kill(pattern, count):
    """SIGKILL to so many processes, as soon as there are any; how many it was."""
    killed = 0
    for _ in range(400):
        for pid in processes(pattern)[: count - killed]:
            try:
                os.kill(pid, signal.SIGKILL)
                killed += 1
            except ProcessLookupError:
                pass
        if killed == count:
            break
        time.sleep(0.02)
    return killed


def status():
    return json.loads(run(CCH, "campaign", "status", FOLDER, "--json"))


def submit():
    """Submits what is missing and waits until all of it, and the merge, has ended."""
    out = run(CCH, "campaign", "submit", FOLDER, "--engine", "slurm", "--limit", "2", "--go", "--json")
    return json.loads(out)["printed"]


def main():
    plain = json.loads(run(CCH, *LINE, "--json"))
    run(CCH, "campaign", "plan", " ".join(LINE), "--out", FOLDER, "--shards", "32", "--save-every", "100ms")
    start, rounds, killed = time.time(), 0, {"tools": 0, "slurmstepd": 0, "slurmctld": 0}
    while status()["missing"] and rounds < 6:
        jobs = submit()
        rounds += 1
        if rounds == 1:
            assert len(jobs) == 3, jobs  # two arrays and the merge
            killed["tools"] = kill(r"campaign run .*--list", 3)
            killed["slurmstepd"] = kill(r"^slurmstepd: \[", 1)
            with open(f"{STATE}/pids/slurmctld", encoding="utf-8") as file:
                os.kill(int(file.read()), signal.SIGKILL)
            killed["slurmctld"] = 1
            time.sleep(2)
            subprocess.run(["slurmctld"], check=True)
        deadline = time.time() + 600
        while time.time() < deadline:
            # A controller that lost its last seconds meets jobs that it does not know, and drains the node: an operator takes it back,
            # and releases the tasks that Slurm holds.
            state = subprocess.run(["sinfo", "-h", "-o", "%T"], capture_output=True, text=True).stdout
            if "drain" in state:
                subprocess.run(["scontrol", "update", "NodeName=localhost", "State=RESUME"], capture_output=True)
            held = subprocess.run(["squeue", "-h", "-t", "PD", "-o", "%i %r"], capture_output=True, text=True).stdout
            for line in held.splitlines():
                if "held" in line:
                    subprocess.run(["scontrol", "release", line.split()[0]], capture_output=True)
            queue = subprocess.run(["squeue", "-h", "-o", "%T"], capture_output=True, text=True)
            if queue.returncode == 0 and not queue.stdout.split():
                break
            time.sleep(0.5)
    assert killed == {"tools": 3, "slurmstepd": 1, "slurmctld": 1}, killed
    state = status()
    assert state["missing"] == 0, state
    # The merge job's own report, then ours: the same bytes as the plain command's, seconds apart.
    run(CCH, "campaign", "merge", FOLDER)
    with open(f"{FOLDER}/merged/0.json", encoding="utf-8") as file:
        merged = file.read()
    for key in ("seconds", "search_seconds"):
        plain[key] = 0
    expected = json.loads(merged)
    for key in ("seconds", "search_seconds"):
        assert expected[key] == 0
        expected[key] = 0
    assert expected == plain, f"{merged}\n{plain}"
    text = json.dumps(plain)
    assert json.dumps(expected) == text
    with open(f"{FOLDER}/submit/log/merge.txt", encoding="utf-8") as file:
        report = file.read()
    assert "theorem1: no" in report, report
    print(f"Slurm: 32 shards in {rounds} submissions, {time.time() - start:.1f} s; killed: {killed}; merged as the plain command")


main()

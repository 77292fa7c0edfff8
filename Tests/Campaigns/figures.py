# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures of campaigns on this machine (make campaign-figures): the processor time of a campaign against the plain command, and its wall
time on two processors against one, beside what the plain command gains by two threads. SimulationTests has those of many shards.

usage: figures.py CCH
"""
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

CCH = os.path.abspath(sys.argv[1])
CASES = int(os.environ.get("CCH_CASES", 24_000_000))
LINE = ["hunt", "theorem1", "--seed", "7", "--cases", str(CASES)]


def timed(*words):
    """Wall and processor seconds of a command, its children's too."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.time()
    done = subprocess.run(words, capture_output=True, text=True)
    wall, after = time.time() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stderr
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def plan(folder, *options):
    subprocess.run([CCH, "campaign", "plan", " ".join(LINE), "--out", folder, *options], check=True, capture_output=True)


def main():
    plains, pairs, ones, twos = [], [], [], []
    with tempfile.TemporaryDirectory() as scratch:
        # In turns: what else the machine does then slows all of them.
        for repeat in range(3):
            plains.append(timed(CCH, *LINE, "--threads", "1"))
            plan(f"{scratch}/one{repeat}", "--shards", "8")
            ones.append(timed(CCH, "campaign", "resume", f"{scratch}/one{repeat}", "--limit", "1"))
            pairs.append(timed(CCH, *LINE, "--threads", "2"))
            plan(f"{scratch}/two{repeat}", "--shards", "8")
            twos.append(timed(CCH, "campaign", "resume", f"{scratch}/two{repeat}", "--limit", "2"))
            print(f"{repeat + 1}: {plains[-1][0]:.1f} {ones[-1][0]:.1f} {pairs[-1][0]:.1f} {twos[-1][0]:.1f} s", flush=True)
    plain, one = min(plains), min(ones)
    print(f"processor time, plain {plain[1]:.2f} s, campaign of 8 shards {one[1]:.2f} s: {100 * (one[1] / plain[1] - 1):+.1f} %")
    print(f"speed-up by two threads of the plain command: {median(plains, pairs):.2f}, by two processes of the campaign: "
          f"{median(ones, twos):.2f}")


def median(slow, fast):
    """The median ratio of wall times, by turns."""
    return statistics.median(a[0] / b[0] for a, b in zip(slow, fast))


main()

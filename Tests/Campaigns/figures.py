# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures of campaigns on this machine (make campaign-figures): the processor time of a campaign against the plain command, its wall time
on two processors against one, and the time of a merge of 10,000 shards.

usage: figures.py CCH
"""
import os
import resource
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
    with tempfile.TemporaryDirectory() as scratch:
        plain = min(timed(CCH, *LINE, "--threads", "1") for _ in range(3))
        ones, twos = [], []
        for repeat in range(3):
            plan(f"{scratch}/one{repeat}", "--shards", "8")
            ones.append(timed(CCH, "campaign", "resume", f"{scratch}/one{repeat}", "--limit", "1"))
            plan(f"{scratch}/two{repeat}", "--shards", "8")
            twos.append(timed(CCH, "campaign", "resume", f"{scratch}/two{repeat}", "--limit", "2"))
        one, two = min(ones), min(twos)
        print(f"plain command, 1 thread: {plain[0]:.2f} s, processor {plain[1]:.2f} s")
        print(f"campaign of 8 shards, 1 process: {one[0]:.2f} s, processor {one[1]:.2f} s: {100 * (one[1] / plain[1] - 1):+.1f} %")
        print(f"campaign of 8 shards, 2 processes: {two[0]:.2f} s: speed-up {one[0] / two[0]:.2f}, {plain[0] / two[0]:.2f} of the plain command")


main()

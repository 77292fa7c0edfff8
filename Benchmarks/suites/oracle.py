# SPDX-License-Identifier: GPL-3.0-or-later
"""`cch oracle` on pipelined `cch` requests, p1 = 2 and p2 = 3: answers a second of one core, and memory over 10⁷ requests."""
import json
import os
import random
import subprocess

TOOL = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../.build/release/cch")
DISTINCT = 50_000


def request(seq, source, entry):
    """A positive definite Σ = LLᵀ + 2·1 of six coordinates, and two weights."""
    factor = [[entry(source) for _ in range(6)] for _ in range(6)]
    sigma = [[0] * 6 for _ in range(6)]
    for i in range(6):
        for j in range(i + 1):
            sigma[i][j] = sigma[j][i] = sum(a * b for a, b in zip(factor[i], factor[j])) + (2 if i == j else 0)
    weights = [source.randint(1, 5) for _ in range(2)]
    body = {"sigma": sigma, "p1": 2, "p2": 3, "q": 1, "w1": weights}
    return json.dumps({"kind": "run", "seq": seq, "operation": "cch", "input": body}, separators=(",", ":"))


def answers(path, times):
    """The file sent `times` times over: answers, processor seconds and peak memory in bytes of the oracle."""
    sender = subprocess.Popen(["sh", "-c", f'i=0; while [ $i -lt {times} ]; do cat "$0"; i=$((i+1)); done', path],
                              stdout=subprocess.PIPE)
    oracle = subprocess.Popen([TOOL, "oracle"], stdin=sender.stdout, stdout=subprocess.PIPE)
    sender.stdout.close()
    count = 0
    while chunk := oracle.stdout.read(1 << 20):
        count += chunk.count(b'{"kind": "result"')
    _, status, usage = os.wait4(oracle.pid, 0)
    sender.wait()
    assert status == 0
    return count, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def measure(run):
    for name, entry in (("whole numbers", lambda s: s.randint(-3, 3)), ("17 digits", lambda s: s.gauss(0, 1))):
        source = random.Random(1)
        path = str(run.folder / "requests.jsonl")
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(request(seq, source, entry) + "\n" for seq in range(DISTINCT))
        count, seconds, _ = min((answers(path, 2) for _ in range(3)), key=lambda result: result[1])
        # A line cut in a chunk of the reader hides one answer in thousands.
        assert count > 0.99 * 2 * DISTINCT
        goal = 50_000 if name == "whole numbers" else None
        run.row(f"oracle, cch, p1 = 2, p2 = 3, {name}", f"{count / seconds:,.0f}/s", "of one core", "",
                "≥ 50,000/s" if goal else "", count / seconds >= goal if goal else None)
        if goal:
            few, many = answers(path, 2)[2], answers(path, 10_000_000 // DISTINCT)[2]
            run.row("peak memory of the oracle, 10⁷ requests", f"{many / 1e6:.0f} MB", f"{few / 1e6:.0f} MB at 10⁵",
                    f"{many / few:.2f}×", "≤ 1.1×", many <= 1.1 * few)

# SPDX-License-Identifier: GPL-3.0-or-later
"""Exact verdicts on whole-number problems, against python-flint on the same problems."""
import json

from run import slope

GOALS = [("p1=2 p2=3", 25, 1e6), ("p1=p2=5", 25, 0), ("p1=p2=20", 10, 0), ("ties p1=2 p2=3", 5, 0),
         ("near-ties p1=2 p2=3", 5, 0), ("tuned p1=2 p2=3", 25, 0), ("unlabelled p1=2 p2=3", 25, 0),
         ("ensemble p1=2 p2=3", 25, 0)]


def measure(run):
    run.swift("Verdicts")
    for name, goal, at_least in GOALS:
        own = json.loads((run.folder / f"{name}.json").read_text())
        question = name.split()[0] if name.split()[0] in ("tuned", "unlabelled", "ensemble") else "verdict"
        peer = run.peer("verdicts.py", run.folder / f"{name}.txt", 1.5, question)
        run.faster(f"exact verdict, {name}", len(own["codes"]) / run.seconds(name), peer["rate"], goal, at_least,
                   peer="python-flint")
        total = sum(own["stages"])
        shares = ", ".join(f"{stage} {100 * count / total:.2f} %" for stage, count in
                           zip(["Doubles", "128 bits", "twice a Double", "FLINT"], own["stages"]))
        is_same = own["codes"] == peer["codes"]
        run.is_met = run.is_met and is_same
        run.note(f"decided by {shares}; all signs {'are the same' if is_same else 'DIFFER'}")
    verdict, determinant = run.seconds("p1=p2=100, 50-bit entries"), run.seconds("one FLINT determinant of 201×201")
    run.row("one verdict, p1=p2=100, 50-bit entries", f"{1e3 * verdict:.1f} ms", f"{1e3 * determinant:.1f} ms one FLINT det",
            f"{verdict / determinant:.2f}×", "≤ 3×", verdict <= 3 * determinant)
    growth(run)


def growth(run):
    """How the cost grows with p, and how near the elimination comes to the machine's rate of multiplications."""
    cost = {2: 0.0, 5: run.seconds("p1=p2=5") / 2_000, 20: run.seconds("p1=p2=20") / 200}
    for p in (10, 40, 80):
        cost[p] = run.seconds(f"growth p1=p2={p}") / (4_000 // (p * p) + 1)
    sizes = [5, 10, 20, 40, 80]
    times = ", ".join(f"{1e6 * cost[p]:.3g} µs" for p in sizes)
    run.note(f"cost at p1=p2={', '.join(map(str, sizes))}: {times}; exponent {slope(sizes, [cost[p] for p in sizes]):.2f}, "
             f"from 20 on {slope([20, 40, 80], [cost[p] for p in (20, 40, 80)]):.2f}")
    peak = 2e8 / run.seconds("flop rate: 200,000,000 multiplications and additions")
    # A Cholesky decomposition of order d takes d³/6 multiplications and as many additions; so do the two regressions p²·2.
    for p in (20, 80):
        d = 2 * p + 1
        rate = d ** 3 / 3 / cost[p]
        run.note(f"p1=p2={p}: {rate / 1e9:.2f} Gflop/s of the elimination, {100 * rate / peak:.0f} % of {peak / 1e9:.1f} "
                 "Gflop/s measured")

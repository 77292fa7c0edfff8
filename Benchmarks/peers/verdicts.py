# SPDX-License-Identifier: GPL-3.0-or-later
"""Exact verdicts with python-flint, in a tight loop: the peer of the verdict benchmark. Usage: verdicts.py FILE SECONDS

Reads problems (a line each: sigma, w1), decides the signs; prints verdicts a second and the code of each problem's signs.
"""
import json
import sys
import time

from flint import fmpz_mat

path, seconds = sys.argv[1], float(sys.argv[2])
with open(path) as file:
    p1, p2, n = map(int, file.readline().split())
    d = p1 + p2 + 1
    problems = []
    for line in file:
        numbers = list(map(int, line.split()))
        # All in memory as FLINT matrices before the clock starts.
        problems.append((fmpz_mat(d, d, numbers[: d * d]), numbers[d * d :]))


def sign(x):
    return (x > 0) - (x < 0)


def basis(w1):
    """Rows that map (x1, x2, y) to (x2, y, t, the rest of x1)."""
    replaced = next(i for i, w in enumerate(w1) if w != 0)
    rows = [[int(j == p1 + i) for j in range(d)] for i in range(p2)]
    rows.append([int(j == d - 1) for j in range(d)])
    rows.append(list(w1) + [0] * (p2 + 1))
    rows += [[int(j == i) for j in range(d)] for i in range(p1) if i != replaced]
    return fmpz_mat(rows)


def decide(sigma, w1):
    change = basis(w1)
    g = change * sigma * change.transpose()
    # One fraction-free LU decomposition: its pivots are the leading minors, its rows the bordered minors.
    u = g.fflu()[3]
    for i in range(d):
        if u[i, i] <= 0:
            return 0
    delta = u[p2 - 1, p2 - 1]
    e, c = u[p2, p2], u[p2, p2 + 1]
    h = (u[p2 + 1, p2 + 1] * delta + c * c) // e
    var_y, cov, var_t = g[p2, p2], g[p2, p2 + 1], g[p2 + 1, p2 + 1]
    p, q = var_y * delta - e, cov * delta - c
    d_sign = (n - p2 - 1) * (var_t * delta - h - 2 * q + p) + p2 * (h - e)
    return 1 + (sign(var_y * q * q - var_t * p * p) + 1) + 3 * (sign(var_t - var_y) + 1) + 9 * (
        sign(c - e) + 1) + 27 * (sign(d_sign) + 1)


codes = [decide(*problem) for problem in problems]
best, start = float("inf"), time.perf_counter()
while time.perf_counter() - start < seconds:
    begin = time.perf_counter()
    for problem in problems:
        decide(*problem)
    best = min(best, time.perf_counter() - begin)
print(json.dumps({"rate": len(problems) / best, "codes": codes}))

"""Exact verdicts with python-flint, in a tight loop: the peer of the verdict benchmark.

Reads problems (a line each: sigma, w1), decides the signs, prints verdicts a second and a checksum of the signs.
"""
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
        sigma = fmpz_mat(d, d, numbers[: d * d])
        problems.append((sigma, numbers[d * d :]))


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


bases = {}


def decide(problem):
    sigma, w1 = problem
    key = tuple(w1)
    change = bases.get(key)
    if change is None:
        change = bases[key] = (basis(w1), basis(w1).transpose())
    g = change[0] * sigma * change[1]
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


codes = [decide(problem) for problem in problems]
checksum = 7
for code in codes:
    checksum = (checksum * 1000003 + code) & 0xFFFFFFFFFFFF
best, start = float("inf"), time.perf_counter()
while time.perf_counter() - start < seconds:
    begin = time.perf_counter()
    for problem in problems:
        decide(problem)
    best = min(best, time.perf_counter() - begin)
print(len(problems) / best, format(checksum, "x"))

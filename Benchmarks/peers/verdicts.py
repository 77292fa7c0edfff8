# SPDX-License-Identifier: GPL-3.0-or-later
"""Exact verdicts with python-flint, in a tight loop: the peer of the verdict benchmark. Usage: verdicts.py FILE SECONDS QUESTION

Reads problems (a line each: sigma, w1 and, for an ensemble, the second teacher's weights), decides the signs that the question is about
(verdict, tuned, unlabelled, ensemble); prints verdicts a second and the code of each problem's signs.
"""
import json
import sys
import time

from flint import fmpz_mat

path, seconds, question = sys.argv[1], float(sys.argv[2]), sys.argv[3]
UNLABELLED = 7
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


def factored(sigma, w1):
    """Pivots of (x2, y, t, rest of x1) and what is left of them after x2: δ, e, c, h; None where Σ is not positive definite."""
    change = basis(w1)
    g = change * sigma * change.transpose()
    u = g.fflu()[3]
    for i in range(d):
        if u[i, i] <= 0:
            return None
    return g, u, u[p2 - 1, p2 - 1], u[p2, p2], u[p2, p2 + 1]


def tuned(sigma, w1):
    known = factored(sigma, w1)
    if known is None:
        return 0
    g, _, delta, e, c = known
    var_y, cov = g[p2, p2], g[p2, p2 + 1]
    return 2 + sign((cov * delta - c) * var_y - cov * (var_y * delta - e))


def unlabelled(sigma, w1):
    known = factored(sigma, w1)
    if known is None:
        return 0
    g, _, delta, e, c = known
    rest, m = n - p2 - 1, UNLABELLED
    var_s, cov_ts = g[p2, p2] * delta - e, g[p2, p2 + 1] * delta - c
    plain = sign(rest * (e - c) + m * e)
    both = sign((rest + m) * cov_ts * e - rest * var_s * c)
    one = sign((n - p2) * (n - p2 - 3) * (e - c) + m * (n - 1) * e) if n >= p2 + 4 else -1
    return 1 + (plain + 1) + 3 * (both + 1) + 9 * (one + 1)


def ensemble(sigma, weights):
    """Of p1 = 2, so that (x2, y, t1, t2) is a basis."""
    rows = [[int(j == p1 + i) for j in range(d)] for i in range(p2)]
    rows.append([int(j == d - 1) for j in range(d)])
    rows += [list(weights[:p1]) + [0] * (p2 + 1), list(weights[p1:]) + [0] * (p2 + 1)]
    change = fmpz_mat(rows)
    g = change * sigma * change.transpose()
    u = g.fflu()[3]
    for i in range(d):
        if u[i, i] <= 0:
            return 0
    y, one, two = p2, p2 + 1, p2 + 2
    delta, e, c1, c2, pivot = u[y - 1, y - 1], u[y, y], u[y, one], u[y, two], u[one, one]
    # One step of the elimination backwards for each pivot.
    h11 = (pivot * delta + c1 * c1) // e
    h12 = (u[one, two] * delta + c1 * c2) // e
    h22 = ((u[two, two] * e + u[one, two] * u[one, two]) // pivot * delta + c2 * c2) // e
    k, unit = p2, n - p2 - 1

    def form(i, j, residual):
        whole = g[i, j] - g[i, y] - g[j, y] + g[y, y]
        return unit * delta * whole + (k - unit) * residual

    f11, f12, f22 = form(one, one, h11 - 2 * c1 + e), form(one, two, h12 - c1 - c2 + e), form(two, two, h22 - 2 * c2 + e)
    g1, g2 = k * (e - c1), k * (e - c2)
    first, second = sign(g1 * f22 - g2 * f12), sign(g2 * f11 - g1 * f12)
    adds = sign(g2) if g1 <= 0 else second if f11 > g1 else sign(f11 - g1 - f12 + g2)
    return 1 + (first + 1) + 3 * (second + 1) + 9 * (adds + 1)


decide = {"verdict": decide, "tuned": tuned, "unlabelled": unlabelled, "ensemble": ensemble}[question]
codes = [decide(*problem) for problem in problems]
best, start = float("inf"), time.perf_counter()
while time.perf_counter() - start < seconds:
    begin = time.perf_counter()
    for problem in problems:
        decide(*problem)
    best = min(best, time.perf_counter() - begin)
print(json.dumps({"rate": len(problems) / best, "codes": codes}))

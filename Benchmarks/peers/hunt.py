# SPDX-License-Identifier: GPL-3.0-or-later
"""The hunt's peer: Hypothesis over instances of a claim with exact fractions. Prints cases a second.

As one would write it in Python: an integer factor, Σ = LLᵀ, exact elimination of x2 in Fractions, an assertion.
Usage: hunt.py theorem1|gain|coordinatewise CASES
"""
import json
import sys
import time
from fractions import Fraction

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

claim, cases = sys.argv[1], int(sys.argv[2])


@st.composite
def instances(draw):
    p1, p2 = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    q = draw(st.integers(2, 3)) if claim == "coordinatewise" else 1
    d = p1 + p2 + q
    factor = [
        [Fraction(draw(st.integers(-9, 9))) for _ in range(i)] + [Fraction(draw(st.integers(1, 9)))]
        + [Fraction(0)] * (d - 1 - i) for i in range(d)
    ]
    w1 = [[Fraction(draw(st.integers(-9, 9))) for _ in range(q)] for _ in range(p1)]
    n = p2 + 2 + draw(st.integers(0, 30)) if claim == "gain" else 0
    sigma = [[sum(a * b for a, b in zip(r, s)) for s in factor] for r in factor]
    return p1, p2, q, n, sigma, w1


def moments(p1, p2, q, sigma, w1):
    """The covariance of (t, y), that given x2, and var(E[t|x2] − s), trace over the outputs."""
    d = p1 + p2 + q
    # (x2, t, y) as combinations of (x1, x2, y).
    rows = [[Fraction(i == p1 + j) for i in range(d)] for j in range(p2)]
    rows += [[w1[i][j] if i < p1 else Fraction(0) for i in range(d)] for j in range(q)]
    rows += [[Fraction(i == p1 + p2 + j) for i in range(d)] for j in range(q)]
    images = [[sum(a * s for a, s in zip(r, column) if a) for column in sigma] for r in rows]
    g = [[sum(a * b for a, b in zip(r, image) if a) for image in images] for r in rows]
    before = [row[p2:] for row in g[p2:]]
    for k in range(p2):
        for i in range(k + 1, p2 + 2 * q):
            factor = g[i][k] / g[k][k]
            for j in range(k, p2 + 2 * q):
                g[i][j] -= factor * g[k][j]
    after = [row[p2:] for row in g[p2:]]
    explained = [[a - b for a, b in zip(r, s)] for r, s in zip(before, after)]
    mismatch = sum(explained[j][j] + explained[q + j][q + j] - 2 * explained[j][q + j] for j in range(q))
    return before, after, mismatch


def exceeds(before, after, j, q, scale):
    """Whether e^2(I(t;s) − I(s;y)) > scale for output j; False where an information is not defined."""
    var_t, var_s = before[j][j], before[q + j][q + j] - after[q + j][q + j]
    cov_ts = before[j][q + j] - after[j][q + j]
    if var_t == 0 or var_s == 0:
        return False
    return var_t * var_s * after[q + j][q + j] > scale * before[q + j][q + j] * (var_t * var_s - cov_ts * cov_ts)


def check_theorem1(before, after, mismatch, p2, q, n):
    if before[0][0] <= before[1][1] and exceeds(before, after, 0, 1, 1):
        assert after[0][1] < after[1][1]


def check_gain(before, after, mismatch, p2, q, n):
    k = Fraction(p2, n - p2 - 1)
    c, label, teacher = after[0][1], after[1][1], after[0][0]

    def risk(alpha):
        return label + alpha ** 2 * mismatch + k * (
            (1 - alpha) ** 2 * label + 2 * alpha * (1 - alpha) * c + alpha ** 2 * teacher)

    curvature = mismatch + k * (label + teacher - 2 * c)
    start, middle, end = risk(Fraction(0)), risk(Fraction(1, 2)), risk(Fraction(1))
    assert 2 * (start - 2 * middle + end) == curvature > 0
    best = max(Fraction(0), min(Fraction(1), k * (label - c) / curvature))
    for alpha in (Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(1)):
        assert risk(best) <= risk(alpha)
    if 0 < best < 1:
        assert start - risk(best) == k ** 2 * (label - c) ** 2 / curvature


def check_coordinatewise(before, after, mismatch, p2, q, n):
    if all(exceeds(before, after, j, q, before[j][j] / before[q + j][q + j]) for j in range(q)):
        assert sum(after[j][q + j] for j in range(q)) < sum(after[q + j][q + j] for j in range(q))


check = {"theorem1": check_theorem1, "gain": check_gain, "coordinatewise": check_coordinatewise}[claim]
count = 0


@settings(max_examples=cases, database=None, deadline=None, suppress_health_check=list(HealthCheck),
          phases=[Phase.generate], derandomize=True)
@given(instances())
def test(instance):
    global count
    count += 1
    p1, p2, q, n, sigma, w1 = instance
    check(*moments(p1, p2, q, sigma, w1), p2, q, n)


start = time.perf_counter()
test()
print(json.dumps({"rate": count / (time.perf_counter() - start)}))

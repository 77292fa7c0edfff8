"""The hunt's peer: Hypothesis over instances of theorem1 with exact fractions. Prints cases a second. Usage: hunt.py CASES

As one would write it in Python: an integer factor, Σ = LLᵀ, exact elimination of x2 in Fractions, an assertion.
"""
import json
import sys
import time
from fractions import Fraction

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

cases = int(sys.argv[1])


@st.composite
def instances(draw):
    p1, p2 = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    d = p1 + p2 + 1
    factor = [
        [Fraction(draw(st.integers(-9, 9))) for _ in range(i)] + [Fraction(draw(st.integers(1, 9)))]
        + [Fraction(0)] * (d - 1 - i) for i in range(d)
    ]
    w1 = [Fraction(draw(st.integers(-9, 9))) for _ in range(p1)]
    sigma = [[sum(a * b for a, b in zip(r, s)) for s in factor] for r in factor]
    return p1, p2, sigma, w1


count = 0


@settings(max_examples=cases, database=None, deadline=None, suppress_health_check=list(HealthCheck),
          phases=[Phase.generate], derandomize=True)
@given(instances())
def theorem1(instance):
    global count
    count += 1
    p1, p2, sigma, w1 = instance
    # The covariance of (x2, t, y).
    d = p1 + p2 + 1
    x2, y = range(p1, p1 + p2), d - 1
    cov_t = [sum(w * sigma[i][j] for i, w in enumerate(w1)) for j in range(d)]
    var_t = sum(w * cov_t[i] for i, w in enumerate(w1))
    g = [[sigma[i][j] for j in x2] + [cov_t[i], sigma[i][y]] for i in x2]
    g.append([cov_t[j] for j in x2] + [var_t, cov_t[y]])
    g.append([sigma[y][j] for j in x2] + [cov_t[y], sigma[y][y]])
    cov_ty, var_y = cov_t[y], sigma[y][y]
    for k in range(p2):
        for i in range(k + 1, p2 + 2):
            factor = g[i][k] / g[k][k]
            for j in range(k, p2 + 2):
                g[i][j] -= factor * g[k][j]
    c, residual_y = g[p2][p2 + 1], g[p2 + 1][p2 + 1]
    cov_ts, var_s = cov_ty - c, var_y - residual_y
    if var_t == 0 or var_s == 0:
        return
    if cov_ts * cov_ts * var_y > var_s * var_s * var_t and var_t <= var_y:
        assert c < residual_y


start = time.perf_counter()
theorem1()
print(json.dumps({"rate": count / (time.perf_counter() - start)}))

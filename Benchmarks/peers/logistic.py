# SPDX-License-Identifier: GPL-3.0-or-later
"""scikit-learn's multinomial logistic regression, weight decay 0.01, on scaled columns: 500 × 512, ten classes, one thread.

Like with like: the same objective, and the fastest of its tolerances at which the norm of the gradient by weights and biases is at most
10⁻⁶, where ours stops; its own rule looks at the greatest entry, or at the fall of the loss, so that at 10⁻⁶ it may end ten times short of that.
"""
import json
import time

import numpy as np
from sklearn.linear_model import LogisticRegression

n, d, k, decay = 500, 512, 10, 0.01
source = np.random.default_rng(1)
y = np.arange(n) % k
hidden = source.standard_normal((k, 16))[y] + source.standard_normal((n, 16))
x = hidden @ source.standard_normal((16, d)) / 4 + 2 * source.standard_normal((n, d))
x = (x - x.mean(0)) / x.std(0)

GOAL = 1e-6


def fit(tolerance):
    """The seconds of the fastest of three fits, and the norm of the gradient where they end."""
    best = float("inf")
    for _ in range(3):
        # The sum of losses + ‖W‖²/2C is n times ours for C = 1/nμ.
        model = LogisticRegression(C=1 / (n * decay), tol=tolerance, max_iter=10_000)
        begin = time.perf_counter()
        model.fit(x, y)
        best = min(best, time.perf_counter() - begin)
    residuals = (model.predict_proba(x) - np.eye(k)[y]) / n
    gradient = np.vstack([x.T @ residuals + decay * model.coef_.T, residuals.sum(0)])
    return best, float(np.linalg.norm(gradient))


for tolerance in [1e-6, 3e-7, 1e-7, 3e-8, 1e-8, 3e-9]:
    seconds, norm = fit(tolerance)
    if norm <= GOAL:
        break
print(json.dumps({"seconds": seconds, "gradient": norm, "tolerance": tolerance}))

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operations of the protocol in plain doubles, with numpy: complete, short, and a pattern for adapters.

Written from the formulas, not from the Swift sources. One JSON object a line on stdin, one answer a line on stdout:
    cch conform -- python3 examples/implementations/python/cch_numpy.py
"""
import json
import math
import sys

import numpy as np

EPS = np.finfo(float).eps


def require(condition, rule):
    if not condition:
        raise ValueError(rule)


# Reading: whatever is not a finite number, a whole number or a full rectangle is refused.

def rows(value, name):
    """A matrix; a flat list is one column."""
    require(isinstance(value, list) and value, f"{name}: rows expected")
    if not any(isinstance(entry, list) for entry in value):
        value = [[entry] for entry in value]
    require(all(isinstance(row, list) and len(row) == len(value[0]) > 0 for row in value), f"{name}: ragged rows")
    return np.array([[real(entry, name, -math.inf) for entry in row] for row in value])


def whole(value, name, least):
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    require(number and math.isfinite(value) and value == int(value), f"{name}: not a whole number")
    require(value >= least, f"{name} is {value}, below {least}")
    return int(value)


def real(value, name, least):
    require(isinstance(value, (int, float)) and not isinstance(value, bool), f"{name}: a number expected")
    number = float(value)
    require(math.isfinite(number) and number >= least, f"{name} is not finite or below {least}")
    return number


def power_of_two(values):
    """Powers of two near the values: to divide by them rounds nothing."""
    return np.ldexp(1.0, np.frexp(values)[1] - 1)


def reduced(matrix, count):
    """Eliminates the first variables from a covariance: their multipliers, their pivots, and what is left."""
    m = matrix.copy()
    for j in range(count):
        pivot = m[j, j]
        require(pivot > 4 * EPS * len(m) * matrix[j, j], "sigma is not positive definite")
        row = m[j, j + 1:] / pivot
        m[j + 1:, j + 1:] -= np.multiply.outer(m[j, j + 1:], row)
    return m[:count], np.diag(m)[:count], m[count:, count:]


def covariance(value):
    """Σ in units that make its variances 1 to 4, and these units."""
    sigma = rows(value, "sigma")
    require(sigma.shape[0] == sigma.shape[1], "sigma is not square")
    require((sigma == sigma.T).all(), "sigma is not symmetric")
    require((np.diag(sigma) > 0).all(), "sigma is not positive definite")
    unit = power_of_two(np.sqrt(np.diag(sigma)))
    sigma = sigma / unit / unit[:, None]
    reduced(sigma, len(sigma))
    return sigma, unit


def information_of(a, b, cross):
    """I of two Gaussian vectors from their covariances, by canonical correlations: exact near independence."""
    if a.size == b.size == 1:
        squares = cross / a * (cross / b)
    else:
        la, lb = np.linalg.cholesky(a), np.linalg.cholesky(b)
        squares = np.linalg.svd(np.linalg.solve(lb, np.linalg.solve(la, cross).T), compute_uv=False) ** 2
    require((squares < 1).all(), "the variables determine each other")
    return float(-0.5 * np.log1p(-squares).sum()) + 0.0


def mutual_information(input):
    sigma, _ = covariance(input["sigma"])
    u, w = ([whole(i, "index", 0) for i in input[key]] for key in "uw")
    require(u and w, "u and w need at least one index each")
    require(max(u + w) < len(sigma), "an index is out of range")
    require(len(set(u + w)) == len(u + w), "an index appears twice")
    return {"nats": information_of(sigma[np.ix_(u, u)], sigma[np.ix_(w, w)], sigma[np.ix_(u, w)])}


class Problem:
    """What the student sees: the covariance of (x2, t, y, t−y), before and after x2 is known."""

    def __init__(self, input):
        p1, p2, q = (whole(input[key], key, 1) for key in ("p1", "p2", "q"))
        sigma, unit = covariance(input["sigma"])
        require(len(sigma) == p1 + p2 + q, "sigma does not have p1 + p2 + q rows")
        w1 = rows(input["w1"], "w1")
        require(w1.shape == (p1, q), "w1 does not have p1 rows of q numbers")
        x1, x2, y = slice(0, p1), slice(p1, p1 + p2), slice(p1 + p2, p1 + p2 + q)
        self.p2, self.q, self.w1 = p2, q, w1
        weights = w1 * unit[x1, None] / unit[y]  # t in the units of y
        map = np.zeros((p2 + 3 * q, p1 + p2 + q))
        map[:p2, x2] = np.eye(p2)
        map[p2:p2 + q, x1] = map[p2 + 2 * q:, x1] = weights.T
        map[p2 + q:p2 + 2 * q, y] = np.eye(q)
        map[p2 + 2 * q:, y] = -np.eye(q)
        self.total = map @ sigma @ map.T
        self.total[:p2, :p2] = sigma[x2, x2]
        multipliers, pivots, self.residual = reduced(self.total, p2)
        scores = multipliers[:, p2:] / np.sqrt(pivots)[:, None]
        self.explained = scores.T @ scores
        self.map, self.sigma, self.scores = map[p2:], sigma, scores
        self.has_student = sigma[x2, y].any()
        # Traces over the outputs in units of the largest one.
        self.scale = unit[y].max()
        self.weights = (unit[y] / self.scale) ** 2

    def trace(self, matrix, i, j):
        """The trace over the outputs of the block (i, j) of the parts 0: t, 1: y, 2: t−y."""
        offset = len(matrix) - 3 * self.q
        return float(np.diag(matrix[offset + i * self.q:, offset + j * self.q:])[:self.q] @ self.weights)

    def moments(self, n):
        """σε², c − σε², ση² − σε², V, B and k."""
        n = whole(n, "n", self.p2 + 2)
        r = lambda i, j: self.trace(self.residual, i, j)
        mismatch = self.trace(self.explained, 2, 2)
        return r(1, 1), r(2, 1), r(2, 0) + r(2, 1), r(2, 2), mismatch, self.p2 / (n - self.p2 - 1)

    def informations(self):
        require(self.w1.any(), "w1 is zero: the teacher predicts nothing")
        require(self.has_student, "w* is zero: x2 tells nothing about y")
        q, total = self.q, self.total[self.p2:, self.p2:]
        t, y = slice(0, q), slice(q, 2 * q)
        s = self.explained[y, y]
        return (information_of(total[t, t], s, self.explained[t, y]), information_of(s, total[y, y], s))


def cch(input):
    ts, sy = Problem(input).informations()
    return {"i_ts": ts, "i_sy": sy, "delta": ts - sy}


def cch_predicts(input):
    ts, sy = Problem(input).informations()
    return {"predicts": ts > sy}


def kd_risk(input):
    problem = Problem(input)
    noise, _, _, _, mismatch, k = problem.moments(input["n"])
    weight = real(input["lambda"], "lambda", 0)
    share = 1 / (1 + weight)  # 1 − α
    alpha = weight * share
    r = lambda i, j: problem.trace(problem.residual, i, j)
    variance = share * share * noise + 2 * share * alpha * r(0, 1) + alpha * alpha * r(0, 0)
    return {"risk": (noise + alpha * alpha * mismatch + k * variance) * problem.scale * problem.scale}


def baseline_risk(input):
    problem = Problem(input)
    noise, *_, k = problem.moments(input["n"])
    return {"risk": noise * (1 + k) * problem.scale * problem.scale}


def risk_slope(input):
    problem = Problem(input)
    _, excess, *_, k = problem.moments(input["n"])
    return {"slope": 2 * k * excess * problem.scale * problem.scale + 0.0}


def window(input):
    _, excess, difference, _, mismatch, k = Problem(input).moments(input["n"])
    if excess >= 0:
        return {"empty": True}
    d = mismatch + k * difference
    return {"lower": 0, "upper": -2 * k * excess / d if d > 0 else None}


def best_lambda(input):
    """λ* = k(σε² − c)/(B + k(ση² − c)), infinite where that is not positive."""
    _, excess, difference, _, mismatch, k = Problem(input).moments(input["n"])
    if excess >= 0:
        return {"lambda": 0}
    bottom = mismatch + k * (difference - excess)
    return {"lambda": -k * excess / bottom if bottom > 0 else None}


def helps_for_small_lambda(input):
    return {"helps": Problem(input).moments(input["n"])[1] < 0}


# Students that may shrink, further rows, other teachers; for several outputs one weight of each teacher for all of them.

def mixing(input):
    """1 − α and α, the weights of label and teacher."""
    weight = real(input["lambda"], "lambda", 0)
    return 1 / (1 + weight), weight / (1 + weight)


def alignment(problem):
    """cov(t,s)σε² − var(s)c, which has the sign of corr(t,s|y)."""
    left = lambda i, j: problem.trace(problem.residual, i, j)
    seen = lambda i, j: problem.trace(problem.explained, i, j)
    return seen(0, 1) * left(1, 1) - seen(1, 1) * left(0, 1)


def tuned_helps(input):
    problem = Problem(input)
    if "n" in input:
        problem.moments(input["n"])
    return {"helps": alignment(problem) > 0}


def tuned_gain(input):
    """What a·ŵ + b·v̂ gains over a·ŵ, each at its best, b ≥ 0."""
    problem = Problem(input)
    k = problem.moments(input["n"])[-1]
    square = lambda i, j: problem.trace(problem.explained, i, j) + k * problem.trace(problem.residual, i, j)
    pull = k * alignment(problem)
    if pull <= 0:
        return {"gain": 0}
    rest = square(0, 0) - square(0, 1) / square(1, 1) * square(0, 1)
    return {"gain": pull / square(1, 1) * (pull / square(1, 1)) / rest * problem.scale * problem.scale}


def mixed_risk(problem, rest, alpha, kept, noises):
    """σε² + ‖kept·((1−α)w* + αv) − w*‖² + the noise of the two fits and of what they share."""
    left = lambda i, j: problem.trace(problem.residual, i, j)
    seen = lambda i, j: problem.trace(problem.explained, i, j)
    lost = 1 - kept
    bias = lost * lost * seen(1, 1) - 2 * lost * kept * alpha * seen(2, 1) + (kept * alpha) ** 2 * seen(2, 2)
    own, shared, teacher = noises
    noise = rest * rest * own * left(1, 1) + 2 * rest * alpha * shared * left(0, 1) + alpha * alpha * teacher * left(0, 0)
    return {"risk": (left(1, 1) + bias + noise) * problem.scale * problem.scale}


def unlabelled_risk(input):
    problem = Problem(input)
    k = problem.moments(input["n"])[-1]
    every = input["n"] + whole(input["unlabelled"], "unlabelled", 0)
    all = problem.p2 / (every - problem.p2 - 1)
    return mixed_risk(problem, *mixing(input), 1, (k, all, all))


def ridge_risk(input):
    """Ridge where X2ᵀX2 = nΣ22: the weights are n/(n+μ) times those of least squares."""
    problem = Problem(input)
    problem.moments(input["n"])
    n, kept = input["n"], 1 / (1 + real(input["ridge"], "ridge", 0) / input["n"])
    noise = kept * kept * problem.p2 / n
    return mixed_risk(problem, *mixing(input), kept, (noise, noise, noise))


def joint(input):
    """A problem without a teacher, σε², σ1² = var(y | x1, x2), and p1 + p2."""
    p1, p2, q = (whole(input[key], key, 1) for key in ("p1", "p2", "q"))
    require(p1 + p2 + q == len(input["sigma"]), "sigma does not have p1 + p2 + q rows")
    problem = Problem(input | {"w1": [[0] * q] * p1})
    left = np.diag(reduced(problem.sigma, p1 + p2)[2]) @ problem.weights
    return problem, problem.trace(problem.residual, 1, 1), float(left), p1 + p2


def joint_teacher_risk(input):
    """The teacher E[y | x1, x2], or its fit to teacher_rows rows of its own."""
    problem, noise, least, inputs = joint(input)
    k, (rest, alpha) = problem.moments(input["n"])[-1], mixing(input)
    added = noise - least
    risk = noise + k * (rest * rest * noise + (2 * rest * alpha + alpha * alpha) * added)
    if "teacher_rows" in input:
        fitted = least / (whole(input["teacher_rows"], "teacher_rows", inputs + 2) - inputs - 1)
        risk += alpha * alpha * fitted * (problem.p2 + k * (inputs - problem.p2))
    return {"risk": risk * problem.scale * problem.scale}


def pseudo_label_risk(input):
    """The joint teacher of the n labelled rows labels m more, and the student imitates it on all of them."""
    problem, noise, least, inputs = joint(input)
    n, m, (_, alpha) = whole(input["n"], "n", inputs + 2), whole(input["unlabelled"], "unlabelled", 0), mixing(input)
    k = problem.moments(n)[-1]
    gap = k * m / (n + m - problem.p2 - 1)
    fitted = least * (inputs - problem.p2) / (n - inputs - 1)
    risk = noise * (1 + k) - gap * ((2 * alpha - alpha * alpha) * (noise - least) - alpha * alpha * fitted)
    return {"risk": risk * problem.scale * problem.scale}


def ensemble_weights(input):
    """The weights b of two teachers, of either sign, that are best where the label has 1 − Σb; and what they gain."""
    teachers = [Problem(input), Problem(input | {"w1": input["w1b"]})]
    require((teachers[0].w1 != teachers[1].w1).any(), "w1b is the same teacher as w1")
    k, q = teachers[0].moments(input["n"])[-1], teachers[0].q
    form, pull = np.zeros((2, 2)), np.zeros(2)
    for i, a in enumerate(teachers):
        pull[i] = -k * a.trace(a.residual, 2, 1)
        for j, b in enumerate(teachers):
            total, explained = a.map @ a.sigma @ b.map.T, a.scores.T @ b.scores
            form[i, j] = a.trace(explained, 2, 2) + k * a.trace(total - explained, 2, 2)
    unit = power_of_two(np.sqrt(np.diag(form)))
    weights = np.linalg.solve(form / unit / unit[:, None], pull / unit) / unit
    return {"weights": weights.tolist(), "gain": float(pull @ weights) * teachers[0].scale ** 2}


def crossover(input):
    """The number of rows below which λ helps."""
    problem = Problem(input)
    weight = real(input["lambda"], "lambda", 0)
    require(weight > 0, "lambda is 0")
    _, excess, difference, _, mismatch, _ = problem.moments(problem.p2 + 2)
    saved = -2 * excess - weight * difference
    if mismatch > 0:
        return {"n": problem.p2 + 1 + problem.p2 * saved / weight / mismatch}
    return {"n": None} if saved > 0 else {"empty": True}


def conditional_information(input):
    """I(t; s | y), from the covariance of t and s that y leaves."""
    problem = Problem(input)
    problem.informations()
    q, total = problem.q, problem.total[problem.p2:, problem.p2:]
    t, y = slice(0, q), slice(q, 2 * q)
    s = problem.explained[y, y]
    by_label = np.linalg.solve(total[y, y], np.hstack((total[y, t], s)))
    for_t, for_s = by_label[:, :q], by_label[:, q:]
    return {"nats": information_of(total[t, t] - total[t, y] @ for_t, s - s @ for_s,
                                   problem.explained[t, y] - total[t, y] @ for_s)}


def fit_student(input):
    x2, y, t = (rows(input[key], key) for key in ("x2", "y", "t"))
    require(len(x2) == len(y) and y.shape == t.shape, "x2, y and t have different numbers of rows")
    weight = real(input["lambda"], "lambda", 0)
    share = 1 / (1 + weight)
    require((np.abs(x2).max(axis=0) > 0).all() and len(x2) >= x2.shape[1], "the columns of x2 are dependent")
    unit = power_of_two(np.abs(x2).max(axis=0))
    q, r = np.linalg.qr(x2 / unit)
    norms = np.linalg.norm(r, axis=0)
    require((np.abs(np.diag(r)) > 8 * EPS * len(x2) * norms).all(), "the columns of x2 are dependent")
    w = np.linalg.solve(r, q.T @ (share * y + weight * share * t)) / unit[:, None]
    return {"w": w[:, 0].tolist() if w.shape[1] == 1 else w.tolist()}


def sides(input):
    x, y = rows(input["x"], "x"), rows(input["y"], "y")
    require(len(x) == len(y), "x and y have different numbers of rows")
    return x, y


def ksg(input):
    """Kraskov, Stögbauer & Grassberger 2004; rows that tie with the k-th neighbour count as within its distance."""
    x, y = sides(input)
    n, k, variant = len(x), whole(input["k"], "k", 1), input["variant"]
    require(k < n, "k must be less than the number of rows")
    require(variant in (1, 2) and not isinstance(variant, bool), "variant must be 1 or 2")
    harmonic = np.concatenate(([0.0], np.cumsum(1 / np.arange(1.0, n))))  # ψ(m) + γ at m − 1; the γ cancel
    total = 0.0
    for i in range(n):
        dx, dy = (np.abs(side - side[i]).max(axis=1) for side in (x, y))
        dx[i] = dy[i] = math.inf
        joint = np.maximum(dx, dy)
        radius = np.partition(joint, k - 1)[k - 1]
        if variant == 1:
            total += harmonic[(dx < radius).sum()] + harmonic[(dy < radius).sum()]
        else:
            near = joint <= radius
            total += harmonic[(dx <= dx[near].max()).sum() - 1] + harmonic[(dy <= dy[near].max()).sum() - 1]
    return {"nats": harmonic[k - 1] + harmonic[n - 1] - (0 if variant == 1 else 1 / k) - total / n}


def digamma(half):
    """ψ(half / 2), by ψ(z + 1) = ψ(z) + 1/z from ψ(1) = −γ and ψ(1/2) = −γ − 2 ln 2, plus γ, which cancels."""
    start = 2 - half % 2
    return (0.0 if start == 2 else -2 * math.log(2)) + math.fsum(2 / i for i in range(start, half, 2))


def gaussian_plugin(input):
    x, y = sides(input)
    require(input["correction"] in ("none", "digamma"), "correction must be \"none\" or \"digamma\"")
    n, p1, p2 = len(x), x.shape[1], y.shape[1]
    require(n > p1 + p2, "the sample covariance is singular: too few rows")
    data = np.hstack((x, y))
    data = data - data[0]
    require((np.abs(data).max(axis=0) > 0).all(), "the sample covariance is singular: a constant column")
    data = data / power_of_two(np.abs(data).max(axis=0))
    data = data - data.mean(axis=0)
    r = np.linalg.qr(data, mode="r")
    pivots, norms = np.abs(np.diag(r)), np.linalg.norm(r, axis=0)
    require((pivots > 8 * EPS * n * norms).all(), "the sample covariance is singular: dependent columns")
    # In y's columns the first p1 rows are what x explains of y, the rest what it does not.
    own = np.abs(np.diag(np.linalg.qr(r[:, p1:], mode="r")))
    nats = math.fsum(np.log(own / pivots[p1:]))
    if input["correction"] == "digamma":
        nats -= 0.5 * math.fsum(digamma(n - i) - digamma(n - p1 - i) for i in range(1, p2 + 1))
    return {"nats": nats}


OPERATIONS = {
    f.__name__: f
    for f in (mutual_information, cch, kd_risk, baseline_risk, risk_slope, window, best_lambda, helps_for_small_lambda,
              cch_predicts, fit_student, ksg, gaussian_plugin, tuned_helps, tuned_gain, unlabelled_risk, pseudo_label_risk,
              joint_teacher_risk, ridge_risk, ensemble_weights, crossover, conditional_information)
}


def answer(request):
    try:
        operation = OPERATIONS.get(request["operation"])
        if operation is None:
            return {"kind": "skipped", "reason": "unknown operation"}
        output = operation(request["input"])
        require(all(np.isfinite(v).all() for v in output.values() if v is not None), "the result is not finite")
        return {"kind": "result", "output": output}
    except (ValueError, KeyError, TypeError, OverflowError, np.linalg.LinAlgError) as error:
        return {"kind": "errored", "message": f"{type(error).__name__}: {error}"}


def main():
    for line in sys.stdin:
        request = json.loads(line)
        kind = request.get("kind")
        if kind == "stop":
            break
        if kind == "start":
            reply = {"kind": "started", "protocol": 1, "name": "cch_numpy", "version": "1.0",
                     "operations": list(OPERATIONS), "exact": False}
        elif kind == "run":
            reply = {"seq": request["seq"]} | answer(request)
        else:
            continue
        print(json.dumps(reply, default=float), flush=True)


if __name__ == "__main__":
    np.seterr(all="ignore")
    main()

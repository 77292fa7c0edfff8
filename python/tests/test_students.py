# SPDX-License-Identifier: MIT
"""The operations on tuned students, further rows and other teachers, by fractions and from their definitions: every vector agrees."""
import math
from fractions import Fraction

import cch
import pytest


def whole(value, least):
    number = Fraction(value)
    if number.denominator != 1 or number < least:
        raise ValueError(f"{value} is no whole number of at least {least}")
    return int(number)


def solve(a, b):
    """a⁻¹b by Gauss and Jordan; a is positive definite."""
    size, rows = len(a), [list(r) + list(s) for r, s in zip(a, b)]
    for i in range(size):
        if rows[i][i] <= 0:
            raise ValueError("not positive definite")
        for j in range(size):
            if j != i:
                factor = rows[j][i] / rows[i][i]
                rows[j] = [x - factor * y for x, y in zip(rows[j], rows[i])]
    return [[x / rows[i][i] for x in rows[i][size:]] for i in range(size)]


def product(a, b):
    return [[sum((x * y for x, y in zip(row, column)), Fraction(0)) for column in zip(*b)] for row in a]


def turned(a):
    return [list(column) for column in zip(*a)]


def trace_of(a, b):
    """tr aᵀb."""
    return sum((x * y for r, s in zip(a, b) for x, y in zip(r, s)), Fraction(0))


def determinant(a):
    rows, result = [list(r) for r in a], Fraction(1)
    for i in range(len(rows)):
        if rows[i][i] <= 0:
            raise ValueError("not positive definite")
        result *= rows[i][i]
        for j in range(i + 1, len(rows)):
            factor = rows[j][i] / rows[i][i]
            rows[j] = [x - factor * y for x, y in zip(rows[j], rows[i])]
    return result


class Model:
    """Σ, and a teacher as weights of (x1, x2)."""

    def __init__(self, i, teachers=("w1",)):
        self.i, self.p1, self.p2, self.q = i, whole(i["p1"], 1), whole(i["p2"], 1), whole(i.get("q", 1), 1)
        p1, p2, q = self.p1, self.p2, self.q
        self.sigma = [[Fraction(x) for x in row] for row in i["sigma"]]
        size = p1 + p2 + q
        if len(self.sigma) != size or any(len(row) != size for row in self.sigma):
            raise ValueError("sizes")
        if self.sigma != turned(self.sigma):
            raise ValueError("not symmetric")
        determinant(self.sigma)
        self.x1, self.x2, self.y = range(p1), range(p1, p1 + p2), range(p1 + p2, size)
        self.x = range(p1 + p2)
        self.student = solve(self.block(self.x2, self.x2), self.block(self.x2, self.y))
        self.teachers = [self.weights(i[name]) for name in teachers]
        self.noise = self.residual(self.label, self.label)

    def block(self, rows, columns):
        return [[self.sigma[a][b] for b in columns] for a in rows]

    def weights(self, w1):
        """The weights of all of (x1, x2, y)."""
        w1 = [row if isinstance(row, list) else [row] for row in w1]
        if len(w1) != self.p1 or any(len(row) != self.q for row in w1):
            raise ValueError("w1")
        if any(len(row) != len(w1[0]) for row in w1):
            raise ValueError("w1")
        return [[Fraction(x) for x in row] for row in w1] + [[Fraction(0)] * self.q for _ in range(self.p2 + self.q)]

    @property
    def label(self):
        return [[Fraction(int(i == j + self.p1 + self.p2)) for j in range(self.q)] for i in range(len(self.sigma))]

    @property
    def s(self):
        return [self.student[i - self.p1] if i in self.x2 else [Fraction(0)] * self.q for i in range(len(self.sigma))]

    def covariance(self, a, b):
        return product(turned(a), product(self.sigma, b))

    def explained(self, a, b):
        """The trace of what x2 explains of the covariance of two linear outputs."""
        rows = [self.sigma[j] for j in self.x2]
        left, right = product(rows, a), product(rows, b)
        return trace_of(left, solve(self.block(self.x2, self.x2), right))

    def residual(self, a, b):
        return trace_of(a, product(self.sigma, b)) - self.explained(a, b)

    def n(self, least=0):
        return whole(self.i["n"], max(self.p2 + 2, least))

    def k(self, rows):
        return Fraction(self.p2, rows - self.p2 - 1)

    def alpha(self):
        weight = Fraction(self.i["lambda"])
        if weight < 0:
            raise ValueError("lambda")
        return weight / (1 + weight)

    def excess(self, a, b, teacher, noises, kept=1):
        """‖kept(a·w* + b·v) − w*‖² in the norm of Σ22, and the noise of the fits."""
        y = self.label
        shift = [[kept * (a * u + b * v) - u for u, v in zip(r, s)] for r, s in zip(y, teacher)]
        spread = (a * a * noises[0] * self.residual(y, y) + 2 * a * b * noises[1] * self.residual(teacher, y)
                  + b * b * noises[2] * self.residual(teacher, teacher))
        return self.explained(shift, shift) + spread

    def regression(self):
        """E[y | x1, x2], and what it leaves of the variance."""
        w = solve(self.block(self.x, self.x), self.block(self.x, self.y))
        rest = sum(self.sigma[j][j] for j in self.y) - trace_of(w, self.block(self.x, self.y))
        return w + [[Fraction(0)] * self.q for _ in range(self.q)], rest


def least(f):
    """The least of a convex quadratic function of (a, b) over all a and b ≥ 0, and over all a with b = 0."""
    g, h = f(1, 0) - f(-1, 0), f(0, 1) - f(0, -1)
    p, r = f(1, 0) + f(-1, 0) - 2 * f(0, 0), f(0, 1) + f(0, -1) - 2 * f(0, 0)
    s = f(1, 1) - f(1, 0) - f(0, 1) + f(0, 0)
    alone, det = f(-g / (2 * p), 0), p * r - s * s
    if det <= 0 or s * g - p * h <= 0:
        return alone, alone
    return f((s * h - r * g) / (2 * det), (s * g - p * h) / (2 * det)), alone


def tuned_gain(i):
    m = Model(i)
    k = m.k(m.n())
    best, alone = least(lambda a, b: m.excess(Fraction(a), Fraction(b), m.teachers[0], (k, k, k)))
    return alone - best


def unlabelled_risk(i):
    m = Model(i)
    n, alpha = m.n(), m.alpha()
    every = m.k(n + whole(i["unlabelled"], 0))
    return m.noise + m.excess(1 - alpha, alpha, m.teachers[0], (m.k(n), every, every))


def ridge_risk(i):
    m = Model(i)
    n, mu, alpha = m.n(), Fraction(i["ridge"]), m.alpha()
    if mu < 0:
        raise ValueError("ridge")
    kept = n / (n + mu)
    noise = kept * kept * Fraction(m.p2, n)
    return m.noise + m.excess(1 - alpha, alpha, m.teachers[0], (noise, noise, noise), kept)


def joint_teacher_risk(i):
    m = Model(i, teachers=())
    k, alpha = m.k(m.n()), m.alpha()
    teacher, rest = m.regression()
    risk = m.noise + m.excess(1 - alpha, alpha, teacher, (k, k, k))
    if "teacher_rows" in i:
        inputs = m.p1 + m.p2
        unit = rest / (whole(i["teacher_rows"], inputs + 2) - inputs - 1)
        risk += alpha * alpha * unit * (m.p2 + k * m.p1)
    return risk


def pseudo_label_risk(i):
    m = Model(i, teachers=())
    inputs = m.p1 + m.p2
    n, extra, alpha = m.n(inputs + 2), whole(i["unlabelled"], 0), m.alpha()
    teacher, rest = m.regression()
    # The part of x1 in the regression, given x2.
    first = [row if j in m.x1 else [Fraction(0)] * m.q for j, row in enumerate(teacher)]
    signal, gap = m.residual(first, first), m.k(n) - m.k(n + extra)
    kappa = rest * Fraction(m.p1, n - inputs - 1)
    return m.noise * (1 + m.k(n)) + gap * (alpha * alpha * (signal + kappa) - 2 * alpha * signal)


def ensemble_weights(i):
    m = Model(i, teachers=("w1", "w1b"))
    if m.teachers[0] == m.teachers[1]:
        raise ValueError("the same teacher")
    k, y = m.k(m.n()), m.label
    minus = [[[u - v for u, v in zip(r, s)] for r, s in zip(t, y)] for t in m.teachers]
    form = [[m.explained(a, b) + k * m.residual(a, b) for b in minus] for a in minus]
    pull = [[-k * m.residual(a, y)] for a in minus]
    weights = [row[0] for row in solve(form, pull)]
    return {"weights": weights, "gain": sum(w * g[0] for w, g in zip(weights, pull))}


def crossover(i):
    m = Model(i)
    t, y, weight = m.teachers[0], m.label, Fraction(i["lambda"])
    if weight <= 0:
        raise ValueError("lambda")
    minus = [[u - v for u, v in zip(r, s)] for r, s in zip(t, y)]
    mismatch = m.explained(minus, minus)
    saved = 2 * (m.noise - m.residual(t, y)) - weight * (m.residual(t, t) - m.noise)
    if mismatch == 0:
        return {"n": None} if saved > 0 else {"empty": True}
    return m.p2 + 1 + m.p2 * saved / (weight * mismatch)


def conditional_information(i):
    m = Model(i)
    parts = [m.teachers[0], m.s, m.label]
    joint = [sum((m.covariance(a, b)[r] for b in parts), []) for a in parts for r in range(m.q)]
    pick = lambda *which: [[joint[a][b] for b in index(which)] for a in index(which)]
    index = lambda which: [part * m.q + j for part in which for j in range(m.q)]
    ratio = determinant(pick(0, 2)) * determinant(pick(1, 2)) / determinant(pick(0, 1, 2)) / determinant(pick(2))
    return math.log1p(float(ratio - 1)) / 2


FUNCTIONS = [tuned_gain, unlabelled_risk, ridge_risk, joint_teacher_risk, pseudo_label_risk, ensemble_weights, crossover]


@cch.vectors("tuned_helps", exact=True)
def test_tuned_helps(cch_input):
    return tuned_gain(cch_input) > 0


@cch.vectors("conditional_information")
def test_conditional_information(cch_input):
    return conditional_information(cch_input)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.__name__)
def test_by_definition(function):
    """Without the tool: each vector, those for exact programs too."""
    from cch._vectors import load

    for vector in load(function.__name__):
        try:
            answer = function(vector.input)
        except (ValueError, TypeError, KeyError, OverflowError, ZeroDivisionError):
            assert vector.refuses, vector.id
            continue
        vector.check(answer)

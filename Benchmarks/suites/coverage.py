# SPDX-License-Identifier: GPL-3.0-or-later
"""How often the 95 % intervals of `cch advise` hold the truth: many samples of known populations, from CSV to JSON.

`make bench ARGS="coverage"`; CCH_SAMPLES=1000 takes that many samples of each population instead of 200.
"""
import json
import os
import random
from fractions import Fraction
from math import sqrt

SIZES = [(40, 2, 2), (200, 4, 4), (500, 32, 32), (2_000, 50, 50)]
LAWS = ["Gaussian", "Student-t, 5 degrees"]
SAMPLES = int(os.environ.get("CCH_SAMPLES", "200"))
QUANTITIES = ["beta", "delta", "best_lambda", "gain", "tuned/partial_correlation", "tuned/share", "tuned/shrinkage_share",
              "joint_teacher/effect_size", "pseudo_labels/share"]


class Population:
    """x = Λf + e with two common factors, y = bᵀx + noise; all loadings are multiples of 1/8, so that Σ is exact."""

    def __init__(self, p1, p2):
        source = random.Random(f"population {p1} {p2}")
        p = p1 + p2
        self.p1, self.p2 = p1, p2
        self.loadings = [[Fraction(source.randint(-5, 5), 8) for _ in range(2)] for _ in range(p)]
        # Both modalities tell of the label, however many columns they have.
        sizes = [Fraction(round(16 / sqrt(count)), 16) for count in (p1, p2) for _ in range(count)]
        self.weights = [source.choice([-1, 1]) * size for size in sizes]

    def sigma(self):
        p = self.p1 + self.p2
        inner = [[sum(a * b for a, b in zip(self.loadings[i], self.loadings[j])) + (i == j) for j in range(p)]
                 for i in range(p)]
        cross = [sum(w * c for w, c in zip(self.weights, row)) for row in inner]
        variance = sum(w * c for w, c in zip(self.weights, cross)) + 1
        return [row + [c] for row, c in zip(inner, cross)] + [cross + [variance]]

    def rows(self, n, law, source):
        loadings = [[float(value) for value in row] for row in self.loadings]
        weights = [float(value) for value in self.weights]
        for _ in range(n):
            f, g = source.gauss(0, 1), source.gauss(0, 1)
            row = [a * f + b * g + source.gauss(0, 1) for a, b in loadings]
            row.append(sum(w * x for w, x in zip(weights, row)) + source.gauss(0, 1))
            if law != LAWS[0]:
                # Of the same covariance: 5/3 is the variance of a Student-t of 5 degrees.
                scale = sqrt(5 / source.gammavariate(2.5, 2) * 3 / 5)
                row = [scale * value for value in row]
            yield row


def truth(run, population, n):
    """β, ΔI, best λ and gain of the population's own least-squares teacher, exactly, by the tool."""
    p1, p2 = population.p1, population.p2
    sigma = population.sigma()
    weights = least_squares([row[:p1] for row in sigma[:p1]], [row[-1] for row in sigma[:p1]])
    path = run.folder / "truth.json"
    path.write_text(json.dumps({"schema": "cch.instance/1", "p1": p1, "p2": p2, "q": 1, "n": n, "lambda": "1/2",
                                "sigma": [[str(value) for value in row] for row in sigma],
                                "w1": [str(value) for value in weights]}))
    answer, _, _ = run.cch("explain", path)
    best = Fraction(answer["best_lambda"]) if answer["best_lambda"] != "infinity" else None
    k, residual = Fraction(answer["k"]), Fraction(answer["residual_variance"])
    pull = k * (residual - Fraction(answer["residual_covariance"]))
    gain = 0
    if pull > 0:
        # R(α) = R0 − 2α·pull + α²·curvature; the best α is pull/curvature where that is below 1.
        risk = Fraction(answer["baseline_risk"])
        curvature = (Fraction(answer["risk"]) - risk + 2 * pull / 3) * 9
        alpha = min(Fraction(1), pull / curvature)
        gain = alpha * (2 * pull - alpha * curvature)
    beta = Fraction(answer["residual_covariance"]) / residual
    tuned = answer["students"][1]
    least, shrinking = (Fraction(tuned[key]) for key in ("risk_without_teacher", "risk_as_it_is"))
    share = max(0, Fraction(tuned["gain_over_best_without_teacher"])) / least
    # Cohen's f² of x1 beyond x2 by the regression on both; pseudo-labels for n more rows by their closed form.
    both = [row[:-1] for row in sigma[:-1]]
    full = sigma[-1][-1] - sum(w * row[-1] for w, row in zip(least_squares(both, [row[-1] for row in sigma[:-1]]), sigma))
    signal, noise = residual - full, full * Fraction(p1, n - p1 - p2 - 1)
    pseudo = (k - Fraction(p2, 2 * n - p2 - 1)) * signal ** 2 / (signal + noise)
    return {"beta": float(beta), "delta": float(answer["delta"]["nats"]),
            "best_lambda": float("inf") if best is None else float(best), "gain": float(gain),
            "tuned/partial_correlation": correlation(sigma, weights, p1, p2), "tuned/share": float(share),
            "tuned/shrinkage_share": float(min(1, (shrinking - least) / gain)) if gain else None,
            "joint_teacher/effect_size": float(signal / full),
            "pseudo_labels/share": float(pseudo / (residual * (1 + k)))}


def correlation(sigma, weights, p1, p2):
    """corr(t, s | y) from Σ, by the inverse of the covariance of (t, s, y)."""
    student = least_squares([row[p1:p1 + p2] for row in sigma[p1:p1 + p2]], [row[-1] for row in sigma[p1:p1 + p2]])
    t, s = list(weights) + [0] * (p2 + 1), [0] * p1 + list(student) + [0]
    y = [0] * (p1 + p2) + [1]
    def covariance(a, b):
        return sum(u * sum(v * w for v, w in zip(row, b)) for u, row in zip(a, sigma) if u)
    matrix = [[covariance(a, b) for b in (t, s, y)] for a in (t, s, y)]
    columns = [least_squares(matrix, [int(i == j) for j in range(3)]) for i in range(3)]
    return -float(columns[0][1]) / sqrt(columns[0][0] * columns[1][1])


def least_squares(matrix, target):
    """The exact solution of a linear system, by Gauss and Jordan."""
    rows = [row + [value] for row, value in zip(matrix, target)]
    for column in range(len(rows)):
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for other in range(len(rows)):
            if other != column and rows[other][column]:
                factor = rows[other][column]
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[column])]
    return [row[-1] for row in rows]


def held(interval, value):
    """Whether an interval holds a value; None where it says that it cannot be computed."""
    if interval is None or "not_computable" in interval:
        return None
    lower, upper = (float(str(interval[end]).replace("infinity", "inf")) for end in ("lower", "upper"))
    return lower <= value <= upper


def sample(run, population, size, law, index):
    n, p1, p2 = size
    names = [f"t{i}" for i in range(p1)] + [f"s{i}" for i in range(p2)]
    path = run.folder / f"coverage-{index % 8}.csv"
    source = random.Random(f"sample {size} {law} {index}")
    with open(path, "w", encoding="utf-8") as file:
        file.write(",".join(names + ["y"]) + "\n")
        for row in population.rows(n, law, source):
            file.write(",".join(f"{value:.5f}" for value in row) + "\n")
    answer, _, _ = run.cch("advise", path, "--teacher", ",".join(names[:p1]), "--student", ",".join(names[p1:]),
                           "--label", "y", "--seed", index, "--unlabelled", n)
    return answer["candidates"][0]


def at(document, path):
    """What stands at a path; None where there is nothing."""
    for key in path.split("/"):
        document = document[key] if document else None
    return document


def measure(run):
    for size in SIZES:
        population = Population(*size[1:])
        true = truth(run, population, size[0])
        for law in LAWS:
            answers = [sample(run, population, size, law, index) for index in range(SAMPLES)]
            for quantity in QUANTITIES:
                if true[quantity] is None:
                    continue
                results = [held(at(answer, quantity), true[quantity]) for answer in answers]
                known = [result for result in results if result is not None]
                share = sum(known) / max(1, len(known))
                error = sqrt(max(share * (1 - share), 1 / len(known)) / len(known)) if known else 0
                without = len(results) - len(known)
                # Met where the share is within three standard errors of the goal.
                met = 0.92 - 3 * error <= share <= 0.975 + 3 * error
                run.row(f"{quantity} {true[quantity]:.3g}, n, p1, p2 = {', '.join(map(str, size))}, {law}",
                        f"{100 * share:.1f} %", f"± {100 * error:.1f} %",
                        f"{without} none" if without else "", "92 to 97.5 %", met)

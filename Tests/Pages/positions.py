# SPDX-License-Identifier: GPL-3.0-or-later
"""Where marks and curves of the pictures must stand, computed from the documents alone."""
import math
import re
from fractions import Fraction


def number(value):
    return float(Fraction(value)) if isinstance(value, str) and value != "infinity" else math.inf if value == "infinity" else float(value)


class Axis:
    """From coordinates to values, by the labels of the axis: linear, or logarithmic where these are."""

    def __init__(self, ticks):
        self.a, self.b = ticks[0], ticks[-1]
        middle = ticks[len(ticks) // 2]
        share = (middle["at"] - self.a["at"]) / (self.b["at"] - self.a["at"])
        linear = self.a["value"] + share * (self.b["value"] - self.a["value"])
        self.is_log = len(ticks) > 2 and abs(linear - middle["value"]) > 0.01 * abs(self.b["value"] - self.a["value"])

    def at(self, value):
        """The coordinate at which a value must stand."""
        a, b = self.a["value"], self.b["value"]
        share = math.log(value / a) / math.log(b / a) if self.is_log else (value - a) / (b - a)
        return self.a["at"] + share * (self.b["at"] - self.a["at"])

    def value(self, coordinate):
        share = (coordinate - self.a["at"]) / (self.b["at"] - self.a["at"])
        a, b = self.a["value"], self.b["value"]
        return a * (b / a) ** share if self.is_log else a + share * (b - a)


def explain_curve(document):
    """R(λ), in fractions."""
    s, t, c, b, k = (Fraction(document[key]) for key in
                     ("residual_variance", "teacher_residual_variance", "residual_covariance", "mismatch", "k"))
    return lambda x: float(s + (x * x * b + k * (s + 2 * x * c + x * x * t)) / (1 + x) ** 2)


def dimensions(task):
    """The dimensions of x and y, added up, as the titles of cch tasks have them; None where the name of the task does not tell."""
    numbers = re.findall(r"\d+(?=v)|(?<=v)\d+(?=-)", task) or re.findall(r"(?<=[a-z]-)\d+(?=-)|(?<=\d-)\d+(?=-)", task)[:2]
    return sum(map(int, numbers)) if len(numbers) == 2 and "swissroll" not in task else None


def brier(document, a):
    """The Brier risk at α from the model's cells alone: Σ weight·(var(y) + ‖α(Et − Ey)‖² + var((1 − α)y + αt)/rows)."""
    total = 0.0
    for cell in document["instance"]["cells"]:
        outcomes = [(number(o["probability"]), [float(k == o["label"]) for k in range(document["instance"]["classes"])], [number(t) for t in o["teacher"]]) for o in cell["outcomes"]]
        mean = lambda f: [sum(p * f(y, t)[k] for p, y, t in outcomes) for k in range(document["instance"]["classes"])]
        mixed = lambda y, t: [(1 - a) * u + a * v for u, v in zip(y, t)]
        ey, em = mean(lambda y, t: y), mean(mixed)
        spread = lambda f, e: sum(p * sum((u - v) ** 2 for u, v in zip(f(y, t), e)) for p, y, t in outcomes)
        total += number(cell["weight"]) * (spread(lambda y, t: y, ey) + sum((u - v) ** 2 for u, v in zip(em, ey)) + spread(mixed, em) / cell["rows"])
    return total


def gain_share(document, n, at_best):
    """The gain at the best or at the given λ, per cent of R0, by the least of many risks: no formula for the best λ."""
    s, t, c, b = (float(Fraction(document[key])) for key in
                  ("residual_variance", "teacher_residual_variance", "residual_covariance", "mismatch"))
    k = document["instance"]["p2"] / (n - document["instance"]["p2"] - 1)

    def risk(a):
        return s + a * a * b + k * ((1 - a) ** 2 * s + 2 * a * (1 - a) * c + a * a * t)
    if at_best:
        low, high = 0.0, 1.0
        for _ in range(200):
            third = (high - low) / 3
            low, high = (low, high - third) if risk(low + third) < risk(high - third) else (low + third, high)
        least = risk((low + high) / 2)
    else:
        weight = number(document["instance"]["lambda"])
        least = risk(weight / (1 + weight))
    return 100 * (risk(0) - least) / risk(0)


def marks(picture, document):
    """The values (x, y) at which the marks of a picture must stand, in order; y is None in a forest plot, and None for a picture
    about which nothing is known here."""
    title, schema = picture["title"], document["schema"]
    if schema == "cch.advise/1":
        if title.startswith("β, how much"):
            return [(c["beta"]["estimate"], None) for c in document["candidates"]]
        if title == "Gain at the best λ":
            return [(c["gain"]["estimate"], None) for c in document["candidates"]]
        if title == "corr(t,s | y)":
            return [(c["tuned"]["partial_correlation"]["estimate"], None) for c in document["candidates"]]
        if title == "Gain over a student that may shrink":
            return [(c["tuned"]["share"]["estimate"], None) for c in document["candidates"]]
        if title.startswith("Residuals: "):
            plot = next(p for p in document["residuals"] if title == f"Residuals: {p['name']}")
            return list(zip(plot["fitted"], plot["residual"]))
        if title == "Gain on held-out folds":
            return [(c["held_out"]["gain"], None) for c in document["candidates"] if c["held_out"]]
        if title.startswith("Risk against the weight: "):
            c = next(c for i, c in enumerate(document["candidates"]) if len(document["candidates"]) == 1 or title.startswith(f"Risk against the weight: {i + 1}:"))
            best = c["best_lambda"]["estimate"]
            return [(best / (1 + best), number(c["baseline_risk"]) - c["gain"]["estimate"])]
    if schema == "cch.experiment/1":
        if title.startswith("What the CCH looks at"):
            order = [[c for c in document["conditions"] if c["sharp"] is s and c["delta"]] for s in (True, False, None)]
            return [(c["delta"]["mean"], c["gain"]["mean"]) for group in order for c in group]
        if title.startswith("Gain against ΔI: "):
            # Factors that change nothing else are in the title: "blur 0" is "blur 0 ·" or its end.
            own = [c for c in document["conditions"] if all(f"{k} {v}" in title.split(": ", 1)[1].split(" · ") for k, v in c["factors"].items() if k != "blur")]
            return [(c["delta"]["mean"], c["gain"]["mean"]) for c in sorted(own, key=lambda c: float(c["factors"]["blur"])) if c["delta"]]
        if title == "Gain under each condition":
            return [(c["gain"]["mean"], None) for c in document["conditions"]]
        if title == "Who was right about the sign of the gain":
            return [(100 * a["agreements"] / a["conditions"], None) for a in document["agreement"].values() if a["conditions"]]
    if schema == "cch.experiment.synthetic/1" and title.startswith(("Gain against ΔI: ", "Error with and without: ")):
        isGain, sweep, found = title.startswith("Gain"), title.split(": ")[1], []
        for weight in ("1/5", "3/10", "1/2", "7/10", "4/5"):
            for point in document["points"]:
                changes = [s["change"] for s in point["students"] if s["lambda"] == weight]
                if point["sweep"] == sweep and changes:
                    found.append((point["delta"], -changes[-1]) if isGain else (number(point["parameter"]), number(point["baseline_risk"]) + changes[-1]))
        return found
    if schema == "cch.student/1" and len(document["studies"]) == 1 and title == "Simulated risk on the exact curve":
        rows = [(number(r["lambda"]), r["risk"]["mean"]) for r in document["studies"][0]["rows"]]
        return [(x / (1 + x), y) for x, y in rows]
    if schema == "cch.validate/1":
        if title == "Bias on each task":
            return [(t["bias"]["value"], None) for t in document["tasks"] if t["bias"]]
        if title == "Bias against the dimension":
            return [(dimensions(t["id"]), t["bias"]["value"]) for t in document["tasks"] if t["bias"] and dimensions(t["id"])]
        if title == "Estimates against the truth":
            return [(t["truth"], t["mean"]) for t in document["tasks"] if t["mean"] is not None]
    if schema == "cch.hunt/1":
        if title == "How it became simple":
            order = list(dict.fromkeys(s["by"] for s in document["path"]))
            return [(i, float(s["numbers"])) for way in order for i, s in enumerate(document["path"]) if s["by"] == way]
        if title == "Regions that were visited":
            return [(n, None) for n in document["regions"].values() if n]
        if title == "What may happen in each cell":
            return [(number(o["probability"]), None) for c in document["instance"]["cells"] for o in c["outcomes"]]
    if schema == "cch.explain.classes/1":
        if title == "What may happen in each cell":
            return [(number(o["probability"]), None) for c in document["instance"]["cells"] for o in c["outcomes"]]
        if title == "Brier risk against the weight of the teacher":
            return [(number(document["best_alpha"]), brier(document, number(document["best_alpha"])))]
    if schema == "cch.validate.comparison/1" and title == "Bias against the dimension":
        return [(dimensions(t["id"]), t["scores"][i]["bias"]["value"])
                for i in range(len(document["estimators"])) for t in document["tasks"] if t["scores"][i]["bias"] and dimensions(t["id"])]
    if schema == "cch.verify/1":
        if title == "How often each claim was tried":
            return [(100 * c["applicable"] / c["cases"], None) for c in document["claims"]]
        if title == "Regions that were visited":
            return [(n, None) for n in document["regions"].values() if n]
    if schema == "cch.explain/1" and title == "Informations":
        values = [v["nats"] for v in document["mutual_information"].values() if v] + [d["nats"] for d in (document["delta"], document.get("information_given_label")) if d]
        return [(float(v), None) for v in values]
    return None


def compare(picture, document):
    """What stands elsewhere than it must: more than a pixel off; and how many places were compared."""
    wrong, count = [], 0
    slack = 1 / picture["scale"]
    expected = marks(picture, document)
    if expected is not None:
        x, y = Axis(picture["x"]), Axis(picture["y"]) if picture["y"] else None
        # The first marks of a figure are samples in its legend.
        found = picture["marks"][len(picture["marks"]) - len(expected):]
        if len(found) < len(expected):
            return [f"{picture['title']}: {len(picture['marks'])} marks, expected {len(expected)}"], 0
        for mark, (u, v) in zip(found, expected):
            count += 1
            if abs(mark["x"] - x.at(u)) > slack or v is not None and abs(mark["y"] - y.at(v)) > slack:
                wrong.append(f"{picture['title']}: a mark at {mark['x']:.2f}, {mark['y']:.2f} that must stand at {x.at(u):.2f}, {y.at(v) if v is not None else mark['y']:.2f}")
    if document["schema"] == "cch.explain/1" and document["k"] is not None and picture["title"] == "Risk against the weight of the teacher":
        x, y, risk = Axis(picture["x"]), Axis(picture["y"]), explain_curve(document)
        for px, py in picture["lines"][-1]["points"]:
            count += 1
            if abs(y.at(risk(Fraction(x.value(px)).limit_denominator(10**9))) - py) > slack:
                wrong.append(f"{picture['title']}: R({x.value(px):.4f}) at {py}")
    if document["schema"] == "cch.explain/1" and picture["title"] == "Gain against the number of rows":
        x, y = Axis(picture["x"]), Axis(picture["y"])
        for line, at_best in zip(picture["lines"][-(2 if document["instance"].get("lambda") else 1):], (True, False)):
            for px, py in line["points"]:
                n = round(x.value(px))
                # Between whole numbers of rows there is nothing to compare with.
                if abs(x.at(n) - px) > 0.05:
                    continue
                count += 1
                if abs(y.at(gain_share(document, n, at_best)) - py) > slack:
                    wrong.append(f"{picture['title']}: n = {n} at {py}, must be at {y.at(gain_share(document, n, at_best)):.2f}")
    return wrong, count

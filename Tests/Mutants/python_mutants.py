# SPDX-License-Identifier: GPL-3.0-or-later
"""Wrong variants of the Python adapter, each a mistake that people make: what, operations, (old text, new text)…"""

import student_mutants

ADAPTER = "examples/implementations/python/cch_numpy.py"

RISKS = "kd_risk baseline_risk risk_slope window best_lambda"
PROBLEMS = RISKS + " helps_for_small_lambda"
STUDENTS = "tuned_helps tuned_gain unlabelled_risk ridge_risk ensemble_weights crossover conditional_information"
# Those that look at no teacher.
JOINT = "joint_teacher_risk pseudo_label_risk"
EVERY_PROBLEM = PROBLEMS + " cch cch_predicts " + STUDENTS
EVERY_SIGMA = EVERY_PROBLEM + " mutual_information " + JOINT
DATA = "fit_student ksg gaussian_plugin"
EVERY = EVERY_SIGMA + " " + DATA

K = "self.p2 / (n - self.p2 - 1)"
MOMENTS = "return r(1, 1), r(2, 1), r(2, 0) + r(2, 1), r(2, 2), mismatch, " + K
NATS = "return float(-0.5 * np.log1p(-squares).sum()) + 0.0"
RISK = "(noise + alpha * alpha * mismatch + k * variance)"
RESIDUAL = "m[j + 1:, j + 1:] -= np.multiply.outer(m[j, j + 1:], row)"
SIZE = '        require(len(sigma) == p1 + p2 + q, "sigma does not have p1 + p2 + q rows")\n'
RECTANGLE = ('    require(all(isinstance(row, list) and len(row) == len(value[0]) > 0 for row in value), f"{name}: ragged rows")\n')
SQUARE = '    require(sigma.shape[0] == sigma.shape[1], "sigma is not square")\n'
W1 = 'w1 = rows(input["w1"], "w1")\n'
REFUSED = 'return {"kind": "errored", "message": f"{type(error).__name__}: {error}"}'
SAY = "print(json.dumps(reply, default=float), flush=True)"
SIDES = '    require(len(x) == len(y), "x and y have different numbers of rows")\n'
STUDENT = '    require(len(x2) == len(y) and y.shape == t.shape, "x2, y and t have different numbers of rows")\n'


def moments(changed):
    """The tuple (noise, c − noise, difference, V, mismatch, k) with parts of it replaced."""
    parts = dict(noise="r(1, 1)", excess="r(2, 1)", difference="r(2, 0) + r(2, 1)", v="r(2, 2)",
                 mismatch="mismatch", k=K) | changed
    return [(MOMENTS, "return " + ", ".join(parts.values()))]


def refused(text):
    """Another answer to what must be refused: a Python dictionary."""
    return [(REFUSED, "return " + text)]


def said(text):
    """Something else than printing the reply."""
    return [(SAY, text)]


# Right programs, each unlike the adapter in a way that is left open: none may be accused, by random cases neither.
RIGHT = [
    ("the adapter", []),
    ("KSG-2 with the first k of tied neighbours", [("near = joint <= radius", "near = np.argsort(joint, kind='stable')[:k]")]),
    ("KSG-2 with the last k of tied neighbours", [("near = joint <= radius", "near = n - 1 - np.argsort(joint[::-1], kind='stable')[:k]")]),
    ("seq as 3.0", [('reply = {"seq": request["seq"]}', 'reply = {"seq": float(request["seq"])}')]),
    ("talk before every answer", said("print('computing', request.get('seq')); print(reply); " + SAY)),
    ("a refusal without a message", [(REFUSED, 'return {"kind": "errored"}')]),
    ("the same answer twice", said(SAY + "; " + SAY)),
    ("informations by determinants, ΔI by Cholesky", [
        ("return float(-0.5 * np.log1p(-squares).sum()) + 0.0",
         "require((squares < 1).all(), 'the variables determine each other')\n    a, b = np.atleast_2d(a), np.atleast_2d(b)\n"
         "    both = np.block([[a, np.atleast_2d(cross)], [np.atleast_2d(cross).T, b]])\n"
         "    half = lambda m: np.log(np.diag(np.linalg.cholesky(m))).sum()\n"
         "    exact = float(-0.5 * np.log1p(-squares).sum()) + 0.0\n"
         "    return exact if abs(exact) < 1e-3 or exact > 5 else float(half(a) + half(b) - half(both))")]),
]

# Wrong in how they answer, whatever the operation: the whole must fail.
CONDUCT = [
    ("never exits after stop", [("            break\n", "            import time\n            while True: time.sleep(1)\n")]),
    ("closes its output at stop and sleeps on", [("            break\n", "            import os, time\n            os.close(1)\n            time.sleep(100)\n")]),
    ("every answer twice, the second one another", said(SAY + "; print(json.dumps({'kind': 'skipped', 'seq': request.get('seq'), 'reason': 'again'}), flush=True)")),
    ("seq as a text", [('reply = {"seq": request["seq"]}', 'reply = {"seq": str(request["seq"])}')]),
    ("seq in a list", [('reply = {"seq": request["seq"]}', 'reply = {"seq": [request["seq"]]}')]),
    ("no seq", said("reply.pop('seq', None); " + SAY)),
    ("answers as Python prints them", [('            continue\n        print', '            continue\n        if kind == "run":\n            print(reply, flush=True)\n            continue\n        print')]),
    ("no kind", said("reply.pop('kind') if 'seq' in reply else None; " + SAY)),
]

MUTANTS = [
    # k
    ("k = p2/n", RISKS, moments({"k": "self.p2 / n"})),
    ("k = p2/(n−p2)", RISKS, moments({"k": "self.p2 / (n - self.p2)"})),
    ("k = p2/(n−p2−2)", RISKS, moments({"k": "self.p2 / (n - self.p2 - 2) if n > self.p2 + 2 else math.inf"})),
    ("k = p2/(n−p2+1)", RISKS, moments({"k": "self.p2 / (n - self.p2 + 1)"})),
    ("k = (p2+1)/(n−p2−2), an intercept", RISKS, moments({"k": "(self.p2 + 1) / max(n - self.p2 - 2, 1e-300)"})),
    ("k = 1/(n−p2−1)", RISKS, moments({"k": "1 / (n - self.p2 - 1)"})),
    ("k = p1/(n−p1−1)", RISKS, moments({"k": "len(self.w1) / (n - len(self.w1) - 1)"})),
    ("k with p1+p2 in place of p2", RISKS,
     moments({"k": "(self.p2 + len(self.w1)) / (n - self.p2 - len(self.w1) - 1)"})),
    ("k by whole-number division", RISKS, moments({"k": "self.p2 // (n - self.p2 - 1)"})),
    ("k counts the outputs: p2·q", RISKS, moments({"k": "self.p2 * self.q / (n - self.p2 - 1)"})),
    # risk
    ("(1+λ) in place of (1+λ)²", "kd_risk", [(RISK, "(noise + ((1 + weight) * (alpha * alpha * mismatch + k * variance)))")]),
    ("no denominator (1+λ)²", "kd_risk",
     [("share = 1 / (1 + weight)  # 1 − α\n    alpha = weight * share", "share, alpha = 1.0, weight")]),
    ("λ used as the mixing weight", "kd_risk",
     [("share = 1 / (1 + weight)  # 1 − α\n    alpha = weight * share", "share, alpha = 1.0 - weight, weight")]),
    ("excess risk: the noise of the fresh row forgotten", "kd_risk", [(RISK, "(alpha * alpha * mismatch + k * variance)")]),
    ("mismatch B forgotten", "kd_risk window best_lambda", moments({"mismatch": "0.0"})),
    ("B not multiplied by λ²", "kd_risk", [("noise + alpha * alpha * mismatch", "noise + alpha * mismatch")]),
    ("2λc counted once", "kd_risk", [("2 * share * alpha * r(0, 1)", "share * alpha * r(0, 1)")]),
    ("the sign of c", "kd_risk", [("2 * share * alpha * r(0, 1)", "-2 * share * alpha * r(0, 1)")]),
    ("the term in c forgotten", "kd_risk", [("2 * share * alpha * r(0, 1) + ", "")]),
    ("ση² forgotten", "kd_risk", [(" + alpha * alpha * r(0, 0)", "")]),
    ("var(t) in place of ση²", "kd_risk", [("alpha * alpha * r(0, 0)", "alpha * alpha * problem.trace(problem.total, 0, 0)")]),
    ("var(y) in place of σε²", "kd_risk baseline_risk", moments({"noise": "self.trace(self.total, 1, 1)"})),
    ("cov(t,y) in place of c", "kd_risk", [("2 * share * alpha * r(0, 1)", "2 * share * alpha * problem.trace(problem.total, 0, 1)")]),
    ("negative λ accepted", "kd_risk", [('weight = real(input["lambda"], "lambda", 0)\n    share = 1 / (1 + weight)  #',
                                         'weight = real(input["lambda"], "lambda", -math.inf)\n    share = 1 / (1 + weight)  #')]),
    ("|λ| in place of a refusal", "kd_risk", [('weight = real(input["lambda"], "lambda", 0)\n    share = 1 / (1 + weight)  #',
                                             'weight = abs(real(input["lambda"], "lambda", -math.inf))\n    share = 1 / (1 + weight)  #')]),
    # baseline and slope
    ("baseline without k", "baseline_risk", [("noise * (1 + k)", "noise")]),
    ("baseline: k alone", "baseline_risk", [("noise * (1 + k)", "noise * k")]),
    ("the slope's sign", "risk_slope", [("2 * k * excess *", "-2 * k * excess *")]),
    ("the slope without 2", "risk_slope", [("2 * k * excess *", "k * excess *")]),
    ("the slope without k", "risk_slope", [("2 * k * excess *", "2 * excess *")]),
    ("the slope as 2kc", "risk_slope", moments({"excess": "r(0, 1)"})),
    ("the slope as −2kσε²", "risk_slope", moments({"excess": "-r(1, 1)"})),
    ("c wrong in the ninth digit", "risk_slope", moments({"excess": "r(0, 1) * (1 + 1e-9) - r(1, 1)"})),
    ("absolute value of the slope", "risk_slope", [("2 * k * excess *", "2 * k * abs(excess) *")]),
    # window and best λ
    ("the window's end where D ≤ 0", "window", [("/ d if d > 0 else None", "/ d if d != 0 else None")]),
    ("|D| in place of D", "window", [("/ d if d > 0 else None", "/ abs(d) if d != 0 else None")]),
    ("the window not empty where c ≥ σε²", "window", [("if excess >= 0:\n        return {\"empty\": True}\n    d", "d")]),
    ("the window not empty at c = σε²", "window", [("if excess >= 0:\n        return {\"empty\": True}\n    d", "if excess > 0:\n        return {\"empty\": True}\n    d")]),
    ("half the window", "window", [("-2 * k * excess / d", "-k * excess / d")]),
    ("a window of the mixing weight", "window", [("-2 * k * excess / d if", "-2 * k * excess / (d - 2 * k * excess) if")]),
    ("D without k", "window", [("d = mismatch + k * difference", "d = mismatch + difference")]),
    ("D = B", "window", [("d = mismatch + k * difference", "d = mismatch")]),
    ("D with ση² in place of ση² − σε²", "window", [("d = mismatch + k * difference", "d = mismatch + k * problem_teacher"),
                                                  ("_, excess, difference, _, mismatch, k = Problem(input).moments(input[\"n\"])\n    if excess >= 0:\n        return {\"empty\": True}",
                                                   "p = Problem(input)\n    _, excess, difference, _, mismatch, k = p.moments(input[\"n\"])\n    problem_teacher = p.trace(p.residual, 0, 0)\n    if excess >= 0:\n        return {\"empty\": True}")]),
    ("a closed infinite window as a large number", "window", [("if d > 0 else None", "if d > 0 else 1e308")]),
    ("an empty window as (0, 0)", "window", [("return {\"empty\": True}\n", "return {\"lower\": 0, \"upper\": 0}\n")]),
    ("α* in place of λ*", "best_lambda", [("bottom = mismatch + k * (difference - excess)", "bottom = mismatch + k * (difference - 2 * excess)")]),
    ("λ* not cut off at 0", "best_lambda", [("    if excess >= 0:\n        return {\"lambda\": 0}\n", "")]),
    ("λ* not cut off at ∞", "best_lambda", [("if bottom > 0 else None", "if bottom != 0 else None")]),
    ("λ* = 0 where it is infinite", "best_lambda", [("if bottom > 0 else None", "if bottom > 0 else 0")]),
    ("λ* as half the window", "best_lambda", [("(difference - excess)", "difference")]),
    ("λ* without k in the denominator", "best_lambda", [("mismatch + k * (difference - excess)", "mismatch + (difference - excess)")]),
    ("λ* without k", "best_lambda", [("-k * excess / bottom", "-excess / bottom")]),
    ("twice λ*", "best_lambda", [("-k * excess / bottom", "-2 * k * excess / bottom")]),
    # decisions
    ("help at a tie", "helps_for_small_lambda", [("moments(input[\"n\"])[1] < 0", "moments(input[\"n\"])[1] <= 0")]),
    ("help with a margin of 1e-6", "helps_for_small_lambda", [("moments(input[\"n\"])[1] < 0", "moments(input[\"n\"])[1] < -1e-6")]),
    ("help: the sign", "helps_for_small_lambda", [("moments(input[\"n\"])[1] < 0", "moments(input[\"n\"])[1] > 0")]),
    ("help as c < 0", "helps_for_small_lambda", moments({"excess": "r(0, 1)"})),
    ("help as c < ση²", "helps_for_small_lambda", moments({"excess": "-r(2, 0)"})),
    ("help as cov(t,y) < var(y)", "helps_for_small_lambda", moments({"excess": "self.trace(self.total, 2, 1)"})),
    ("help as what the CCH predicts", "helps_for_small_lambda",
     [("return {\"helps\": Problem(input).moments(input[\"n\"])[1] < 0}",
       "p = Problem(input)\n    p.moments(input[\"n\"])\n    ts, sy = p.informations()\n    return {\"helps\": ts > sy}")]),
    ("always help", "helps_for_small_lambda", [("moments(input[\"n\"])[1] < 0", "moments(input[\"n\"])[1] < math.inf")]),
    ("n not used, not checked", "helps_for_small_lambda", [("moments(input[\"n\"])[1] < 0", "moments(10 ** 6)[1] < 0")]),
    ("the CCH the other way round", "cch_predicts", [("{\"predicts\": ts > sy}", "{\"predicts\": ts < sy}")]),
    ("the CCH with a margin of 1e-3", "cch_predicts", [("{\"predicts\": ts > sy}", "{\"predicts\": ts > sy + 1e-3}")]),
    ("the CCH as whether it helps", "cch_predicts", [("{\"predicts\": ts > sy}", "{\"predicts\": Problem(input).moments(10 ** 6)[1] < 0}")]),
    ("the calibrated criterion for the CCH", "cch_predicts",
     [("{\"predicts\": ts > sy}", "{\"predicts\": ts - sy > 0.5 * math.log((lambda p: p.trace(p.total, 0, 0) / p.trace(p.total, 1, 1))(Problem(input)))}")]),
    ("ΔI ≥ 0 for ΔI > 0", "cch_predicts", [("{\"predicts\": ts > sy}", "{\"predicts\": ts >= sy}")]),
    ("the window open at a tie", "window", [("if excess >= 0:\n        return {\"empty\": True}", "if excess > 0:\n        return {\"empty\": True}")]),
    ("zero teacher answered", "cch_predicts cch", [("require(self.w1.any(), \"w1 is zero: the teacher predicts nothing\")", "if not self.w1.any():\n            return 0.0, 0.0")]),
    ("w* = 0 answered", "cch_predicts cch", [("require(self.has_student, \"w* is zero: x2 tells nothing about y\")", "if not self.has_student:\n            return 0.0, 0.0")]),
    ("w1 = 0 refused by the risk", PROBLEMS, [("self.p2, self.q, self.w1 = p2, q, w1", "self.p2, self.q, self.w1 = p2, q, w1\n        require(w1.any(), 'w1 is zero')")]),
    ("w* = 0 refused by the risk", PROBLEMS, [("# Traces over the outputs", "require(self.has_student, 'w* is zero')\n        # Traces over the outputs")]),
    # informations
    ("bits in place of nats", "mutual_information cch", [(NATS, NATS.replace("-0.5", "-0.5 / math.log(2)"))]),
    ("½ forgotten", "mutual_information cch", [(NATS, NATS.replace("-0.5", "-1.0"))]),
    ("decimal logarithms", "mutual_information cch", [(NATS, NATS.replace("-0.5", "-0.5 / math.log(10)"))]),
    ("the sign of the information", "mutual_information cch", [(NATS, NATS.replace("-0.5", "0.5"))]),
    ("the correlation not squared", "mutual_information", [(NATS, "return float(-0.5 * np.log1p(-np.sqrt(squares)).sum()) + 0.0")]),
    ("only the largest canonical correlation", "mutual_information cch", [(NATS, NATS.replace(".sum()", ".min() if squares.size > 1 else np.log1p(-squares).sum()").replace("-0.5 *", "-0.5 *").replace("np.log1p(-squares).min()", "np.log1p(-squares.max())"))]),
    ("tiny informations lost in 1 − ρ²", "mutual_information", [(NATS, "return float(-0.5 * np.log(np.round(1 - squares, 12)).sum()) + 0.0")]),
    ("determinants that over- or underflow", "mutual_information",
     [("return {\"nats\": information_of(sigma[np.ix_(u, u)], sigma[np.ix_(w, w)], sigma[np.ix_(u, w)])}",
       "raw = np.array(input['sigma'], dtype=float)\n    det = lambda i: np.linalg.det(raw[np.ix_(i, i)])\n    return {\"nats\": float(0.5 * np.log(det(u) * det(w) / det(u + w)))}")]),
    ("u and w not used: first coordinates", "mutual_information", [("require(u and w, ", "u, w = list(range(len(u))), list(range(len(u), len(u) + len(w)))\n    require(u and w, ")]),
    ("u and w sorted into blocks: only their sizes used with the last", "mutual_information", [("sigma[np.ix_(u, w)])}", "sigma[np.ix_(sorted(u), w)])}")]),
    ("negative indices as Python has them", "mutual_information", [("whole(i, \"index\", 0)", "whole(i, \"index\", -len(sigma)) % len(sigma)")]),
    ("an index twice accepted", "mutual_information", [("require(len(set(u + w)) == len(u + w), \"an index appears twice\")", "u, w = list(dict.fromkeys(u)), list(dict.fromkeys(w))")]),
    ("an index in both lists accepted", "mutual_information", [("require(len(set(u + w)) == len(u + w), \"an index appears twice\")",
        "require(len(set(u)) == len(u) and len(set(w)) == len(w), 'twice')\n    w = [i for i in w if i not in u] or [(u[0] + 1) % len(sigma)]")]),
    ("an index out of range cut off", "mutual_information", [("require(max(u + w) < len(sigma), \"an index is out of range\")", "u, w = [i for i in u if i < len(sigma)], [i for i in w if i < len(sigma)]\n    require(u and w, 'empty')")]),
    ("informations cut off at 1", "mutual_information", [(NATS, NATS.replace("return float", "return min(1.0, float").replace(" + 0.0", ")"))]),
    ("I(t;y) in place of I(s;y)", "cch cch_predicts", [("information_of(s, total[y, y], s))", "information_of(total[t, t], total[y, y], total[t, y]))")]),
    ("I(x1;x2) in place of I(t;s)", "cch cch_predicts",
     [("ts, sy = Problem(input).informations()", "p = Problem(input)\n    ts, sy = p.informations()\n    i = list(range(len(p.w1)))\n    ts = mutual_information({'sigma': input['sigma'], 'u': i, 'w': [len(i) + j for j in range(p.p2)]})['nats']")]),
    ("ΔI with the other sign", "cch", [("\"delta\": ts - sy", "\"delta\": sy - ts")]),
    ("ΔI cut off at 0", "cch", [("\"delta\": ts - sy", "\"delta\": max(0.0, ts - sy)")]),
    ("I(t;s) and I(s;y) exchanged", "cch", [("\"i_ts\": ts, \"i_sy\": sy", "\"i_ts\": sy, \"i_sy\": ts")]),
    ("informations of outputs added", "cch cch_predicts", [("la, lb = np.linalg.cholesky(a), np.linalg.cholesky(b)\n", "return float(sum(-0.5 * np.log1p(-cross[i, i] ** 2 / a[i, i] / b[i, i]) for i in range(min(cross.shape))))\n        la, lb = np.linalg.cholesky(a), np.linalg.cholesky(b)\n")]),
    # Σ
    ("the order y, x1, x2", EVERY_SIGMA.replace(" mutual_information", ""), [("x1, x2, y = slice(0, p1), slice(p1, p1 + p2), slice(p1 + p2, p1 + p2 + q)", "x1, x2, y = slice(q, q + p1), slice(p1 + q, p1 + p2 + q), slice(0, q)")]),
    ("the order x2, x1, y", EVERY_SIGMA.replace(" mutual_information", ""), [("x1, x2, y = slice(0, p1), slice(p1, p1 + p2), slice(p1 + p2, p1 + p2 + q)", "x1, x2, y = slice(p2, p1 + p2), slice(0, p2), slice(p1 + p2, p1 + p2 + q)")]),
    ("w1 read column by column", "kd_risk cch", [("w1 = rows(input[\"w1\"], \"w1\")\n", "w1 = rows(input[\"w1\"], \"w1\")\n        w1 = np.reshape(w1, w1.shape, order='F') if w1.shape[1] == 1 else np.reshape(w1.ravel(), w1.shape, order='F')\n")]),
    ("w1 normalised", "kd_risk risk_slope helps_for_small_lambda", [("w1 = rows(input[\"w1\"], \"w1\")\n", "w1 = rows(input[\"w1\"], \"w1\")\n        w1 = w1 / max(np.linalg.norm(w1), 1e-300)\n")]),
    ("|w1|", "kd_risk cch", [("w1 = rows(input[\"w1\"], \"w1\")\n", "w1 = np.abs(rows(input[\"w1\"], \"w1\"))\n")]),
    ("w1 replaced by the least-squares teacher", "kd_risk cch", [("require(w1.shape == (p1, q), \"w1 does not have p1 rows of q numbers\")\n", "require(w1.shape == (p1, q), \"w1 does not have p1 rows of q numbers\")\n        raw = rows(input['sigma'], 'sigma')\n        w1 = np.linalg.solve(raw[:p1, :p1], raw[:p1, p1 + p2:])\n")]),
    ("units lost: Σ as correlations", "kd_risk baseline_risk risk_slope", [("unit = power_of_two(np.sqrt(np.diag(sigma)))", "sd = np.sqrt(np.diag(sigma))\n    sigma = sigma / sd / sd[:, None]\n    unit = power_of_two(np.sqrt(np.diag(sigma)))")]),
    ("asymmetric Σ accepted, upper triangle", EVERY_SIGMA, [("require((sigma == sigma.T).all(), \"sigma is not symmetric\")", "sigma = np.triu(sigma) + np.triu(sigma, 1).T")]),
    ("asymmetric Σ accepted, lower triangle", EVERY_SIGMA, [("require((sigma == sigma.T).all(), \"sigma is not symmetric\")", "sigma = np.tril(sigma) + np.tril(sigma, -1).T")]),
    ("asymmetric Σ averaged", EVERY_SIGMA, [("require((sigma == sigma.T).all(), \"sigma is not symmetric\")", "sigma = (sigma + sigma.T) / 2")]),
    ("symmetry up to 10 %", EVERY_SIGMA, [("require((sigma == sigma.T).all(), \"sigma is not symmetric\")", "require(np.allclose(sigma, sigma.T, rtol=0.1), 'not symmetric')\n    sigma = (sigma + sigma.T) / 2")]),
    ("indefinite Σ accepted", EVERY_SIGMA, [("reduced(sigma, len(sigma))\n    return sigma, unit", "return sigma, unit"), ("require(pivot > 4 * EPS * len(m) * matrix[j, j], \"sigma is not positive definite\")", "")]),
    ("only the block of x2 checked", PROBLEMS, [("reduced(sigma, len(sigma))\n    return sigma, unit", "return sigma, unit")]),
    ("only 2×2 correlations checked", EVERY_SIGMA, [("reduced(sigma, len(sigma))\n    return sigma, unit", "d = np.sqrt(np.diag(sigma))\n    require((np.abs(np.triu(sigma / d / d[:, None], 1)) < 1).all(), 'correlation')\n    return sigma, unit"), ("require(pivot > 4 * EPS * len(m) * matrix[j, j], \"sigma is not positive definite\")", "")]),
    ("only the determinant's sign checked", "baseline_risk risk_slope window best_lambda helps_for_small_lambda mutual_information", [("    require((np.diag(sigma) > 0).all(), \"sigma is not positive definite\")\n    unit = power_of_two(np.sqrt(np.diag(sigma)))", "    require(np.linalg.slogdet(sigma)[0] > 0, 'not positive definite')\n    unit = power_of_two(np.sqrt(np.abs(np.diag(sigma))))"), ("reduced(sigma, len(sigma))\n    return sigma, unit", "return sigma, unit"), ("require(pivot > 4 * EPS * len(m) * matrix[j, j], \"sigma is not positive definite\")", "")]),
    ("a jitter of 1e-8 on the diagonal", "kd_risk cch mutual_information crossover", [("unit = power_of_two(np.sqrt(np.diag(sigma)))", "sigma = sigma + 1e-8 * np.eye(len(sigma))\n    unit = power_of_two(np.sqrt(np.diag(sigma)))")]),
    ("an absolute threshold of 1e-12 for definiteness", EVERY_SIGMA, [("unit = power_of_two(np.sqrt(np.diag(sigma)))", "require(np.linalg.eigvalsh(sigma)[0] > 1e-12, 'not positive definite')\n    unit = power_of_two(np.sqrt(np.diag(sigma)))")]),
    ("a condition number of 1e4 refused", EVERY_SIGMA, [("reduced(sigma, len(sigma))\n    return sigma, unit", "reduced(sigma, len(sigma))\n    require(np.linalg.cond(sigma) < 1e4, 'ill-conditioned')\n    return sigma, unit")]),
    ("sizes not checked", PROBLEMS + " cch cch_predicts", [("        require(len(sigma) == p1 + p2 + q, \"sigma does not have p1 + p2 + q rows\")\n", "        q = len(sigma) - p1 - p2\n        p2, q = (p2, q) if q > 0 else (p2 - 1, 1)\n")]),
    ("Σ too large: its rest ignored", EVERY_PROBLEM, [(SIZE, "        size = p1 + p2 + q\n        require(len(sigma) >= size, 'sigma is too small')\n        sigma, unit = sigma[:size, :size], unit[:size]\n")]),
    ("Σ too large: its beginning ignored", EVERY_PROBLEM, [(SIZE, "        size = p1 + p2 + q\n        require(len(sigma) >= size, 'sigma is too small')\n        sigma, unit = sigma[-size:, -size:], unit[-size:]\n")]),
    # The labels are last: filled up, one has no student, which `cch` and `cch_predicts` have to refuse anyway.
    ("Σ too small: filled up with independent coordinates", PROBLEMS, [(SIZE, "        gap = p1 + p2 + q - len(sigma)\n        require(gap >= 0, 'sigma is too large')\n        sigma = np.block([[sigma, np.zeros((len(sigma), gap))], [np.zeros((gap, len(sigma))), np.eye(gap)]])\n        unit = np.append(unit, np.ones(gap))\n")]),
    ("q taken from w1", EVERY_PROBLEM, [(W1, W1 + "        q = w1.shape[1]\n"), (SIZE, "        require(len(sigma) >= p1 + p2 + q, 'sigma')\n        sigma, unit = sigma[:p1 + p2 + q, :p1 + p2 + q], unit[:p1 + p2 + q]\n")]),
    ("p2 taken from Σ", EVERY_PROBLEM, [(SIZE, "        p2 = len(sigma) - p1 - q\n        require(p2 > 0, 'sigma')\n")]),
    ("w1 reshaped", EVERY_PROBLEM, [(W1, W1 + "        w1 = w1.reshape(p1, q) if w1.size == p1 * q else w1\n")]),
    ("Σ cut to a square", EVERY_SIGMA, [(SQUARE, "    least = min(sigma.shape)\n    sigma = sigma[:least, :least]\n")]),
    ("rows cut to the shortest", EVERY_SIGMA.replace(" mutual_information", "") + " " + DATA, [(RECTANGLE, "    require(all(isinstance(row, list) for row in value), name)\n    value = [row[:min(map(len, value))] for row in value]\n    require(value[0], name)\n"), (SQUARE, "    least = min(sigma.shape)\n    sigma = sigma[:least, :least]\n")]),
    ("rows filled with zeros", EVERY_PROBLEM + " " + DATA, [(RECTANGLE, "    require(all(isinstance(row, list) for row in value), name)\n    value = [row + [0] * (max(map(len, value)) - len(row)) for row in value]\n")]),
    ("an empty list of indices: information 0", "mutual_information", [('require(u and w, "u and w need at least one index each")', "if not (u and w): return {'nats': 0.0}")]),
    ("an empty list of indices: all others", "mutual_information", [('require(u and w, "u and w need at least one index each")', "u = u or [i for i in range(len(sigma)) if i not in w]\n    w = w or [i for i in range(len(sigma)) if i not in u]\n    require(u and w, 'none')")]),
    ("rows cut to the shorter side", "ksg gaussian_plugin", [(SIDES, "    x, y = x[:min(len(x), len(y))], y[:min(len(x), len(y))]\n")]),
    ("y longer than x cut", "ksg gaussian_plugin", [(SIDES, "    require(len(y) >= len(x), 'y is too short')\n    y = y[:len(x)]\n")]),
    ("x longer than y cut", "ksg gaussian_plugin", [(SIDES, "    require(len(x) >= len(y), 'x is too short')\n    x = x[:len(y)]\n")]),
    ("x2 longer than y and t cut", "fit_student", [(STUDENT, "    require(len(x2) >= len(y) and y.shape == t.shape, 'rows')\n    x2 = x2[:len(y)]\n")]),
    ("y and t longer than x2 cut", "fit_student", [(STUDENT, "    require(len(x2) <= len(y) and y.shape == t.shape, 'rows')\n    y, t = y[:len(x2)], t[:len(x2)]\n")]),
    ("t for fewer outputs broadcast", "fit_student", [(STUDENT, "    require(len(x2) == len(y) == len(t) and t.shape[1] in (1, y.shape[1]), 'rows')\n    t = np.broadcast_to(t, y.shape)\n")]),
    ("t of more outputs cut", "fit_student", [(STUDENT, "    require(len(x2) == len(y) == len(t) and t.shape[1] >= y.shape[1], 'rows')\n    t = t[:, :y.shape[1]]\n")]),
    ("y of more outputs cut", "fit_student", [(STUDENT, "    require(len(x2) == len(y) == len(t) and y.shape[1] >= t.shape[1], 'rows')\n    y = y[:, :t.shape[1]]\n")]),
    # what must be refused, answered otherwise
    ("invalid input skipped", EVERY, refused('{"kind": "skipped", "reason": str(error)}')),
    ("invalid input: null", EVERY, refused('{"kind": "result", "output": None}')),
    ("invalid input: an empty output", EVERY, refused('{"kind": "result", "output": {}}')),
    ("invalid input: no output", EVERY, refused('{"kind": "result"}')),
    ("invalid input: NaN", EVERY, refused('{"kind": "result", "output": {k: math.nan for k in ("risk", "nats", "delta", "w", "lambda")}}')),
    ("invalid input: the text nan", EVERY, refused('{"kind": "result", "output": {k: "nan" for k in ("risk", "nats", "delta", "w", "lambda")}}')),
    ("invalid input: nulls", EVERY, refused('{"kind": "result", "output": {k: None for k in ("risk", "nats", "delta", "w", "lambda")}}')),
    ("invalid input: an error in the output", EVERY, refused('{"kind": "result", "output": {"error": str(error)}}')),
    ("invalid input: a kind of its own", EVERY, refused('{"kind": "refused", "message": str(error)}')),
    ("invalid input: the wrong seq", EVERY, refused('{"kind": "errored", "message": str(error), "seq": -1}')),
    ("invalid input: refused, and answered as well", EVERY, said(SAY + "\n        if reply.get('kind') == 'errored': print(json.dumps({'kind': 'result', 'seq': request['seq'], 'output': {'nats': 0}}), flush=True)")),
    ("w1 too long cut off", PROBLEMS + " cch cch_predicts", [("w1 = rows(input[\"w1\"], \"w1\")\n", "w1 = rows(input[\"w1\"], \"w1\")[:p1]\n")]),
    ("w1 too short filled up", PROBLEMS + " cch cch_predicts", [("w1 = rows(input[\"w1\"], \"w1\")\n", "w1 = rows(input[\"w1\"], \"w1\")\n        w1 = np.vstack((w1, np.zeros((max(0, p1 - len(w1)), w1.shape[1]))))\n")]),
    ("n = p2+1 answered", PROBLEMS, [("n = whole(n, \"n\", self.p2 + 2)", "n = max(self.p2 + 2, whole(n, \"n\", self.p2 + 1))")]),
    ("n ≤ p2+1 answered, any", PROBLEMS, [("n = whole(n, \"n\", self.p2 + 2)", "n = whole(n, \"n\", -10 ** 9)\n        n = self.p2 + 1.5 if n == self.p2 + 1 else n")]),
    ("n = p2+2 refused", PROBLEMS, [("n = whole(n, \"n\", self.p2 + 2)", "n = whole(n, \"n\", self.p2 + 3)")]),
    ("n ≤ p1+p2+1 refused", PROBLEMS, [("n = whole(n, \"n\", self.p2 + 2)", "n = whole(n, \"n\", self.p2 + len(self.w1) + 2)")]),
    ("w* = Σ23, Σ22⁻¹ forgotten", "kd_risk best_lambda window cch cch_predicts helps_for_small_lambda",
     [("multipliers, pivots, self.residual = reduced(self.total, p2)", "spoilt = self.total.copy()\n        spoilt[:p2, :p2] = np.diag(np.diag(spoilt)[:p2])\n        multipliers, pivots, self.residual = reduced(spoilt, p2)")]),
    ("the first output alone", "kd_risk baseline_risk risk_slope helps_for_small_lambda", [("[:self.q] @ self.weights)", "[:1] @ self.weights[:1])")]),
    ("means over the outputs", "kd_risk baseline_risk risk_slope", [("[:self.q] @ self.weights)", "[:self.q] @ self.weights) / self.q")]),
    ("sums over all pairs of outputs", "kd_risk risk_slope", [("return float(np.diag(matrix[offset + i * self.q:, offset + j * self.q:])[:self.q] @ self.weights)", "root = np.sqrt(self.weights)\n        return float(root @ matrix[offset + i * self.q:offset + (i + 1) * self.q, offset + j * self.q:offset + (j + 1) * self.q] @ root)")]),
    ("help where every output helps", "helps_for_small_lambda", [("return {\"helps\": Problem(input).moments(input[\"n\"])[1] < 0}", "p = Problem(input)\n    p.moments(input[\"n\"])\n    o, q = len(p.residual) - 3 * p.q, p.q\n    return {\"helps\": bool((np.diag(p.residual[o + 2 * q:, o + q:])[:q] < 0).all())}")]),
    ("outputs of different units added after scaling", "kd_risk risk_slope", [("self.weights = (unit[y] / self.scale) ** 2", "self.weights = np.ones(q)")]),
    ("explicit inverse of Σ in single precision", "kd_risk cch mutual_information", [("sigma = sigma / unit / unit[:, None]", "sigma = (sigma / unit / unit[:, None]).astype(np.float32).astype(float)")]),
    # student
    ("not divided by 1+λ", "fit_student", [("(share * y + weight * share * t)", "(y + weight * t)")]),
    ("λ as the mixing weight", "fit_student", [("(share * y + weight * share * t)", "((1 - weight) * y + weight * t)")]),
    ("y and t exchanged", "fit_student", [("(share * y + weight * share * t)", "(share * t + weight * share * y)")]),
    ("the teacher forgotten", "fit_student", [("(share * y + weight * share * t)", "y")]),
    ("the teacher subtracted", "fit_student", [("(share * y + weight * share * t)", "(share * y - weight * share * t)")]),
    ("an intercept", "fit_student", [("    q, r = np.linalg.qr(x2 / unit)", "    x2 = x2 - x2.mean(axis=0)\n    q, r = np.linalg.qr(x2 / unit)")]),
    ("a ridge penalty λ", "fit_student", [("w = np.linalg.solve(r, q.T @ (share * y + weight * share * t)) / unit[:, None]", "w = np.linalg.solve(x2.T @ x2 + weight * np.eye(x2.shape[1]), x2.T @ (share * y + weight * share * t))")]),
    ("a ridge penalty of 1e-6 against singularity", "fit_student", [("w = np.linalg.solve(r, q.T @ (share * y + weight * share * t)) / unit[:, None]", "w = np.linalg.solve(x2.T @ x2 + 1e-6 * np.eye(x2.shape[1]), x2.T @ (share * y + weight * share * t))")]),
    ("normal equations of rounded moments in single precision", "fit_student", [("q, r = np.linalg.qr(x2 / unit)", "q, r = (a.astype(float) for a in np.linalg.qr((x2 / unit).astype(np.float32)))")]),
    ("dependent columns: minimum norm", "fit_student", [("require((np.abs(np.diag(r)) > 8 * EPS * len(x2) * norms).all(), \"the columns of x2 are dependent\")", "if not (np.abs(np.diag(r)) > 8 * EPS * len(x2) * norms).all():\n        return {'w': np.linalg.pinv(x2) @ (share * y + weight * share * t)[:, 0]}")]),
    ("fewer rows than columns: minimum norm", "fit_student", [("require((np.abs(x2).max(axis=0) > 0).all() and len(x2) >= x2.shape[1], \"the columns of x2 are dependent\")", "if len(x2) < x2.shape[1]:\n        return {'w': np.linalg.pinv(x2) @ (share * y + weight * share * t)[:, 0]}")]),
    ("a zero column: its weight 0", "fit_student", [("require((np.abs(x2).max(axis=0) > 0).all() and len(x2) >= x2.shape[1], \"the columns of x2 are dependent\")", "if (np.abs(x2).max(axis=0) == 0).any() and len(x2) >= x2.shape[1]:\n        return {'w': np.linalg.pinv(x2) @ (share * y + weight * share * t)[:, 0]}")]),
    ("rows of different counts cut off", "fit_student", [("    require(len(x2) == len(y) and y.shape == t.shape, \"x2, y and t have different numbers of rows\")\n", "    n = min(len(x2), len(y), len(t))\n    x2, y, t = x2[:n], y[:n], t[:n]\n")]),
    ("one t for all rows", "fit_student", [("    require(len(x2) == len(y) and y.shape == t.shape, \"x2, y and t have different numbers of rows\")\n", "    t = np.broadcast_to(t, y.shape) if len(t) == 1 else t\n    require(len(x2) == len(y) and y.shape == t.shape, 'rows')\n")]),
    ("λ < 0 accepted", "fit_student", [("weight = real(input[\"lambda\"], \"lambda\", 0)\n    share = 1 / (1 + weight)\n", "weight = real(input[\"lambda\"], \"lambda\", -math.inf)\n    share = 1 / (1 + weight) if weight != -1 else 1.0\n")]),
    ("λ² in place of λ", "fit_student", [("    share = 1 / (1 + weight)\n    require", "    weight = weight ** 2\n    share = 1 / (1 + weight)\n    require")]),
    # ksg
    ("k − 1", "ksg", [("np.partition(joint, k - 1)[k - 1]", "np.partition(joint, max(0, k - 2))[max(0, k - 2)]")]),
    ("k + 1", "ksg", [("np.partition(joint, k - 1)[k - 1]", "np.partition(joint, min(n - 2, k))[min(n - 2, k)]")]),
    ("the row itself counts", "ksg", [("dx[i] = dy[i] = math.inf", "pass"), ("joint = np.maximum(dx, dy)", "joint = np.maximum(dx, dy)\n        joint[i] = math.inf")]),
    ("ψ(n_x) for ψ(n_x + 1)", "ksg", [("total += harmonic[(dx < radius).sum()] + harmonic[(dy < radius).sum()]", "total += harmonic[max(0, (dx < radius).sum() - 1)] + harmonic[max(0, (dy < radius).sum() - 1)]")]),
    ("≤ for < in variant 1", "ksg", [("(dx < radius).sum()] + harmonic[(dy < radius)", "(dx <= radius).sum()] + harmonic[(dy <= radius)")]),
    ("< for ≤ in variant 2", "ksg", [("(dx <= dx[near].max()).sum() - 1] + harmonic[(dy <= dy[near].max()).sum() - 1]", "max(0, (dx < dx[near].max()).sum() - 1)] + harmonic[max(0, (dy < dy[near].max()).sum() - 1)]")]),
    ("ψ(n_x + 1) in variant 2", "ksg", [("(dx <= dx[near].max()).sum() - 1] + harmonic[(dy <= dy[near].max()).sum() - 1]", "(dx <= dx[near].max()).sum()] + harmonic[(dy <= dy[near].max()).sum()]")]),
    ("−1/k forgotten", "ksg", [("(0 if variant == 1 else 1 / k)", "0")]),
    ("−1/k in variant 1", "ksg", [("(0 if variant == 1 else 1 / k)", "1 / k")]),
    ("variant not used", "ksg", [("variant = len(x), whole(input[\"k\"], \"k\", 1), input[\"variant\"]", "variant = len(x), whole(input[\"k\"], \"k\", 1), 1")]),
    ("variants exchanged", "ksg", [("variant = len(x), whole(input[\"k\"], \"k\", 1), input[\"variant\"]", "variant = len(x), whole(input[\"k\"], \"k\", 1), 3 - input[\"variant\"]")]),
    ("one radius in variant 2", "ksg", [("(dx <= dx[near].max()).sum() - 1] + harmonic[(dy <= dy[near].max()).sum() - 1]", "(dx <= radius).sum() - 1] + harmonic[(dy <= radius).sum() - 1]")]),
    ("Euclidean distances in each side", "ksg", [("np.abs(side - side[i]).max(axis=1)", "np.sqrt(((side - side[i]) ** 2).sum(axis=1))")]),
    ("sums of distances in each side", "ksg", [("np.abs(side - side[i]).max(axis=1)", "np.abs(side - side[i]).sum(axis=1)")]),
    ("a Euclidean joint distance", "ksg", [("joint = np.maximum(dx, dy)", "joint = np.hypot(dx, dy)")]),
    ("a sum as joint distance", "ksg", [("joint = np.maximum(dx, dy)", "joint = dx + dy")]),
    ("columns standardised first", "ksg", [("    n, k, variant = len(x)", "    x, y = ((s - s.mean(axis=0)) / np.where(s.std(axis=0) > 0, s.std(axis=0), 1) for s in (x, y))\n    n, k, variant = len(x)")]),
    ("ranks in place of values", "ksg", [("    n, k, variant = len(x)", "    x, y = (s.argsort(axis=0).argsort(axis=0).astype(float) for s in (x, y))\n    n, k, variant = len(x)")]),
    ("a jitter of 1e-10 against ties", "ksg", [("    n, k, variant = len(x)", "    r = np.random.default_rng(0)\n    x, y = (s + 1e-10 * r.standard_normal(s.shape) for s in (x, y))\n    n, k, variant = len(x)")]),
    ("cut off at 0", "ksg", [("return {\"nats\": harmonic[k - 1] + harmonic[n - 1] - (0 if variant == 1 else 1 / k) - total / n}", "return {\"nats\": max(0.0, harmonic[k - 1] + harmonic[n - 1] - (0 if variant == 1 else 1 / k) - total / n)}")]),
    ("bits", "ksg", [("return {\"nats\": harmonic[k - 1] + harmonic[n - 1] - (0 if variant == 1 else 1 / k) - total / n}", "return {\"nats\": (harmonic[k - 1] + harmonic[n - 1] - (0 if variant == 1 else 1 / k) - total / n) / math.log(2)}")]),
    ("ln n for ψ(n)", "ksg", [("harmonic[k - 1] + harmonic[n - 1] -", "harmonic[k - 1] + math.log(n) + 0.5772156649015329 -")]),
    ("ψ(n−1) for ψ(n)", "ksg", [("harmonic[k - 1] + harmonic[n - 1] -", "harmonic[k - 1] + harmonic[n - 2] -")]),
    ("k ≥ n accepted", "ksg", [("    require(k < n, \"k must be less than the number of rows\")\n", "    k = min(k, n - 1)\n")]),
    ("k = n−1 refused", "ksg", [("require(k < n, ", "require(k < n - 1, ")]),
    ("k < 1 as 1", "ksg", [("whole(input[\"k\"], \"k\", 1)", "max(1, whole(input[\"k\"], \"k\", -100))")]),
    ("rows of different counts cut off in x, y", "ksg gaussian_plugin", [("    require(len(x) == len(y), \"x and y have different numbers of rows\")\n    return x, y", "    n = min(len(x), len(y))\n    return x[:n], y[:n]")]),
    ("the first column of each side alone", "ksg", [("    n, k, variant = len(x)", "    x, y = x[:, :1], y[:, :1]\n    n, k, variant = len(x)")]),
    ("distances from squares, which cancel", "ksg", [("np.abs(side - side[i]).max(axis=1)", "np.sqrt(np.maximum(0, (side ** 2 + side[i] ** 2 - 2 * side * side[i]).max(axis=1)))")]),
    ("single precision", "ksg", [("    n, k, variant = len(x)", "    x, y = x.astype(np.float32), y.astype(np.float32)\n    n, k, variant = len(x)")]),
    # plug-in
    ("not centred", "gaussian_plugin", [("    data = data - data.mean(axis=0)\n", ""), ("    data = data - data[0]\n", "")]),
    ("the correction added", "gaussian_plugin", [("nats -= 0.5 * math.fsum", "nats += 0.5 * math.fsum")]),
    ("the correction doubled", "gaussian_plugin", [("nats -= 0.5 * math.fsum", "nats -= math.fsum")]),
    ("the correction forgotten", "gaussian_plugin", [("nats -= 0.5 * math.fsum", "nats -= 0.0 * math.fsum")]),
    ("n degrees of freedom in the correction", "gaussian_plugin", [("digamma(n - i) - digamma(n - p1 - i)", "digamma(n + 1 - i) - digamma(n + 1 - p1 - i)")]),
    ("p1·p2/2n for the correction", "gaussian_plugin", [("nats -= 0.5 * math.fsum(digamma(n - i) - digamma(n - p1 - i) for i in range(1, p2 + 1))", "nats -= p1 * p2 / (2 * n)")]),
    ("the correction always", "gaussian_plugin", [("if input[\"correction\"] == \"digamma\":", "if True:")]),
    ("ψ(m) for ψ(m/2)", "gaussian_plugin", [("start = 2 - half % 2\n    return", "half, start = 2 * half, 2\n    return")]),
    ("½ forgotten: log det", "gaussian_plugin", [("nats = math.fsum(np.log(own / pivots[p1:]))", "nats = 2 * math.fsum(np.log(own / pivots[p1:]))")]),
    ("bits, plug-in", "gaussian_plugin", [("nats = math.fsum(np.log(own / pivots[p1:]))", "nats = math.fsum(np.log2(own / pivots[p1:]))")]),
    ("estimates cut off at 0", "gaussian_plugin", [("    return {\"nats\": nats}\n\n\nOPERATIONS", "    return {\"nats\": max(0.0, nats)}\n\n\nOPERATIONS")]),
    ("pairwise correlations only", "gaussian_plugin", [("nats = math.fsum(np.log(own / pivots[p1:]))", "c = np.corrcoef(data.T)[:p1, p1:]\n    nats = float(-0.5 * np.log1p(-c ** 2).sum())")]),
    ("the first columns alone", "gaussian_plugin", [("nats = math.fsum(np.log(own / pivots[p1:]))", "nats = float(-0.5 * np.log1p(-np.corrcoef(data.T)[0, p1] ** 2))")]),
    ("singular accepted, by a jitter", "gaussian_plugin", [("require((pivots > 8 * EPS * n * norms).all(), \"the sample covariance is singular: dependent columns\")", "pivots = np.maximum(pivots, 1e-9)"), ("own = np.abs", "own = 1e-9 + np.abs")]),
    ("too few rows accepted", "gaussian_plugin", [("    require(n > p1 + p2, \"the sample covariance is singular: too few rows\")\n", "    if n <= p1 + p2:\n        return {\"nats\": 36.0}\n")]),
    ("a constant column is independent", "gaussian_plugin", [("require((np.abs(data).max(axis=0) > 0).all(), \"the sample covariance is singular: a constant column\")", "if not (np.abs(data).max(axis=0) > 0).all():\n        return {'nats': 0.0}")]),
    ("one-pass moments, which cancel", "gaussian_plugin", [("    data = data - data[0]\n", "    raw = data.copy()\n    data = data - data[0]\n"), ("nats = math.fsum(np.log(own / pivots[p1:]))", "s = raw.T @ raw / n - np.outer(raw.mean(axis=0), raw.mean(axis=0))\n    ld = lambda a: np.linalg.slogdet(a)[1]\n    nats = 0.5 * (ld(s[:p1, :p1]) + ld(s[p1:, p1:]) - ld(s))")]),
    ("single precision, plug-in", "gaussian_plugin", [("data = np.hstack((x, y))", "data = np.hstack((x, y)).astype(np.float32).astype(float)")]),
    # protocol
    ("answers rounded to six digits", "kd_risk mutual_information ksg gaussian_plugin fit_student", [("print(json.dumps(reply, default=float), flush=True)", "print(json.dumps(reply, default=float) if 'output' not in reply else json.dumps(reply | {'output': {k: float('%.6g' % v) if isinstance(v, float) else [float('%.6g' % w) for w in v] if isinstance(v, list) and v and isinstance(v[0], float) else v for k, v in reply['output'].items()}}), flush=True)")]),
    ("refusals as NaN", EVERY_SIGMA + " ksg fit_student gaussian_plugin", [("return {\"kind\": \"errored\", \"message\": f\"{type(error).__name__}: {error}\"}", "return {\"kind\": \"result\", \"output\": {\"nats\": math.nan, \"risk\": math.nan}}")]),
    ("refusals as null", EVERY_SIGMA + " ksg fit_student gaussian_plugin", [("return {\"kind\": \"errored\", \"message\": f\"{type(error).__name__}: {error}\"}", "return {\"kind\": \"result\", \"output\": {\"nats\": None, \"risk\": None, \"upper\": None, \"lower\": 0, \"lambda\": None}}")]),
    ("booleans as words", "helps_for_small_lambda cch_predicts", [("print(json.dumps(reply, default=float), flush=True)", "print(json.dumps(reply, default=float).replace(': true', ': \"true\"').replace(': false', ': \"false\"'), flush=True)")]),
] + student_mutants.PYTHON

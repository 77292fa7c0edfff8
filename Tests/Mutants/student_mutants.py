# SPDX-License-Identifier: GPL-3.0-or-later
"""Wrong variants of the operations on tuned students, further rows and other teachers, for both adapters."""

ALIGNMENT = "return seen(0, 1) * left(1, 1) - seen(1, 1) * left(0, 1)"
HELPS = 'return {"helps": alignment(problem) > 0}'
GAIN = '{"gain": pull / square(1, 1) * (pull / square(1, 1)) / rest * problem.scale * problem.scale}'
MIXED = "rest * rest * own * left(1, 1) + 2 * rest * alpha * shared * left(0, 1) + alpha * alpha * teacher * left(0, 0)"
BIAS = "bias = lost * lost * seen(1, 1) - 2 * lost * kept * alpha * seen(2, 1) + (kept * alpha) ** 2 * seen(2, 2)"
NOISES = "return mixed_risk(problem, *mixing(input), 1, (k, all, all))"
EVERY_ROW = "all = problem.p2 / (every - problem.p2 - 1)"
MIXING = 'weight = real(input["lambda"], "lambda", 0)\n    return 1 / (1 + weight), weight / (1 + weight)'
ADDED = "added = noise - least"
JOINT = "risk = noise + k * (rest * rest * noise + (2 * rest * alpha + alpha * alpha) * added)"
FITTED = 'fitted = least / (whole(input["teacher_rows"], "teacher_rows", inputs + 2) - inputs - 1)'
SPREAD = "risk += alpha * alpha * fitted * (problem.p2 + k * (inputs - problem.p2))"
KAPPA = "fitted = least * (inputs - problem.p2) / (n - inputs - 1)"
PSEUDO = "risk = noise * (1 + k) - gap * ((2 * alpha - alpha * alpha) * (noise - least) - alpha * alpha * fitted)"
GAP = "gap = k * m / (n + m - problem.p2 - 1)"
LABELLED = 'whole(input["n"], "n", inputs + 2)'
MORE = 'whole(input["unlabelled"], "unlabelled", 0)'
KEPT = '1 / (1 + real(input["ridge"], "ridge", 0) / input["n"])'
RIDGE_NOISE = "noise = kept * kept * problem.p2 / n"
FORM = "form[i, j] = a.trace(explained, 2, 2) + k * a.trace(total - explained, 2, 2)"
PULL = "pull[i] = -k * a.trace(a.residual, 2, 1)"
ENSEMBLE = 'return {"weights": weights.tolist(), "gain": float(pull @ weights) * teachers[0].scale ** 2}'
SAME = '    require((teachers[0].w1 != teachers[1].w1).any(), "w1b is the same teacher as w1")\n'
ROWS = 'return {"n": problem.p2 + 1 + problem.p2 * saved / weight / mismatch}'
SAVED = "saved = -2 * excess - weight * difference"
POSITIVE = '    require(weight > 0, "lambda is 0")\n'
GIVEN = ('return {"nats": information_of(total[t, t] - total[t, y] @ for_t, s - s @ for_s,\n'
         '                                   problem.explained[t, y] - total[t, y] @ for_s)}')
INFORMED = "    problem.informations()\n    q, total"
LAMBDAS = "unlabelled_risk ridge_risk joint_teacher_risk pseudo_label_risk"


def ensemble(weights, gain="float(pull @ weights) * teachers[0].scale ** 2"):
    return [(ENSEMBLE, f'return {{"weights": {weights}, "gain": {gain}}}')]


def given(nats):
    return [(GIVEN, "whole_of = lambda a, b, c: information_of(a, b, c)\n    e = problem.explained\n    return {\"nats\": " + nats + "}")]


PYTHON = [
    # tuned
    ("tuned: c < σε²", "tuned_helps", [(HELPS, 'return {"helps": problem.moments(10 ** 6)[1] < 0}')]),
    ("tuned: cov(t,s) > 0", "tuned_helps", [(HELPS, 'return {"helps": problem.trace(problem.explained, 0, 1) > 0}')]),
    ("tuned: a tie helps", "tuned_helps", [(HELPS, 'return {"helps": alignment(problem) >= 0}')]),
    ("tuned: a margin of 1e-3", "tuned_helps", [(HELPS, 'return {"helps": alignment(problem) > 1e-3}')]),
    ("tuned: the sign", "tuned_helps", [(HELPS, 'return {"helps": alignment(problem) < 0}')]),
    ("tuned: I(t;s|y) > 0, of either sign", "tuned_helps", [(HELPS, 'return {"helps": alignment(problem) != 0}')]),
    ("tuned: the CCH's answer", "tuned_helps", [(HELPS, 'ts, sy = Problem(input).informations()\n    return {"helps": ts > sy}')]),
    ("tuned: always", "tuned_helps", [(HELPS, 'return {"helps": True}')]),
    ("tuned: cov(t,y) for c", "tuned_helps tuned_gain", [(ALIGNMENT, "return seen(0, 1) * left(1, 1) - seen(1, 1) * problem.trace(problem.total, 0, 1)")]),
    ("tuned: var(y) for σε²", "tuned_helps tuned_gain", [(ALIGNMENT, "return seen(0, 1) * problem.trace(problem.total, 1, 1) - seen(1, 1) * left(0, 1)")]),
    ("tuned: var(s) forgotten", "tuned_helps tuned_gain", [(ALIGNMENT, "return seen(0, 1) * left(1, 1) - left(0, 1)")]),
    ("tuned: n not checked", "tuned_helps", [('    if "n" in input:\n        problem.moments(input["n"])\n', "")]),
    ("tuned: w1 = 0 refused", "tuned_helps tuned_gain", [("return seen(0, 1) * left(1, 1)", "require(problem.w1.any(), 'w1 is zero')\n    return seen(0, 1) * left(1, 1)")]),
    ("gain: of the best λ", "tuned_gain", [("    pull = k * alignment(problem)\n", "    _, e, d, v, b, _ = problem.moments(input['n'])\n    a = min(1, max(0, -k * e / (b + k * v)))\n    return {'gain': a * (-2 * k * e - a * (b + k * v)) * problem.scale ** 2}\n")]),
    ("gain: over the student as it is", "tuned_gain", [("    if pull <= 0:\n        return {\"gain\": 0}\n", ""), (GAIN, '{"gain": (max(0, pull / square(1, 1)) ** 2 / rest + (k * problem.trace(problem.residual, 1, 1)) ** 2 / square(1, 1)) * problem.scale ** 2}')]),
    ("gain: of either sign of b", "tuned_gain", [("    if pull <= 0:\n        return {\"gain\": 0}\n", "")]),
    ("gain: k forgotten", "tuned_gain", [("pull = k * alignment(problem)", "pull = alignment(problem)")]),
    ("gain: N11 forgotten", "tuned_gain", [(GAIN, '{"gain": pull / square(1, 1) * pull / rest * problem.scale ** 2}')]),
    ("gain: N22 for its rest", "tuned_gain", [("rest = square(0, 0) - square(0, 1) / square(1, 1) * square(0, 1)", "rest = square(0, 0)")]),
    ("gain: not squared", "tuned_gain", [(GAIN, '{"gain": pull / square(1, 1) / rest * problem.scale ** 2}')]),
    ("gain: half", "tuned_gain", [(GAIN, '{"gain": 0.5 * pull / square(1, 1) * (pull / square(1, 1)) / rest * problem.scale ** 2}')]),
    ("gain: in units of the label", "tuned_gain", [(GAIN, '{"gain": pull / square(1, 1) * (pull / square(1, 1)) / rest}')]),
    ("gain: single precision", "tuned_gain", [(GAIN, '{"gain": float(np.float32(pull / square(1, 1)) * np.float32(pull / square(1, 1)) / np.float32(rest)) * problem.scale ** 2}')]),
    # further rows
    ("further rows: not used", "unlabelled_risk", [(EVERY_ROW, "all = k")]),
    ("further rows: m for n+m", "unlabelled_risk", [(EVERY_ROW, "all = problem.p2 / (every - input['n'] - problem.p2 - 1 or 1e-300)")]),
    ("further rows: p2/(n+m)", "unlabelled_risk", [(EVERY_ROW, "all = problem.p2 / every")]),
    ("further rows: p2/(n+m−p2)", "unlabelled_risk", [(EVERY_ROW, "all = problem.p2 / (every - problem.p2)")]),
    ("further rows: for the label too", "unlabelled_risk", [(NOISES, NOISES.replace("(k, all, all)", "(all, all, all)"))]),
    ("further rows: not for what is shared", "unlabelled_risk", [(NOISES, NOISES.replace("(k, all, all)", "(k, k, all)"))]),
    ("further rows: not for the teacher's fit", "unlabelled_risk", [(NOISES, NOISES.replace("(k, all, all)", "(k, all, k)"))]),
    ("further rows: nothing shared", "unlabelled_risk", [(NOISES, NOISES.replace("(k, all, all)", "(k, 0, all)"))]),
    ("mixed: c counted once", "unlabelled_risk ridge_risk", [(MIXED, MIXED.replace("+ 2 *", "+"))]),
    ("mixed: the sign of c", "unlabelled_risk ridge_risk", [(MIXED, MIXED.replace("+ 2 *", "- 2 *"))]),
    ("mixed: α not squared", "unlabelled_risk ridge_risk", [(MIXED, MIXED.replace("alpha * alpha * teacher", "alpha * teacher"))]),
    ("mixed: B not multiplied by α²", "unlabelled_risk ridge_risk", [(BIAS, BIAS.replace("(kept * alpha) ** 2", "kept ** 2 * alpha"))]),
    ("mixed: B forgotten", "unlabelled_risk ridge_risk", [(BIAS, BIAS.replace(" + (kept * alpha) ** 2 * seen(2, 2)", ""))]),
    ("mixed: the fresh row's noise forgotten", "unlabelled_risk ridge_risk", [('{"risk": (left(1, 1) + bias + noise)', '{"risk": (bias + noise)')]),
    ("mixed: σε² for ση²", "unlabelled_risk ridge_risk", [(MIXED, MIXED.replace("left(0, 0)", "left(1, 1)"))]),
    ("mixed: var(t) for ση²", "unlabelled_risk ridge_risk", [(MIXED, MIXED.replace("left(0, 0)", "problem.trace(problem.total, 0, 0)"))]),
    ("mixing: λ for α", LAMBDAS, [(MIXING, MIXING.replace("1 / (1 + weight), weight / (1 + weight)", "1 - weight, weight"))]),
    ("mixing: negative λ accepted", LAMBDAS, [(MIXING, MIXING.replace('"lambda", 0)', '"lambda", -math.inf)').replace("return 1", "weight = abs(weight)\n    return 1"))]),
    ("mixing: λ² in the denominator", "unlabelled_risk ridge_risk joint_teacher_risk", [(MIXING, MIXING.replace("weight / (1 + weight)", "weight / (1 + weight * weight)"))]),
    ("negative m as 0", "unlabelled_risk pseudo_label_risk", [(MORE, 'max(0, whole(input["unlabelled"], "unlabelled", -10 ** 9))')]),
    ("|m|", "unlabelled_risk pseudo_label_risk", [(MORE, 'abs(whole(input["unlabelled"], "unlabelled", -10 ** 9))')]),
    ("m = 0 refused", "unlabelled_risk pseudo_label_risk", [(MORE, MORE.replace(", 0)", ", 1)"))]),
    ("m cut to a whole number", "unlabelled_risk pseudo_label_risk", [(MORE, 'int(real(input["unlabelled"], "unlabelled", 0))')]),
    # pseudo-labels
    ("pseudo-labels: κ forgotten", "pseudo_label_risk", [(KAPPA, "fitted = 0")]),
    ("pseudo-labels: κ with n−p2−1", "pseudo_label_risk", [(KAPPA, KAPPA.replace("(n - inputs - 1)", "(n - problem.p2 - 1)"))]),
    ("pseudo-labels: κ with n−p1−p2", "pseudo_label_risk", [(KAPPA, KAPPA.replace("(n - inputs - 1)", "(n - inputs)"))]),
    ("pseudo-labels: κ with n", "pseudo_label_risk", [(KAPPA, KAPPA.replace("(n - inputs - 1)", "n"))]),
    ("pseudo-labels: κ with n+m", "pseudo_label_risk", [(KAPPA, KAPPA.replace("(n - inputs - 1)", "(n + m - inputs - 1)"))]),
    ("pseudo-labels: κ with p1+p2", "pseudo_label_risk", [(KAPPA, KAPPA.replace("(inputs - problem.p2)", "inputs"))]),
    ("pseudo-labels: κ with p2", "pseudo_label_risk", [(KAPPA, KAPPA.replace("(inputs - problem.p2)", "problem.p2"))]),
    ("pseudo-labels: κ without p1", "pseudo_label_risk", [(KAPPA, KAPPA.replace(" * (inputs - problem.p2)", ""))]),
    ("pseudo-labels: κ with σε²", "pseudo_label_risk", [(KAPPA, KAPPA.replace("least", "noise"))]),
    ("pseudo-labels: κ times α", "pseudo_label_risk", [(PSEUDO, PSEUDO.replace("alpha * alpha * fitted", "alpha * fitted"))]),
    ("pseudo-labels: the sign of κ", "pseudo_label_risk", [(PSEUDO, PSEUDO.replace("- alpha * alpha * fitted", "+ alpha * alpha * fitted"))]),
    ("pseudo-labels: 2α for 2α−α²", "pseudo_label_risk", [(PSEUDO, PSEUDO.replace("(2 * alpha - alpha * alpha)", "2 * alpha"))]),
    ("pseudo-labels: α for 2α−α²", "pseudo_label_risk", [(PSEUDO, PSEUDO.replace("(2 * alpha - alpha * alpha)", "alpha"))]),
    ("pseudo-labels: α² for 2α−α²", "pseudo_label_risk", [(PSEUDO, PSEUDO.replace("(2 * alpha - alpha * alpha)", "alpha * alpha"))]),
    ("pseudo-labels: σε² for σε²−σ1²", "pseudo_label_risk", [(PSEUDO, PSEUDO.replace("(noise - least)", "noise"))]),
    ("pseudo-labels: σ1² for σε²−σ1²", "pseudo_label_risk", [(PSEUDO, PSEUDO.replace("(noise - least)", "least"))]),
    ("pseudo-labels: the sign of Δ", "pseudo_label_risk", [(PSEUDO, PSEUDO.replace("- gap", "+ gap"))]),
    ("pseudo-labels: k for Δ", "pseudo_label_risk", [(GAP, "gap = k")]),
    ("pseudo-labels: Δ of m rows", "pseudo_label_risk", [(GAP, "gap = k - problem.p2 / (m - problem.p2 - 1 or 1e-300)")]),
    ("pseudo-labels: Δ with n+m−p2", "pseudo_label_risk", [(GAP, "gap = k - problem.p2 / (n + m - problem.p2)")]),
    ("pseudo-labels: n ≥ p2+2 accepted", "pseudo_label_risk", [(LABELLED, 'whole(input["n"], "n", problem.p2 + 2)'), (KAPPA, KAPPA.replace("(n - inputs - 1)", "(n - inputs - 1 or 0.5)"))]),
    ("pseudo-labels: n = p1+p2+2 refused", "pseudo_label_risk", [(LABELLED, 'whole(input["n"], "n", inputs + 3)')]),
    ("pseudo-labels: too few rows as p1+p2+2", "pseudo_label_risk", [(LABELLED, 'max(inputs + 2, whole(input["n"], "n", problem.p2 + 2))')]),
    # joint teachers
    ("joint: the fit to N rows forgotten", "joint_teacher_risk", [(SPREAD, "pass")]),
    ("joint: N−p1−p2", "joint_teacher_risk", [(FITTED, FITTED.replace("- inputs - 1)", "- inputs)"))]),
    ("joint: N−p2−1", "joint_teacher_risk", [(FITTED, FITTED.replace("- inputs - 1)", "- problem.p2 - 1)"))]),
    ("joint: N", "joint_teacher_risk", [(FITTED, FITTED.replace(" - inputs - 1)", ")"))]),
    ("joint: n for N", "joint_teacher_risk", [(FITTED, FITTED + "\n        fitted = least / (input['n'] - inputs - 1 or 0.5)")]),
    ("joint: σε² in the fit", "joint_teacher_risk", [(FITTED, FITTED.replace("least /", "noise /"))]),
    ("joint: α not squared in the fit", "joint_teacher_risk", [(SPREAD, SPREAD.replace("alpha * alpha", "alpha"))]),
    ("joint: no α in the fit", "joint_teacher_risk", [(SPREAD, SPREAD.replace("alpha * alpha * ", ""))]),
    ("joint: no noise behind k", "joint_teacher_risk", [(SPREAD, SPREAD.replace(" + k * (inputs - problem.p2)", ""))]),
    ("joint: no B of the fit", "joint_teacher_risk", [(SPREAD, SPREAD.replace("problem.p2 + k", "k"))]),
    ("joint: p1 and p2 exchanged in the fit", "joint_teacher_risk", [(SPREAD, "risk += alpha * alpha * fitted * (inputs - problem.p2 + k * problem.p2)")]),
    ("joint: p1+p2 in the fit", "joint_teacher_risk", [(SPREAD, "risk += alpha * alpha * fitted * inputs")]),
    ("joint: α² forgotten", "joint_teacher_risk", [(JOINT, JOINT.replace(" + alpha * alpha)", ")"))]),
    ("joint: 2 forgotten", "joint_teacher_risk", [(JOINT, JOINT.replace("2 * rest", "rest"))]),
    ("joint: σ1² for σε²−σ1²", "joint_teacher_risk", [(ADDED, "added = least")]),
    ("joint: the sign", "joint_teacher_risk", [(ADDED, "added = least - noise")]),
    ("joint: nothing gained", "joint_teacher_risk", [(JOINT, "risk = noise * (1 + k)")]),
    ("joint: the fresh row's noise forgotten", "joint_teacher_risk", [(JOINT, JOINT.replace("noise + k", "k"))]),
    ("joint: var(y|x1) for σ1²", "joint_teacher_risk pseudo_label_risk", [("left = np.diag(reduced(problem.sigma, p1 + p2)[2])", "left = np.diag(reduced(problem.sigma, p1)[2])[p2:]")]),
    ("joint: N = p1+p2+2 refused", "joint_teacher_risk", [(FITTED, FITTED.replace("inputs + 2)", "inputs + 3)"))]),
    ("joint: N too small accepted", "joint_teacher_risk", [(FITTED, 'fitted = least / (whole(input["teacher_rows"], "teacher_rows", -10 ** 9) - inputs - 1 or 0.5)')]),
    ("joint: N too small as p1+p2+2", "joint_teacher_risk", [(FITTED, 'fitted = least / (max(inputs + 2, int(real(input["teacher_rows"], "N", -math.inf))) - inputs - 1)')]),
    ("joint: N needed", "joint_teacher_risk", [('if "teacher_rows" in input:', "if True:")]),
    # ridge
    ("ridge: 1/(1+μ)", "ridge_risk", [(KEPT, '1 / (1 + real(input["ridge"], "ridge", 0))')]),
    ("ridge: μ/p2", "ridge_risk", [(KEPT, KEPT.replace('/ input["n"]', '/ input["n"] / problem.p2'))]),
    ("ridge: nμ", "ridge_risk", [(KEPT, KEPT.replace("/ input", "* input"))]),
    ("ridge: 2μ", "ridge_risk", [(KEPT, KEPT.replace("1 + real", "1 + 2 * real"))]),
    ("ridge: √ of what is kept", "ridge_risk", [(KEPT, "math.sqrt(" + KEPT + ")")]),
    ("ridge: μ ignored", "ridge_risk", [(KEPT, KEPT.replace("1 / (1 +", "1 / (1 + 0 *"))]),
    ("ridge: the noise of Gaussian rows", "ridge_risk", [(RIDGE_NOISE, "noise = kept * kept * problem.p2 / (n - problem.p2 - 1)")]),
    ("ridge: the noise p2/(n−p2)", "ridge_risk", [(RIDGE_NOISE, "noise = kept * kept * problem.p2 / (n - problem.p2)")]),
    ("ridge: the noise shrunk once", "ridge_risk", [(RIDGE_NOISE, "noise = kept * problem.p2 / n")]),
    ("ridge: the noise not shrunk", "ridge_risk", [(RIDGE_NOISE, "noise = problem.p2 / n")]),
    ("ridge: the noise without p2", "ridge_risk", [(RIDGE_NOISE, "noise = kept * kept / n")]),
    ("ridge: the bias of shrinking forgotten", "ridge_risk", [(BIAS, BIAS.replace("lost * lost * seen(1, 1)", "0"))]),
    ("ridge: the two biases not multiplied", "ridge_risk", [(BIAS, BIAS.replace("- 2 * lost * kept * alpha * seen(2, 1) ", ""))]),
    ("ridge: the sign of their product", "ridge_risk", [(BIAS, BIAS.replace("- 2 * lost", "+ 2 * lost"))]),
    ("ridge: the bias of shrinking not squared", "ridge_risk", [(BIAS, BIAS.replace("lost * lost *", "lost *"))]),
    ("ridge: negative μ accepted", "ridge_risk", [(KEPT, KEPT.replace('"ridge", 0)', '"ridge", -math.inf)'))]),
    ("ridge: |μ|", "ridge_risk", [(KEPT, '1 / (1 + abs(real(input["ridge"], "ridge", -math.inf)) / input["n"])')]),
    ("ridge: μ = 0 refused", "ridge_risk", [(KEPT, KEPT.replace('"ridge", 0)', '"ridge", 1e-300)'))]),
    # two teachers
    ("two teachers: weights that sum to 1", "ensemble_weights", ensemble("(weights / weights.sum()).tolist()")),
    ("two teachers: no negative weights", "ensemble_weights", ensemble("np.maximum(weights, 0).tolist()")),
    ("two teachers: exchanged", "ensemble_weights", ensemble("weights[::-1].tolist()")),
    ("two teachers: the sign", "ensemble_weights", ensemble("(-weights).tolist()")),
    ("two teachers: b/(1−Σb)", "ensemble_weights", ensemble("(weights / (1 - weights.sum())).tolist()")),
    ("two teachers: a half each", "ensemble_weights", ensemble("[0.5, 0.5]")),
    ("two teachers: half the gain", "ensemble_weights", ensemble("weights.tolist()", "float(pull @ weights) * teachers[0].scale ** 2 / 2")),
    ("two teachers: the gain in units of the label", "ensemble_weights", ensemble("weights.tolist()", "float(pull @ weights)")),
    ("two teachers: the gain's sign", "ensemble_weights", ensemble("weights.tolist()", "-float(pull @ weights) * teachers[0].scale ** 2")),
    ("two teachers: no gain", "ensemble_weights", [(ENSEMBLE, 'return {"weights": weights.tolist()}')]),
    ("two teachers: one by one", "ensemble_weights", [("weights = np.linalg.solve(form / unit", "weights = np.linalg.solve(np.diag(np.diag(form)) / unit")]),
    ("two teachers: V forgotten", "ensemble_weights", [(FORM, "form[i, j] = a.trace(explained, 2, 2)")]),
    ("two teachers: B forgotten", "ensemble_weights", [(FORM, "form[i, j] = k * a.trace(total - explained, 2, 2)")]),
    ("two teachers: V without k", "ensemble_weights", [(FORM, "form[i, j] = a.trace(total, 2, 2)")]),
    ("two teachers: cov(tᵢ,tⱼ|x2) for V", "ensemble_weights", [(FORM, "form[i, j] = a.trace(explained, 2, 2) + k * a.trace(total - explained, 0, 0)")]),
    ("two teachers: no k on the right side", "ensemble_weights", [(PULL, "pull[i] = -a.trace(a.residual, 2, 1)")]),
    ("two teachers: c for σε²−c", "ensemble_weights", [(PULL, "pull[i] = k * a.trace(a.residual, 0, 1)")]),
    ("two teachers: the first alone where they are the same", "ensemble_weights", [(SAME, "    if (teachers[0].w1 == teachers[1].w1).all():\n        return {'weights': [0.5, 0.5], 'gain': 0.0}\n")]),
    ("two teachers: least squares where they are the same", "ensemble_weights", [(SAME, ""), ("weights = np.linalg.solve(form / unit / unit[:, None], pull / unit) / unit", "weights = np.linalg.lstsq(form / unit / unit[:, None], pull / unit, rcond=None)[0] / unit")]),
    ("two teachers: a missing one as 0", "ensemble_weights", [('{"w1": input["w1b"]}', '{"w1": input.get("w1b", [[0] * input["q"]] * input["p1"])}')]),
    ("two teachers: ridge 1e-6", "ensemble_weights", [("np.linalg.solve(form / unit / unit[:, None],", "np.linalg.solve(form / unit / unit[:, None] + 1e-6 * np.eye(2),")]),
    # crossover
    ("crossover: p2+1 forgotten", "crossover", [(ROWS, ROWS.replace("problem.p2 + 1 + ", ""))]),
    ("crossover: p2 for p2+1", "crossover", [(ROWS, ROWS.replace("problem.p2 + 1 +", "problem.p2 +"))]),
    ("crossover: p2+2 for p2+1", "crossover", [(ROWS, ROWS.replace("problem.p2 + 1 +", "problem.p2 + 2 +"))]),
    ("crossover: p2 forgotten", "crossover", [(ROWS, ROWS.replace("problem.p2 * saved", "saved"))]),
    ("crossover: λ forgotten", "crossover", [(ROWS, ROWS.replace("saved / weight", "saved"))]),
    ("crossover: λ²", "crossover", [(ROWS, ROWS.replace("saved / weight", "saved / weight / weight"))]),
    ("crossover: λ as α", "crossover", [(SAVED, "weight = weight / (1 + weight)\n    " + SAVED)]),
    ("crossover: 2 forgotten", "crossover", [(SAVED, "saved = -excess - weight * difference")]),
    ("crossover: ση² for ση²−σε²", "crossover", [(SAVED, "saved = -2 * excess - weight * problem.trace(problem.residual, 0, 0)")]),
    ("crossover: the sign of ση²−σε²", "crossover", [(SAVED, "saved = -2 * excess + weight * difference")]),
    ("crossover: rounded down", "crossover", [(ROWS, 'return {"n": math.floor(problem.p2 + 1 + problem.p2 * saved / weight / mismatch)}')]),
    ("crossover: at least p2+2", "crossover", [(ROWS, 'return {"n": max(problem.p2 + 2, problem.p2 + 1 + problem.p2 * saved / weight / mismatch)}')]),
    ("crossover: at least 0", "crossover", [(ROWS, 'return {"n": max(0, problem.p2 + 1 + problem.p2 * saved / weight / mismatch)}')]),
    ("crossover: empty below p2+2", "crossover", [(ROWS, 'rows = problem.p2 + 1 + problem.p2 * saved / weight / mismatch\n        return {"n": rows} if rows > problem.p2 + 2 else {"empty": True}')]),
    ("crossover: null below p2+2", "crossover", [(ROWS, 'rows = problem.p2 + 1 + problem.p2 * saved / weight / mismatch\n        return {"n": rows if rows > problem.p2 + 2 else None}')]),
    ("crossover: λ = 0 answered", "crossover", [(POSITIVE, '    if weight == 0:\n        return {"n": None}\n')]),
    ("crossover: B of v alone", "crossover", [("    saved = -2", "    mismatch = problem.trace(problem.explained, 0, 0)\n    saved = -2")]),
    # I(t; s | y)
    ("given y: I(t;s)", "conditional_information", [(GIVEN, 'return {"nats": problem.informations()[0]}')]),
    ("given y: I(s;y)", "conditional_information", [(GIVEN, 'return {"nats": problem.informations()[1]}')]),
    ("given y: ΔI", "conditional_information", [(GIVEN, 'ts, sy = problem.informations()\n    return {"nats": ts - sy}')]),
    ("given y: in bits", "conditional_information", [("return {\"nats\": information_of(total[t, t] - total[t, y] @ for_t", "return {\"nats\": 1 / math.log(2) * information_of(total[t, t] - total[t, y] @ for_t")]),
    ("given y: ½ forgotten", "conditional_information", [("return {\"nats\": information_of(total[t, t] - total[t, y] @ for_t", "return {\"nats\": 2 * information_of(total[t, t] - total[t, y] @ for_t")]),
    ("given y: only t is conditioned", "conditional_information", [("s - s @ for_s,\n", "s,\n")]),
    ("given y: only s is conditioned", "conditional_information", [("total[t, t] - total[t, y] @ for_t", "total[t, t]")]),
    ("given y: the covariance not conditioned", "conditional_information", [("problem.explained[t, y] - total[t, y] @ for_s)}", "problem.explained[t, y])}")]),
    ("given y: given x2", "conditional_information", [(GIVEN, 'left = problem.residual\n    return {"nats": information_of(left[t, t], left[y, y], left[t, y])}')]),
    ("given y: I(t;y|s)", "conditional_information", [(GIVEN, 'k = np.linalg.solve(s, problem.explained[y, t])\n    return {"nats": information_of(total[t, t] - problem.explained[t, y] @ k, total[y, y] - s, total[t, y] - problem.explained[t, y])}')]),
    ("given y: the first output alone", "conditional_information", [("    s = problem.explained[y, y]\n    by_label", "    t, y, q = slice(0, 1), slice(q, q + 1), 1\n    s = problem.explained[y, y]\n    by_label")]),
    ("given y: w1 = 0 answered", "conditional_information", [(INFORMED, "    if not problem.w1.any():\n        return {\"nats\": 0.0}\n" + INFORMED)]),
    ("given y: w* = 0 answered", "conditional_information", [(INFORMED, "    if not problem.has_student:\n        return {\"nats\": 0.0}\n" + INFORMED)]),
]

C = [
    ("C: tuned: c < σε²", "tuned_helps", [("students.c", "\"helps\", alignment(p) > 0)", "\"helps\", trace(p, p.residual, D, Y) < 0)")]),
    ("C: tuned: a tie helps", "tuned_helps", [("students.c", "\"helps\", alignment(p) > 0)", "\"helps\", alignment(p) >= 0)")]),
    ("C: gain: float", "tuned_gain", [("students.c", "pull / label * (pull / label)", "(float)(pull / label) * (pull / label)")]),
    ("C: gain: not clamped", "tuned_gain", [("students.c", "if (pull <= 0) put", "if (0) put")]),
    ("C: n+m in int, of k alone", "unlabelled_risk", [("students.c", "all = noise_of(p, n + read_whole(input, \"unlabelled\", 0))", "all = noise_of(p, n) + 0 * read_whole(input, \"unlabelled\", 0)")]),
    ("C: m unsigned", "unlabelled_risk pseudo_label_risk", [("students.c", "read_whole(input, \"unlabelled\", 0)", "(unsigned)read_whole(input, \"unlabelled\", -2000000000)")]),
    ("C: n and m exchanged in the noises", "unlabelled_risk", [("students.c", "1, noise_of(p, n), all, all)", "1, all, noise_of(p, n), noise_of(p, n))")]),
    ("C: ridge: n/(n+μ) by the noise only", "ridge_risk", [("students.c", "read_real(input, \"lambda\"), kept, noise", "read_real(input, \"lambda\"), 1, noise")]),
    ("C: ridge: k of Gaussian rows", "ridge_risk", [("students.c", "noise = kept * kept * p.p2 / n", "noise = kept * kept * noise_of(p, n)")]),
    ("C: joint: only the diagonal of the factor", "joint_teacher_risk pseudo_label_risk", [("students.c", "for (int j = 0; j <= i; j++) {\n      double root", "for (int j = i; j <= i; j++) {\n      double root")]),
    ("C: joint: N by whole-number division", "joint_teacher_risk", [("students.c", "(rows - inputs - 1) * (p.p2 + k * p.p1)", "(rows - inputs - 1) * (p.p2 + (int)k * p.p1)")]),
    ("C: joint: 0 rows where N is missing", "joint_teacher_risk", [("students.c", "if (cJSON_HasObjectItem(input, \"teacher_rows\"))", "if (1)")]),
    ("C: pseudo-labels: n ≥ p2+2", "pseudo_label_risk", [("students.c", "double n = read_rows(input, inputs), m", "double n = read_rows(input, p.p2), m")]),
    ("C: pseudo-labels: κ without p1", "pseudo_label_risk", [("students.c", "fitted = least * p.p1 /", "fitted = least /")]),
    ("C: two teachers: w1 twice", "ensemble_weights", [("students.c", "read_problem_by(input, \"w1b\")", "read_problem_by(input, \"w1\")"), ("students.c", "if (!differ) refuse(\"w1b is the same teacher as w1\");", "")]),
    ("C: two teachers: not checked to differ", "ensemble_weights", [("students.c", "if (!differ) refuse(\"w1b is the same teacher as w1\");", ""), ("students.c", "if (!isfinite(weights[i])) refuse(\"weights are not finite in double precision\");", "if (!isfinite(weights[i])) weights[i] = 0;")]),
    ("C: two teachers: the transposed form's wrong half", "ensemble_weights", [("students.c", "b = form[0][1] / unit[0] / unit[1]", "b = form[0][0] / unit[0] / unit[1]")]),
    ("C: crossover: in int", "crossover", [("students.c", "p.p2 + 1 + p.p2 * saved / lambda / mismatch);", "(int)(p.p2 + 1 + p.p2 * saved / lambda / mismatch));")]),
    ("C: crossover: λ = 0 accepted", "crossover", [("students.c", "if (!(lambda > 0)) refuse(\"lambda is 0\");", "if (!(lambda > 0)) { cJSON_AddNullToObject(output, \"n\"); return; }")]),
    ("C: crossover: ση² in place of its difference", "crossover", [("students.c", "(excess + trace(p, p.residual, D, T))", "trace(p, p.residual, T, T)")]),
    ("C: given y: not given y", "conditional_information", [("covariance.c", "all.at[i] -= explained.at[i];", "all.at[i] -= 0 * explained.at[i];")]),
    ("C: given y: the square root of the covariance of y", "conditional_information", [("covariance.c", "matrix seen = solve_lower(cholesky(part(p.total, q, q, q, q), \"the covariance of y\"), by);", "matrix seen = solve_lower(part(p.total, q, q, q, q), by);")]),
]

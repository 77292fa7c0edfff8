# SPDX-License-Identifier: GPL-3.0-or-later
"""Wrong variants of the C adapter, each a mistake that people make: what, operations, (file, old text, new text)…"""

import student_mutants

ADAPTER = "examples/implementations/c"

MUTANTS = [
    ("C: k = p2/n", "kd_risk baseline_risk risk_slope window best_lambda",
     [("risk.c", "(double)p.p2 / (n - p.p2 - 1)", "(double)p.p2 / n")]),
    ("C: k by whole-number division", "kd_risk baseline_risk risk_slope window best_lambda",
     [("risk.c", "(double)p.p2 / (n - p.p2 - 1)", "p.p2 / (n - p.p2 - 1)")]),
    ("C: λ/(1+λ) forgotten in the cross term", "kd_risk", [("risk.c", "2 * rest * alpha * m.c", "2 * alpha * m.c")]),
    ("C: v − w* without Σ22", "kd_risk window best_lambda",
     [("covariance.c", "  p.total = part(all", "  for (int j = 0; j < 3 * q; j++)\n    for (int i = 0; i < p2; i++) "
       "AT(scores, i, j) *= j < 2 * q ? 1 : 0.5;\n  p.total = part(all")]),
    ("C: the sign of t − y", "risk_slope window best_lambda helps_for_small_lambda",
     [("covariance.c", "p2 + 2 * q + j) = -1", "p2 + 2 * q + j) = 1")]),
    ("C: the first output's units for all", "kd_risk baseline_risk risk_slope", [("risk.c", "double weight = p.unit[j] / m.unit * (p.unit[j] / m.unit);", "double weight = p.unit[0] / m.unit * (p.unit[0] / m.unit);")]),
    ("C: w1 transposed", "kd_risk cch", [("input.c", "AT(m, i, j) = number(entry, name);", "m.at[name[0] == 'w' ? i * columns + j : i + (size_t)j * m.rows] = number(entry, name);")]),
    ("C: D > 0 not asked", "window", [("risk.c", "if (d > 0) put(output, \"upper\"", "if (d != 0) put(output, \"upper\"")]),
    ("C: a tie is an open window", "window", [("risk.c", "if (m.excess >= 0) {", "if (m.excess > 0) {")]),
    ("C: the best λ negative", "best_lambda", [("risk.c", "if (m.excess >= 0) put(output, \"lambda\", 0);\n  else if (bottom > 0)", "if (bottom > 0)")]),
    ("C: a huge number for infinity", "best_lambda window", [("risk.c", "cJSON_AddNullToObject(output, \"lambda\")", "put(output, \"lambda\", 1.7e308)"), ("risk.c", "cJSON_AddNullToObject(output, \"upper\")", "put(output, \"upper\", 1.7e308)")]),
    ("C: help decided with an epsilon", "helps_for_small_lambda", [("risk.c", ".excess < 0)", ".excess < 1e-9)")]),
    ("C: squares[i] squared again", "mutual_information cch", [("linear.c", "squares[i] *= squares[i];", "squares[i] *= squares[i] * squares[i];")]),
    ("C: log(1 − ρ²) in single precision", "mutual_information cch", [("linear.c", "0.5 * log1p(-squares[i])", "0.5 * log1pf(-squares[i])")]),
    ("C: min in place of all canonical correlations", "mutual_information", [("linear.c", "for (int i = 0; i < count; i++) {\n    if (!(squares", "for (int i = 0; i < 1; i++) {\n    if (!(squares")]),
    ("C: only the lower triangle read", "kd_risk cch mutual_information", [("covariance.c", "if (AT(sigma, i, j) != AT(sigma, j, i)) refuse(\"sigma is not symmetric\");", ";")]),
    ("C: the status of dpotrf not looked at", "kd_risk cch mutual_information", [("linear.c", "if (LAPACKE_dpotrf(LAPACK_COL_MAJOR, 'L', m.rows, l.at, m.rows)) refuse(\"%s is not positive definite\", name);", "LAPACKE_dpotrf(LAPACK_COL_MAJOR, 'L', m.rows, l.at, m.rows);"), ("linear.c", "<= 4 * DBL_EPSILON * m.rows * AT(m, j, j))", "< 0)"), ("linear.c", "if (!(AT(m, i, i) > 0)) refuse(\"%s is not positive definite\", name);", ";")]),
    ("C: an index list as a set of flags", "mutual_information", [("covariance.c", "if (seen[(int)index]) refuse(\"index %g appears twice\", index);", ";")]),
    ("C: an index equal to the size accepted", "mutual_information", [("covariance.c", "index >= p) refuse", "index > p) refuse"), ("covariance.c", "if (seen[(int)index])", "if (index < p && seen[(int)index])"), ("covariance.c", "    seen[(int)index] = true;", "    if (index == p) list.at[i] = p - 1;\n    seen[(int)list.at[i]] = true;")]),
    ("C: infinite numbers accepted", "kd_risk baseline_risk risk_slope", [("input.c", "if (!isfinite(value->valuedouble)) refuse(\"%s: a number is not finite\", name);", "if (!isfinite(value->valuedouble)) return 0;")]),
    ("C: λ < 0 accepted", "kd_risk fit_student", [("input.c", "if (value < 0) refuse(\"%s is negative\", name);", "if (value == -1) return 0;")]),
    ("C: n cast to unsigned", "baseline_risk kd_risk window", [("input.c", "if (value < least) refuse(\"%s is %g, below %d\", name, value, least);", "if (value < least && value >= 0) refuse(\"%s is %g, below %d\", name, value, least);\n  if (value < 0) value = INT_MAX;")]),
    ("C: atoi: sizes below 1 as 1", "ksg", [("input.c", "if (value < least) refuse(\"%s is %g, below %d\", name, value, least);", "if (value < least) value = least;")]),
    ("C: ragged rows filled with 0", "kd_risk mutual_information ksg", [("input.c", "(!flat && cJSON_GetArraySize(row) != columns))", "false)"), ("input.c", "for (int j = 0; j < columns; j++, entry = entry->next)", "for (int j = 0; j < columns && entry; j++, entry = entry->next)")]),
    ("C: ΔI ≥ 0 for ΔI > 0", "cch_predicts", [("covariance.c", "\"predicts\", ts > sy)", "\"predicts\", ts >= sy)")]),
    ("C: a Σ too large", "kd_risk cch cch_predicts", [("covariance.c", "(double)p1 + p2 + q != sigma.rows", "(double)p1 + p2 + q > sigma.rows")]),
    ("C: a Σ too large, p2 from it", "kd_risk cch", [("covariance.c", "if ((double)p1 + p2 + q != sigma.rows) refuse", "p2 = sigma.rows - p1 - q;\n  if (p2 < 1) refuse")]),
    ("C: invalid input skipped", "kd_risk cch ksg fit_student gaussian_plugin mutual_information", [("main.c", "\"kind\", \"errored\"", "\"kind\", \"skipped\"")]),
    ("C: the teacher's rows not looked at in w1", "kd_risk cch", [("covariance.c", "if (w1.rows != p1 || w1.columns != q) refuse(\"%s is %d × %d, not p1 × q\", teacher, w1.rows, w1.columns);", "if (w1.rows < p1 || w1.columns < q) refuse(\"w1\");")]),
    ("C: R's pivots not looked at", "fit_student gaussian_plugin", [("linear.c", "if (!(fabs(AT(*m, j, j)) > 8 * DBL_EPSILON * m->rows * norms[j])) refuse(\"%s: dependent columns\", name);", "if (AT(*m, j, j) == 0) AT(*m, j, j) = 1e-300;")]),
    ("C: y and t exchanged", "fit_student", [("data.c", "rest * y.at[i] + lambda * rest * t.at[i]", "rest * t.at[i] + lambda * rest * y.at[i]")]),
    ("C: the reach of both sides", "ksg", [("data.c", "dy[j] <= reach_y;", "dy[j] <= fmax(reach_x, reach_y);"), ("data.c", "dx[j] <= reach_x;", "dx[j] <= fmax(reach_x, reach_y);")]),
    ("C: ψ(n_x) with n_x of the row too", "ksg", [("data.c", "double *psi = ", "near_self = 1;\n  double *psi = "), ("data.c", "int n = x.rows, k", "int near_self = 0, n = x.rows, k"), ("data.c", "int near_x = 0, near_y = 0;", "int near_x = near_self && variant == 1, near_y = near_x;")]),
    ("C: distances as floats", "ksg", [("data.c", "d[j] = fmax(d[j], fabs(AT(side, i, a) - AT(side, j, a)))", "d[j] = fmax(d[j], fabsf((float)AT(side, i, a) - (float)AT(side, j, a)))")]),
    ("C: int abs", "ksg", [("data.c", "d[j] = fmax(d[j], fabs(AT(side, i, a) - AT(side, j, a)))", "d[j] = fmax(d[j], abs((int)(AT(side, i, a) - AT(side, j, a))))")]),
    ("C: digamma's series too short", "gaussian_plugin", [("data.c", "for (; z < 12; z++) result -= 1 / z;", "for (; z < 1; z++) result -= 1 / z;")]),
    ("C: whole-number halves", "gaussian_plugin", [("data.c", "digamma((n - i) / 2.0) - digamma((n - p1 - i) / 2.0)", "digamma((n - i) / 2) - digamma((n - p1 - i) / 2)")]),
    ("C: not centred", "gaussian_plugin", [("data.c", "for (int i = 0; i < n; i++) to[i] -= mean;", ""), ("data.c", "to[i] = AT(side, i, j) - AT(side, 0, j)", "to[i] = AT(side, i, j)")]),
] + student_mutants.C

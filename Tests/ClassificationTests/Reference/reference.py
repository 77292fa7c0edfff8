# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes metrics.json: fixed cases and what scikit-learn says of them. Usage: reference.py > metrics.json (scikit-learn 1.9)

Probabilities are eighths, so that many tie and every number is exact in both programs.
"""
import json

import numpy as np
from sklearn.feature_selection._mutual_info import _compute_mi_cd
from sklearn.metrics import accuracy_score, f1_score, mean_squared_error, roc_auc_score


def metrics(labels, probabilities):
    classes = probabilities.shape[1]
    predicted = probabilities.argmax(1)
    one_hot = np.eye(classes)[labels]
    if classes == 2:
        macro = weighted = roc_auc_score(labels, probabilities[:, 1])
    else:
        macro, weighted = (roc_auc_score(labels, probabilities, multi_class="ovr", average=a) for a in ("macro", "weighted"))
    return {
        "classes": classes, "labels": labels.tolist(), "probabilities": probabilities.ravel().tolist(),
        "accuracy": accuracy_score(labels, predicted),
        "weightedF1": f1_score(labels, predicted, average="weighted", zero_division=0),
        "macroAUC": macro, "weightedAUC": weighted, "meanSquaredError": mean_squared_error(one_hot, probabilities)}


def information(rows, classes, k):
    labels = rng.integers(0, classes, rows)
    x = rng.normal(size=rows) + 0.7 * labels
    nats = float(_compute_mi_cd(x.copy(), labels, k))
    # It clips at 0, so only positive values say something.
    assert nats > 0.01
    return {"labels": labels.tolist(), "x": x.tolist(), "k": k, "nats": nats}


rng = np.random.default_rng(1)
cases = []
for classes, rows in [(2, 9), (3, 12), (3, 40), (4, 60), (10, 80)]:
    # Unequal classes, all of which occur; the last is never predicted in the third case (F1 of 0/0 and 0/n).
    labels = np.concatenate([np.arange(classes), rng.integers(0, classes, rows - classes) // 2])
    eighths = rng.multinomial(8, np.ones(classes) / classes, rows)
    if rows == 40:
        eighths[:, 0] += eighths[:, 2]
        eighths[:, 2] = 0
    cases.append(metrics(labels, eighths / 8))
print(json.dumps({"metrics": cases, "informations": [information(60, 3, 3), information(200, 5, 1), information(90, 2, 5)]}))

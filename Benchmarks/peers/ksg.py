# SPDX-License-Identifier: GPL-3.0-or-later
"""KSG-1, k = 3, of a sample by published packages. Usage: ksg.py sklearn|ennemi|ckdtree FILE.f64 DIMENSION REPEATS"""
import json
import sys
import time

import numpy as np

peer, file, dimension, repeats = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
data = np.fromfile(file).reshape(-1, 2 * dimension)
x, y = data[:, :dimension], data[:, dimension:]


def sklearn():
    from sklearn.feature_selection import mutual_info_regression

    return mutual_info_regression(x, y[:, 0], n_neighbors=3)[0]


def ennemi():
    from ennemi import estimate_mi

    return estimate_mi(y[:, 0], x[:, 0], k=3, preprocess=False, max_threads=1)[0, 0]


def ckdtree():
    """As people write it with SciPy's tree."""
    from scipy.spatial import cKDTree
    from scipy.special import digamma

    radius = np.nextafter(cKDTree(data).query(data, 4, p=np.inf)[0][:, 3], 0)
    inside = [cKDTree(side).query_ball_point(side, radius, p=np.inf, return_length=True) for side in (x, y)]
    return digamma(3) + digamma(len(data)) - np.mean(digamma(inside[0]) + digamma(inside[1]))


estimate = {"sklearn": sklearn, "ennemi": ennemi, "ckdtree": ckdtree}[peer]
best = float("inf")
for _ in range(repeats):
    begin = time.perf_counter()
    nats = float(estimate())
    best = min(best, time.perf_counter() - begin)
print(json.dumps({"seconds": best, "nats": nats}))

# SPDX-License-Identifier: GPL-3.0-or-later
"""Estimators of Python packages, one a name, for cch validate --add NAME='lines:python3 peers.py NAME'.

usage: peers.py sklearn|ennemi|infomeasure|npeet|gmm-mi    answers the line protocol
       peers.py --versions                                 prints the versions of what is installed

Those by neighbours with k = 3. sklearn, ennemi and gmm-mi estimate for one column a side; more are declined, not estimated column by column. npeet is
the method of NPEET written out with SciPy's tree, as in npeet_ksg.py. gmm-mi, by mixtures of Gaussians, needs an older scikit-learn than the
others: requirements-gmm-mi.txt.
"""
import importlib
import json
import sys

import numpy as np


def one_column(x, y):
    if x.shape[1] > 1 or y.shape[1] > 1:
        raise ValueError("it takes one column a side")
    return x[:, 0], y[:, 0]


def sklearn():
    from sklearn.feature_selection import mutual_info_regression

    def estimate(x, y, seed):
        one_column(x, y)
        return mutual_info_regression(x, y[:, 0], n_neighbors=3, random_state=seed)[0]

    return estimate


def ennemi():
    from ennemi import estimate_mi

    # preprocess adds its own noise and scale; the estimate may be negative, as it is here.
    return lambda x, y, seed: np.asarray(estimate_mi(*reversed(one_column(x, y)), k=3, preprocess=False)).ravel()[0]


def infomeasure():
    from infomeasure import mutual_information

    return lambda x, y, seed: mutual_information(x, y, approach="ksg", k=3, base="e", noise_level=0)


def npeet():
    from scipy.spatial import cKDTree
    from scipy.special import digamma

    def estimate(x, y, seed, k=3):
        data = np.hstack([x, y])
        data = data + 1e-10 * np.random.default_rng(seed).random(data.shape)  # breaks ties
        x, y = np.split(data, [x.shape[1]], axis=1)
        radius = cKDTree(data).query(data, k + 1, p=np.inf)[0][:, k]
        inside = [cKDTree(s).query_ball_point(s, radius - 1e-15, p=np.inf, return_length=True) for s in (x, y)]
        return digamma(k) + digamma(len(data)) - np.mean(digamma(inside)) * 2

    return estimate


def gmm_mi():
    from gmm_mi.mi import EstimateMI
    from gmm_mi.param_holders import MIDistParamHolder

    def estimate(x, y, seed):
        mixture = EstimateMI()
        mixture.fit(np.column_stack(one_column(x, y)))
        # One fit to all rows, without the bootstrap of its interval; its seeds are its own.
        return mixture.estimate(MIDistParamHolder(n_bootstrap=0))[0]

    return estimate


MAKERS = {"sklearn": sklearn, "ennemi": ennemi, "infomeasure": infomeasure, "npeet": npeet, "gmm-mi": gmm_mi}


def versions():
    for package in ("numpy", "scipy", "sklearn", "ennemi", "infomeasure", "gmm_mi"):
        try:
            importlib.import_module(package)
            name = {"sklearn": "scikit-learn", "gmm_mi": "gmm-mi"}.get(package, package)
            print(name, importlib.import_module("importlib.metadata").version(name))
        except ImportError:
            print(package, "is not installed")


def serve(name):
    estimate = MAKERS[name]()
    for line in sys.stdin:
        message = json.loads(line)
        if message["kind"] == "start":
            answer = {"kind": "started", "protocol": 1, "name": name, "operations": ["estimate"]}
        elif message["kind"] == "run":
            try:
                x, y = (np.array(message["input"][side]) for side in "xy")
                nats = float(estimate(x, y, message["input"].get("seed", 0) % 2**32))
                answer = {"kind": "result", "seq": message["seq"], "output": {"nats": nats}}
            except Exception as error:  # whatever a package raises is its answer to this sample
                answer = {"kind": "errored", "seq": message["seq"], "message": f"{type(error).__name__}: {error}"[:200]}
        else:
            break
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    if sys.argv[1:] == ["--versions"]:
        versions()
    elif len(sys.argv) == 2 and sys.argv[1] in MAKERS:
        serve(sys.argv[1])
    else:
        sys.exit(__doc__)

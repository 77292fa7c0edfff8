# SPDX-License-Identifier: GPL-3.0-or-later
"""KSG-1 as NPEET computes it, with SciPy's tree: cch validate --protocol lines -- python3 npeet_ksg.py."""
import json
import sys

import numpy as np
from scipy.spatial import cKDTree
from scipy.special import digamma


def estimate(x, y, k=3):
    data = np.hstack([x, y])
    data = data + 1e-10 * np.random.default_rng(0).random(data.shape)  # breaks ties
    x, y = np.split(data, [x.shape[1]], axis=1)
    radius = cKDTree(data).query(data, k + 1, p=np.inf)[0][:, k]  # the first neighbour is the row itself
    inside = [cKDTree(side).query_ball_point(side, radius - 1e-15, p=np.inf, return_length=True) for side in (x, y)]
    return digamma(k) + digamma(len(data)) - np.mean(digamma(inside)) * 2


for line in sys.stdin:
    message = json.loads(line)
    if message["kind"] == "start":
        answer = {"kind": "started", "protocol": 1, "operations": ["estimate"]}
    elif message["kind"] == "run":
        try:
            nats = float(estimate(np.array(message["input"]["x"]), np.array(message["input"]["y"])))
            answer = {"kind": "result", "seq": message["seq"], "output": {"nats": nats}}
        except ValueError as error:
            answer = {"kind": "errored", "seq": message["seq"], "message": str(error)}
    else:
        break
    print(json.dumps(answer), flush=True)

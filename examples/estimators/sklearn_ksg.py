# SPDX-License-Identifier: GPL-3.0-or-later
"""scikit-learn's KSG estimator, of one column against one: cch validate --protocol lines --max-dimension 1 -- python3 sklearn_ksg.py."""
import json
import sys

import numpy as np
from sklearn.feature_selection import mutual_info_regression

for line in sys.stdin:
    message = json.loads(line)
    if message["kind"] == "start":
        answer = {"kind": "started", "protocol": 1, "operations": ["estimate"]}
    elif message["kind"] == "run":
        x, y = np.array(message["input"]["x"]), np.array(message["input"]["y"])
        nats = float(mutual_info_regression(x, y[:, 0], n_neighbors=3)[0])
        answer = {"kind": "result", "seq": message["seq"], "output": {"nats": nats}}
    else:
        break
    print(json.dumps(answer), flush=True)

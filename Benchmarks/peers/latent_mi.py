# SPDX-License-Identifier: GPL-3.0-or-later
"""Latent MI by the package latentmi on one thread, as its README calls it. Usage: latent_mi.py FILE.f64 DIMENSION

Needs PyTorch and requirements-latentmi.txt. The loss is that of the trained model on the rows that did not train it, without
dropout; the package itself leaves dropout on while it measures it.
"""
import contextlib
import io
import json
import sys
import time
import warnings

import numpy as np
import torch

warnings.filterwarnings("ignore")
from latentmi import lmi  # noqa: E402

torch.set_num_threads(1)
torch.manual_seed(1)
np.random.seed(1)
file, dimension = sys.argv[1], int(sys.argv[2])
data = np.fromfile(file).reshape(-1, 2 * dimension)
x, y = data[:, :dimension], data[:, dimension:]
begin = time.perf_counter()
with contextlib.redirect_stdout(io.StringIO()):
    bits, _, model = lmi.estimate(x, y, quiet=True)
seconds = time.perf_counter() - begin
held_out = ~np.isnan(bits)


def standard(side):
    return torch.from_numpy((side - side.mean(0)) / side.std(0)).float().clip(-10, 10)[torch.from_numpy(held_out)]


with torch.no_grad():
    model.eval()
    loss = model.learning_loss(standard(x), standard(y)).item()
print(json.dumps({"seconds": seconds, "nats": float(np.nanmean(bits) * np.log(2)), "loss": loss}))

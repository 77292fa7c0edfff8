# SPDX-License-Identifier: GPL-3.0-or-later
"""MINE with PyTorch on one thread, as people write it: a 64-64 network, batches of 256, Adam. Usage: mine.py FILE.f64 DIMENSION STEPS

Half of the rows train; the value is the bound on the other half, from all pairs and 16 shifts.
"""
import json
import math
import sys
import time

import numpy as np
import torch

torch.set_num_threads(1)
torch.manual_seed(1)
file, dimension, steps, batch = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), 256
data = torch.from_numpy(np.fromfile(file).reshape(-1, 2 * dimension).astype(np.float32))
data = (data - data.mean(0)) / data.std(0)
x, y = data[:, :dimension], data[:, dimension:]
half = len(data) // 2
network = torch.nn.Sequential(
    torch.nn.Linear(2 * dimension, 64), torch.nn.ReLU(), torch.nn.Linear(64, 64), torch.nn.ReLU(), torch.nn.Linear(64, 1))
optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
average, decay, weight = 0.0, 0.99, 0.0


def step():
    global average, weight
    rows = torch.randint(half, (batch,))
    pairs = torch.cat([x[rows], y[rows]], 1)
    products = torch.cat([x[rows], y[rows[torch.randperm(batch)]]], 1)
    scores = network(torch.cat([pairs, products]))
    mean = scores[batch:].exp().mean()
    average, weight = decay * average + (1 - decay) * mean.item(), decay * weight + 1 - decay
    loss = -(scores[:batch].mean() - mean / (average / weight))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


begin = time.perf_counter()
for _ in range(steps):
    step()
seconds = time.perf_counter() - begin
with torch.no_grad():
    held_x, held_y = x[half:], y[half:]
    products = torch.cat([network(torch.cat([held_x, held_y.roll(1 + 31 * s, 0)], 1)) for s in range(16)])
    bound = network(torch.cat([held_x, held_y], 1)).mean() - torch.logsumexp(products, 0) + math.log(len(products))
print(json.dumps({"seconds": seconds, "nats": bound.item()}))

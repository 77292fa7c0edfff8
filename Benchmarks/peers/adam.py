# SPDX-License-Identifier: GPL-3.0-or-later
"""Adam on the distillation objective with PyTorch on one thread, as people write it. Usage: adam.py float64|float32

n = 10,000 rows in memory, p = 100, batches of 32 in a new random order every epoch, label term + λ × teacher term.
"""
import json
import sys
import time

import torch

torch.set_num_threads(1)
torch.manual_seed(1)
dtype = getattr(torch, sys.argv[1])
n, p, batch, weight = 10_000, 100, 32, 0.5
x = torch.randn(n, p, dtype=dtype)
y = x[:, 0] + torch.randn(n, dtype=dtype)
t = x[:, 0] + torch.randn(n, dtype=dtype)
w = torch.zeros(p, dtype=dtype, requires_grad=True)
optimizer = torch.optim.Adam([w], lr=0.01)


def epoch():
    order = torch.randperm(n)
    for start in range(0, n, batch):
        rows = order[start : start + batch]
        predicted = x[rows] @ w
        loss = ((predicted - y[rows]) ** 2).mean() + weight * ((predicted - t[rows]) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


epoch()
best = float("inf")
for _ in range(5):
    begin = time.perf_counter()
    epoch()
    best = min(best, time.perf_counter() - begin)
# It really learns: the minimiser is 1 in the first coordinate.
assert abs(w[0].item() - 1) < 0.2
print(json.dumps({"rate": n / best}))

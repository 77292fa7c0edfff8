# SPDX-License-Identifier: GPL-3.0-or-later
"""Distilling into a perceptron with PyTorch on one thread, as people write it. Usage: mlp.py WIDTHS BATCH, as 784-128-10 32

n = 2,000 rows in memory, mini-batches in a new random order every epoch, cross-entropy + λT²·KL(teacher/T ‖ student/T), AdamW.
"""
import json
import sys
import time

import torch
from torch.nn import functional

torch.set_num_threads(1)
torch.manual_seed(1)
widths, batch = [int(width) for width in sys.argv[1].split("-")], int(sys.argv[2])
n, weight, temperature = 2_000, 0.5, 2.0
x = torch.randn(n, widths[0])
y = x[:, : widths[-1]].argmax(1)
teacher = 3 * x[:, : widths[-1]]
layers = []
for inputs, outputs in zip(widths, widths[1:]):
    layers += [torch.nn.Linear(inputs, outputs), torch.nn.ReLU()]
network = torch.nn.Sequential(*layers[:-1])
optimizer = torch.optim.AdamW(network.parameters(), lr=1e-3, weight_decay=1e-3)


def epoch():
    order = torch.randperm(n)
    for start in range(0, n, batch):
        rows = order[start : start + batch]
        logits = network(x[rows])
        divergence = functional.kl_div(
            functional.log_softmax(logits / temperature, 1), functional.log_softmax(teacher[rows] / temperature, 1),
            reduction="batchmean", log_target=True)
        loss = functional.cross_entropy(logits, y[rows]) + weight * temperature**2 * divergence
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


epoch()
best = float("inf")
for _ in range(12):
    begin = time.perf_counter()
    epoch()
    best = min(best, time.perf_counter() - begin)
# It really learns.
assert (network(x).argmax(1) == y).double().mean() > 0.8
print(json.dumps({"rate": n / best}))

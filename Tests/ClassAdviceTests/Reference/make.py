# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes distillation.json: losses and gradients of PyTorch for a softmax student that is distilled (Debian: python3-torch)."""
import json

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(1)
n, d, k = 6, 3, 4
cases = []
for lam, T, mu in ((0.0, 1.0, 0.1), (0.5, 1.0, 0.1), (1.0, 2.0, 0.01), (0.2, 4.0, 1.0)):
    x = torch.randn(n, d)
    # As the students scale them: mean 0 and variance 1 with denominator n.
    x = (x - x.mean(0)) / x.std(0, unbiased=False)
    y = torch.tensor([0, 1, 2, 3, 1, 0])
    w, b, t = torch.randn(d, k, requires_grad=True), torch.randn(k, requires_grad=True), 3 * torch.randn(n, k)
    s = x @ w + b
    kd = T**2 * F.kl_div(F.log_softmax(s / T, 1), F.softmax(t / T, 1), reduction="batchmean")
    loss = F.cross_entropy(s, y) + lam * kd + mu / 2 * (w**2).sum()
    loss.backward()
    cases.append({
        "lambda": lam, "temperature": T, "weightDecay": mu, "features": x.flatten().tolist(), "labels": y.tolist(),
        "teacher": t.flatten().tolist(), "weights": w.detach().flatten().tolist(), "biases": b.detach().tolist(),
        "distillation": kd.item(), "loss": loss.item(), "weightGradient": w.grad.flatten().tolist(),
        "biasGradient": b.grad.tolist(),
    })
with open(__file__.replace("make.py", "distillation.json"), "w", encoding="utf-8") as file:
    json.dump({"torch": torch.__version__, "cases": cases}, file, indent=1)
    file.write("\n")

# SPDX-License-Identifier: GPL-3.0-or-later
"""Distilling into perceptrons, batches of 32, AdamW, one thread, against PyTorch: the images experiment's network, and a small one;
the images experiment itself."""
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]


def measure(run):
    run.swift("ClassifierTraining")
    for widths in ("784 128 10", "76 64 64 10"):
        # What scaling and initial weights cost is in both, and falls out.
        seconds = (run.seconds(f"distil into {widths}, epochs 11") - run.seconds(f"distil into {widths}, epochs 1")) / 10
        peer = run.peer("mlp.py", widths.replace(" ", "-"), 32, interpreter="/usr/bin/python3")
        run.faster(f"distil into an MLP {widths.replace(' ', '–')}, samples", 2_000 / seconds, peer["rate"], 2,
                   peer="PyTorch float32")
    if (ROOT / "fixtures/data/fetched").is_dir():
        document, seconds, _ = run.cch("experiment", "images", "--quick", "--seed", 1)
        assert document["complete"]
        run.row("cch experiment images --quick, all processors", f"{seconds:.0f} s", "", "", "≤ 60 s", seconds <= 60)
    else:
        run.note("cch experiment images --quick needs the data that 'make data' prepares: not measured")

"""Distilling into perceptrons, batches of 32, AdamW, one thread, against PyTorch: the images experiment's network, and a small one."""


def measure(run):
    run.swift("ClassifierTraining")
    for widths in ("784 128 10", "76 64 64 10"):
        # What scaling and initial weights cost is in both, and falls out.
        seconds = (run.seconds(f"distil into {widths}, epochs 11") - run.seconds(f"distil into {widths}, epochs 1")) / 10
        peer = run.peer("mlp.py", widths.replace(" ", "-"), 32, interpreter="/usr/bin/python3")
        run.faster(f"distil into an MLP {widths.replace(' ', '–')}, samples", 2_000 / seconds, peer["rate"], 2,
                   peer="PyTorch float32")

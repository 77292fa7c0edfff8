# SPDX-License-Identifier: GPL-3.0-or-later
"""`cch advise` for classes: 500 rows of 512 + 768 columns, ten classes, three teachers, from the file to the verdict, against training
every student of the same grid; one student alone against scikit-learn's logistic regression on the same numbers."""
import random

ROWS, STUDENT, TEACHER, CLASSES = 500, 512, 256, 10


def write(path):
    """Embeddings of a hidden point around the centre of its class: s0 …, a0 …, b0 …, c0 … and y, as CSV."""
    source = random.Random(1)
    widths = [("s", STUDENT), ("a", TEACHER), ("b", TEACHER), ("c", TEACHER)]
    names = [f"{view}{i}" for view, width in widths for i in range(width)]
    hidden = 16
    centres = [[source.gauss(0, 1) for _ in range(hidden)] for _ in range(CLASSES)]
    loads = [[source.gauss(0, 1) / hidden**0.5 for _ in range(hidden)] for _ in names]
    with open(path, "w", encoding="utf-8") as file:
        file.write(",".join(names + ["y"]) + "\n")
        for row in range(ROWS):
            point = [c + source.gauss(0, 1) for c in centres[row % CLASSES]]
            values = [sum(w * p for w, p in zip(load, point)) + 2 * source.gauss(0, 1) for load in loads]
            file.write(",".join(f"{value:.5g}" for value in values) + f",class {row % CLASSES}\n")


def measure(run):
    path = run.folder / "classes.csv"
    write(path)
    arguments = ["advise", path, "--student", "s*", "--teacher", "a*", "--teacher", "b*", "--teacher", "c*", "--label", "y", "--seed", 1]
    # By turns, since a machine's speed changes within minutes.
    turns = [(run.cch(*arguments), run.cch(*arguments, "--exhaustive")) for _ in range(3)]
    answer, seconds, memory = min((own for own, _ in turns), key=lambda result: result[1])
    exhaustive, all_seconds, _ = min((every for _, every in turns), key=lambda result: result[1])
    assert answer["rows"] == ROWS and len(answer["candidates"]) == 9
    run.row("advise, 500 × (512 + 3 · 256), 10 classes, 3 teachers", f"{seconds:.1f} s", "", "", "≤ 30 s", seconds <= 30)
    run.note(f"peak memory {memory / 1e6:,.0f} MB")
    run.faster("the same, training every student instead", seconds, all_seconds, 5, unit="s", peer="--exhaustive")
    both = [{c["teacher"]: c["gain_log_loss"]["mean"] for c in document["candidates"]} for document in (answer, exhaustive)]
    difference = max(abs(both[0][name] - both[1][name]) for name in both[0])
    run.note(f"gains in log-loss of the two differ by {difference:.4f} nats at most")
    run.swift("SoftmaxStudents")
    ours = run.seconds("softmax student, 500 × 512, 10 classes")
    peer = run.peer("logistic.py")
    run.faster("one softmax student alone", ours, peer["seconds"], 3, unit="s", peer="scikit-learn LogisticRegression")
    run.note(f"the same objective; to a gradient of {peer['gradient']:.1e} there (tol {peer['tolerance']:g}), 1e-6 at most here")

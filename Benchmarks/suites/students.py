# SPDX-License-Identifier: GPL-3.0-or-later
"""Samples and students at n = 10,000, p = 100: by rows against their limits, by Wishart draws, and Adam against PyTorch."""


def measure(run):
    run.swift("StudentTraining")
    rows, wishart = run.seconds("replicate by rows"), run.seconds("replicate by wishart")
    limit = run.seconds("limit: dsyrk 10,000×100 and 1,000,000 normals")
    run.row("sample and student by rows, n=10,000 p=100", f"{1e3 * rows:.1f} ms", f"{1e3 * limit:.1f} ms dsyrk + 10⁶ normals",
            f"{rows / limit:.2f}×", "≤ 3×", rows <= 3 * limit)
    run.faster("the same by a Wishart draw", wishart, rows, 50, unit="s", peer="by rows")
    epoch = run.seconds("one epoch of adam, batch 32")
    for precision, goal in (("float64", 3), ("float32", 3)):
        peer = run.peer("adam.py", precision, interpreter="/usr/bin/python3")
        run.faster(f"Adam, batch 32, p=100, Double, samples", 10_000 / epoch, peer["rate"], goal,
                   peer=f"PyTorch {precision}")
    memory = run.memory("replicate by rows")
    run.row("peak memory of samples by rows", f"{memory / 1e6:.0f} MB", f"{10_000 * 102 * 8 / 1e6:.0f} MB the rows", "",
            "≤ 100 MB", memory <= 100e6)
    few, _, small = run.cch("student", "--seed", 1, "--generate", 1, "--repeats", 1_000)
    many, _, large = run.cch("student", "--seed", 1, "--generate", 1, "--repeats", 200_000)
    assert few["ok"] and many["ok"]
    run.row("peak memory of student, 200,000 samples", f"{large / 1e6:.0f} MB", f"{small / 1e6:.0f} MB at 1,000",
            f"{large / small:.2f}×", "≤ 100 MB, flat", large <= 100e6 and large <= 1.2 * small)

# SPDX-License-Identifier: GPL-3.0-or-later
"""The hunt against Hypothesis, two threads against one, and the memory of a long verification."""


def rate(run, *arguments):
    document, _, _ = run.cch("hunt", *arguments)
    return document["cases"] / document["seconds"]


def measure(run):
    # The paper's theorem, and the slowest claims of one label and of several.
    for claim in ("theorem1", "gain", "coordinatewise"):
        peer = run.peer("hunt.py", claim, 1500)["rate"]
        one = rate(run, claim, "--seed", 1, "--time", "4s", "--threads", 1)
        run.faster(f"hunt {claim}, cases", one, peer, 1000, peer="Hypothesis")
    one = rate(run, "theorem1", "--seed", 1, "--time", "4s", "--threads", 1)
    two = rate(run, "theorem1", "--seed", 1, "--time", "4s", "--threads", 2)
    run.faster("hunt theorem1, 2 threads against 1, cases", two, one, 1.9, peer="1 thread")
    few, _, small = run.cch("verify", "--seed", 1, "--cases", 20_000)
    many, _, large = run.cch("verify", "--seed", 1, "--cases", 600_000)
    assert few["ok"] and many["ok"]
    run.row("peak memory of verify, 10⁷ problems", f"{large / 1e6:.0f} MB", f"{small / 1e6:.0f} MB at a 30th", f"{large / small:.2f}×",
            "≤ 200 MB, flat", large <= 200e6 and large <= 1.2 * small)

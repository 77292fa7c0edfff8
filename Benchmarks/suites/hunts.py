# SPDX-License-Identifier: GPL-3.0-or-later
"""The hunt against Hypothesis, two threads against one, statements in text against claims in Swift, and the memory of a long
verification."""
import pathlib
import re
import subprocess
import time

CLAIMS = pathlib.Path(__file__).resolve().parents[2] / "fixtures/claims"


def rate(run, *arguments):
    document, _, _ = run.cch("hunt", *arguments)
    return document["cases"] / document["seconds"]


def statements(name):
    """The statements of a file by their names."""
    text = re.sub("#.*", "", (CLAIMS / f"{name}.claims").read_text(encoding="utf-8"))
    return dict(re.findall(r"^([a-z0-9-]+):(.*\n(?:[ ]+.*\n)*)", text, re.M))


def stated(run, tool):
    """Statements in text against the claims of the same name."""
    for name, text in statements("proved").items():
        # In turn, so that what else the machine does is the same for both.
        pairs = [(rate(run, name, "--seed", 1, "--time", "2s", "--threads", 1), rate(run, text, "--seed", 1, "--time", "2s", "--threads", 1))
                 for _ in range(2)]
        run.faster(f"hunt {name} in text, cases", max(b for _, b in pairs), max(a for a, _ in pairs), 0.2, peer="in Swift")
    swift, text = 0.0, 0.0
    for name, statement in statements("refuted").items():
        for seed in (1, 2):
            swift += run.cch("hunt", name, "--seed", seed, "--threads", 1)[1]
            text += run.cch("hunt", statement, "--seed", seed, "--threads", 1)[1]
    run.row("hunts of the refuted claims in text, shrunk", f"{text:.2f} s", f"{swift:.2f} s in Swift", f"{text / swift:.2f}×", "≤ 1.5×",
            text <= 1.5 * swift)
    starts = []
    for _ in range(10):
        start = time.perf_counter()
        subprocess.run([tool, "hunt", "I(t;s) > I(s;y) => hel"], capture_output=True, check=False)
        starts.append(time.perf_counter() - start)
    run.row("hunt of a text with an error, start to end", f"{1e3 * min(starts):.0f} ms", "", "", "≤ 50 ms", min(starts) <= 0.05)


def measure(run):
    stated(run, str(pathlib.Path(__file__).resolve().parents[2] / ".build/release/cch"))
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

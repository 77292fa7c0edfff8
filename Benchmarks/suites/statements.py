# SPDX-License-Identifier: GPL-3.0-or-later
"""Statements in text against the claims in Swift of the same name, in seconds of the processor: how many cases of each a second of
hunting and of verifying decides, how long the hunts of the refuted ones take from the shell to the shrunk counterexample, and
how long it takes to start."""
import json
import os
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
CLAIMS = ROOT / "fixtures/claims"


def cch(tool, *arguments):
    """The document that the tool prints, and the seconds of the processor that it took."""
    process = subprocess.Popen([tool, *map(str, arguments), "--json", "--quiet"], stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL)
    text = process.stdout.read()
    _, _, usage = os.wait4(process.pid, 0)
    return json.loads(text) if text else None, usage.ru_utime + usage.ru_stime


def statements(name):
    """The statements of a file by their names."""
    text = re.sub("#.*", "", (CLAIMS / f"{name}.claims").read_text(encoding="utf-8"))
    return dict(re.findall(r"^([a-z0-9-]+):(.*\n(?:[ ]+.*\n)*)", text, re.M))


def hunted(tool, claim):
    """The cases of a second of a hunt that finds nothing."""
    document, seconds = cch(tool, "hunt", claim, "--seed", 1, "--time", "2s", "--threads", 1)
    return document["cases"] / seconds


def verified(tool, *claim):
    """The instances of a second of a verification, which goes on after what is false was found."""
    cases = 4_000
    return cases / cch(tool, "verify", *claim, "--cases", cases, "--seed", 1, "--threads", 1)[1]


def measure(run, tool=str(ROOT / ".build/release/cch")):
    for file in ("proved", "refuted"):
        for name, text in statements(file).items():
            # In turn, so that what else the machine does is the same for both.
            pairs = [(verified(tool, name), verified(tool, name, "--claims", CLAIMS / f"{file}.claims")) for _ in range(2)]
            run.faster(f"verify {name} in text, instances", max(b for _, b in pairs), max(a for a, _ in pairs), 0.2,
                       peer="in Swift")
            if file == "proved":
                pairs = [(hunted(tool, name), hunted(tool, text)) for _ in range(2)]
                run.faster(f"hunt {name} in text, cases", max(b for _, b in pairs), max(a for a, _ in pairs), 0.2,
                           peer="in Swift")
    for name, text in statements("refuted").items():
        swift, own = 0.0, 0.0
        for seed in range(1, 6):
            swift += cch(tool, "hunt", name, "--seed", seed, "--threads", 1)[1]
            own += cch(tool, "hunt", text, "--seed", seed, "--threads", 1)[1]
        run.row(f"hunts of {name} in text, 5 seeds, shrunk", f"{own:.2f} s", f"{swift:.2f} s in Swift", f"{own / swift:.2f}×",
                "≤ 1.5×", own <= 1.5 * swift)
    start = min(cch(tool, "hunt", "I(t;s) > I(s;y) => hel")[1] for _ in range(10))
    run.row("hunt of a text with an error, start to end", f"{1e3 * start:.0f} ms", "", "", "≤ 50 ms", start <= 0.05)

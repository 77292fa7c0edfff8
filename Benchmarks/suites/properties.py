# SPDX-License-Identifier: GPL-3.0-or-later
"""The property tester against Hypothesis on the same 20 planted bugs: found by how many seeds, time with shrinking, size of the result."""
import json
import pathlib
import subprocess

# The lengths of one bug's results differ by a tenth between seeds: a mean of five tells little.
SEEDS = 20
HERE = pathlib.Path(__file__).resolve().parents[1]


def measure(run):
    result = subprocess.run(["swift", "run", "-c", "release", "--package-path", str(HERE), "PlantedBugs", str(SEEDS)],
                            capture_output=True, text=True)
    if result.returncode != 0:
        raise SystemExit(f"error: PlantedBugs failed\n{result.stderr[-2000:]}")
    ours = json.loads(result.stdout)
    theirs = run.peer("planted_bugs.py", SEEDS)
    for own, peer in zip(ours["bugs"], theirs["bugs"]):
        assert own["name"] == peer["name"]
        met = (own["found"] >= peer["found"] and (peer["found"] == 0 or own["size"] <= peer["size"])
               and own["seconds"] < peer["seconds"])
        run.row(own["name"], cell(own), cell(peer) + " Hypothesis", f"{peer['seconds'] / own['seconds']:.3g}×",
                "no less, no longer", met)
        run.note(f"{own['example'][:60]}, Hypothesis: {peer['example'][:60] or 'none found'}")
    run.faster("an empty property, cases", ours["emptyRate"], theirs["emptyRate"], 100, at_least=1e6, peer="Hypothesis")


def cell(line):
    """Seeds that found it, cases until then, characters of the smallest value."""
    return f"{line['found']}/{SEEDS} {line['cases']:.0f} {line['size']:.1f}"

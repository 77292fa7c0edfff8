#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every claim about speed, as a ratio against a peer or a limit measured in the same run. Usage: run.py [SUITE…]

A suite is a Swift target in Benchmarks/<Suite>, run by `swift package benchmark`, and a module suites/<suite>.py that measures the
peers and makes the rows of the table. The peers live in a virtual environment; the product needs none of them.
"""
import ctypes
import importlib
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
TOOL = HERE.parent / ".build/release/cch"
PYTHON = HERE / "venv/bin/python"
WIDTHS = [52, 18, 22, 9, 22, 3]


def choose_kernels():
    """The same kernels of OpenBLAS on both sides: a processor newer than Debian's OpenBLAS gets those of 2004 there, and others from a peer's own copy."""
    try:
        core = ctypes.CDLL("libopenblas.so.0").openblas_get_corename
    except (OSError, AttributeError):
        return
    core.restype = ctypes.c_char_p
    if core() == b"Prescott" and " avx2 " in pathlib.Path("/proc/cpuinfo").read_text() and "OPENBLAS_CORETYPE" not in os.environ:
        os.environ["OPENBLAS_CORETYPE"] = "Haswell"
        print("Debian's OpenBLAS does not know this processor: Haswell's kernels on both sides", flush=True)


choose_kernels()
# One thread on both sides, unless a row says otherwise.
ENVIRONMENT = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


class Run:
    """What was measured, and the table that comes of it."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.results = {}
        self.is_met = True

    def swift(self, suite):
        """Runs the Swift benchmarks of one suite; CCH_BENCHMARK_DATA names a folder that they share with the peers."""
        result = subprocess.run(
            ["swift", "package", "--allow-writing-to-directory", str(self.folder), "benchmark", "--target", suite,
             "--format", "jmh", "--path", str(self.folder), "--no-progress", "--quiet"],
            cwd=HERE, capture_output=True, text=True, env={**ENVIRONMENT, "CCH_BENCHMARK_DATA": str(self.folder)})
        if result.returncode != 0:
            sys.exit(f"error: the Swift benchmarks of {suite} failed\n{result.stdout[-2000:]}{result.stderr[-2000:]}")
        for file in self.folder.glob("*.jmh.json"):
            for entry in json.loads(file.read_text()):
                self.results[entry["benchmark"].split(".", 3)[-1].replace("_", " ")] = entry["secondaryMetrics"]
            file.unlink()
        if not self.results:
            sys.exit(f"error: {suite} gave no results; each of its benchmarks needs the metric .throughput\n{result.stdout}")

    def seconds(self, name):
        """The shortest time of one iteration of a Swift benchmark."""
        time = self.results[name]["Time (wall clock)"]
        scale = {"ns": 1e-9, "μs": 1e-6, "ms": 1e-3, "s": 1}[time["scoreUnit"].split(" ")[0]]
        return time["scorePercentiles"]["0.0"] * scale

    def memory(self, name):
        """The peak resident memory of a Swift benchmark, in bytes."""
        return self.results[name]["Memory (resident peak)"]["scorePercentiles"]["100.0"]

    def peer(self, script, *arguments, interpreter=PYTHON, packages=None):
        """The JSON document that a peer prints; `packages` is a folder of its own packages, as `install` gives it."""
        environment = {**ENVIRONMENT, "PYTHONPATH": str(packages)} if packages else ENVIRONMENT
        result = subprocess.run([str(interpreter), str(HERE / "peers" / script), *map(str, arguments)],
                                capture_output=True, text=True, env=environment)
        if result.returncode != 0:
            sys.exit(f"error: the peer {script} failed\n{result.stderr[-2000:]}")
        return json.loads(result.stdout)

    def install(self, requirements):
        """A folder with the packages of a list alone, for Debian's Python, so that they stand beside Debian's PyTorch."""
        folder = PYTHON.parents[1] / pathlib.Path(requirements).stem
        if not folder.exists():
            subprocess.run([str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps",
                            "--only-binary=:all:", "--python-version", "3.11", "--target", str(folder), "-r",
                            str(HERE / requirements)], check=True)
        return folder

    def cch(self, *arguments):
        """The JSON document that the tool prints, its seconds, and its peak memory in bytes."""
        start = time.perf_counter()
        process = subprocess.Popen([str(TOOL), *map(str, arguments), "--json", "--quiet"], stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL)
        text = process.stdout.read()
        _, _, usage = os.wait4(process.pid, 0)
        return json.loads(text), time.perf_counter() - start, usage.ru_maxrss * 1024

    def row(self, what, ours, peer, ratio, goal, met):
        """A line of the table; `met` is None where there is no goal."""
        word = {True: "yes", False: "NO", None: ""}[met]
        self.is_met = self.is_met and met is not False
        print(" ".join(str(cell).ljust(width) for cell, width in zip([what, ours, peer, ratio, goal, word], WIDTHS)),
              flush=True)

    def faster(self, what, ours, theirs, goal, at_least=0.0, unit="/s", peer=""):
        """A row for two rates, or, with the unit "s", for two times; `goal` is the ratio, `at_least` a rate of ours."""
        ratio = theirs / ours if unit == "s" else ours / theirs
        text = f"≥ {goal:g}×" + (f", ≥ {at_least:,.0f}{unit}" if at_least else "")
        self.row(what, figure(ours, unit), f"{figure(theirs, unit)} {peer}".strip(), f"{ratio:.3g}×", text,
                 ratio >= goal and ours >= at_least)

    def note(self, text):
        """A line below a row."""
        print("    " + text, flush=True)


def figure(value, unit):
    if unit == "s":
        return f"{value:.3g} s" if value >= 1 else f"{1e3 * value:.3g} ms" if value >= 1e-3 else f"{1e6 * value:.3g} µs"
    return (f"{value:,.0f}" if value >= 100 else f"{value:.3g}") + unit


def slope(sizes, costs):
    """The exponent of a power law through the points, by least squares in the logarithms."""
    from math import log
    xs, ys = [log(x) for x in sizes], [log(y) for y in costs]
    mx, my = statistics.mean(xs), statistics.mean(ys)
    return sum((x - mx) * (y - my) for x, y in zip(xs, ys)) / sum((x - mx) ** 2 for x in xs)


def main(names):
    known = sorted(file.stem for file in (HERE / "suites").glob("*.py"))
    for name in names:
        if name not in known:
            sys.exit(f"error: no suite {name}; the suites are {', '.join(known)}")
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", str(HERE / "venv")], check=True)
    subprocess.run([str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r",
                    str(HERE / "requirements.txt")], check=True)
    # The tool that people have, and none that is built anew.
    subprocess.run(["make", "build"], cwd=HERE.parent, check=True, stdout=subprocess.DEVNULL)
    sys.path.insert(0, str(HERE))
    with tempfile.TemporaryDirectory() as folder:
        run = Run(folder)
        run.row("what, one thread unless it says otherwise", "ours", "peer or limit", "ratio", "goal", None)
        for name in names or known:
            importlib.import_module(f"suites.{name}").measure(run)
    print("all goals met" if run.is_met else "some goals are not met")
    sys.exit(0 if run.is_met else 1)


if __name__ == "__main__":
    main(sys.argv[1:])

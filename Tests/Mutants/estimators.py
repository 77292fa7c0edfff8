#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tries `cch validate` on wrong and right estimators: each wrong one must fail, each right one pass.

    Tests/Mutants/estimators.py CCH [--match TEXT] [--seeds N] [--halves 0|1]

A right one fails by chance in at most 1 of 1,000 runs, but the seeds are fixed. --halves takes every other wrong one, and all right ones. Exit status 1 where one is misjudged.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import estimator_mutants as mutants

ROOT = pathlib.Path(__file__).resolve().parents[2]
# One program a core, each on one thread; and memory that numpy frees stays with the program, which takes half of the time where it is given back each time.
ENVIRONMENT = os.environ | {"OPENBLAS_NUM_THREADS": "1", "MALLOC_MMAP_THRESHOLD_": "100000000", "MALLOC_TRIM_THRESHOLD_": "400000000"}


def source(name, change):
    """The adapter with its parts replaced, or with another function in place of its own."""
    text = (ROOT / mutants.ADAPTER).read_text()
    if isinstance(change, str):
        start, end = text.index("def estimate"), text.index("\n\nfor line")
        return text[:start] + change + text[end:]
    for old, new in change:
        if old not in text:
            sys.exit(f"{name}: the adapter does not hold the text {old!r}")
        text = text.replace(old, new)
    return text


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("cch")
    parser.add_argument("--match", default="")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--halves", type=int, nargs="+", choices=(0, 1), default=(0, 1))
    options = parser.parse_args()
    cch, start = str(pathlib.Path(options.cch).resolve()), time.time()
    variants = [(True, *variant) for variant in mutants.RIGHT]
    variants += [(False, *variant) for number, variant in enumerate(mutants.WRONG) if number % 2 in options.halves]
    trials = [(seed, *variant) for variant in variants if options.match in variant[1] for seed in range(1, options.seeds + 1)]
    misjudged = 0
    with tempfile.TemporaryDirectory() as folder:

        def judge(trial):
            seed, is_right, name, arguments, change = trial
            program = pathlib.Path(folder) / f"{abs(hash(trial[:3]))}.py"
            program.write_text(source(name, change))
            run = subprocess.run(
                [cch, "validate", "--json", "--quiet", "--threads", "1", "--protocol", "lines", "--seed", str(seed),
                 "--time-limit", "20s", *arguments, "--", sys.executable, str(program)],
                capture_output=True, text=True, env=ENVIRONMENT)
            if run.returncode not in (0, 1):
                raise RuntimeError(f"{name}: cch validate ended with {run.returncode}: {run.stderr}")
            return json.loads(run.stdout)

        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for (seed, is_right, name, _, _), report in zip(trials, pool.map(judge, trials)):
                misjudged += report["ok"] != is_right
                verdict = "passes" if report["ok"] else "fails"
                mark = "" if report["ok"] == is_right else "MISJUDGED "
                # What says it best: the formula, else the first reason.
                reasons = report["failures"][-1:] if report["formula"] else report["failures"][:1]
                print(f"{mark}{verdict}  {name} (seed {seed}) {'; '.join(reasons)}"[:190], flush=True)
    print(f"{len(trials) - misjudged} of {len(trials)} estimators judged rightly, {time.time() - start:.0f} s")
    sys.exit(1 if misjudged else 0)


if __name__ == "__main__":
    main()

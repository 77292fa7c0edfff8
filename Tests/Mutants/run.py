#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tries the vectors on wrong variants of the adapters: each must be caught, and right ones, however they answer, must pass.

    Tests/Mutants/run.py CCH [--write PAGE] [--match TEXT] [--halves 0|1]

CCH is the built tool; --write makes the page that says which vectors and flags catch which mistake; --halves takes every other
mutant. Exit status 1 where a
mutant survives or a right adapter is accused.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import c_mutants
import python_mutants
import statement_mutants

ROOT = pathlib.Path(__file__).resolve().parents[2]


def conform(cch, command, operations=(), options=()):
    only = [word for operation in operations for word in ("--only", operation)]
    run = subprocess.run([cch, "conform", "--json", "--quiet", *only, *options, "--", *command], cwd=ROOT,
                         capture_output=True, text=True)
    if run.returncode not in (0, 1):
        sys.exit(f"cch conform ended with {run.returncode}: {run.stderr}")
    return json.loads(run.stdout)


def replaced(text, old, new, name):
    if old not in text:
        sys.exit(f"{name}: the adapter does not hold the text {old!r}")
    return text.replace(old, new)


def python_variant(folder, name, patches):
    text = (ROOT / python_mutants.ADAPTER).read_text()
    for old, new in patches:
        text = replaced(text, old, new, name)
    path = folder / "mutant.py"
    path.write_text(text)
    return ["python3", str(path)]


def c_variant(folder, name, patches):
    """Builds in a copy of the right adapter's build, so that only what changes is compiled."""
    build = folder / "c"
    shutil.copytree(folder.parent / "right-c", build)
    for file in {file for file, *_ in patches}:
        text = (build / file).read_text()
        for _, old, new in (patch for patch in patches if patch[0] == file):
            text = replaced(text, old, new, name)
        (build / file).write_text(text)
        (build / file).with_suffix(".o").unlink()
    make_c(build, name)
    return [str(build / "cch_lapack")]


def statement_variant(cch):
    """The exact oracle behind a filter."""
    return lambda folder, name, patches=None: ["python3", str(ROOT / "Tests/Mutants/statement_mutants.py"), cch, name]


def make_c(build, name):
    make = subprocess.run(["make", "-s", "CFLAGS=-std=gnu11 -O1 -w"], cwd=build, capture_output=True, text=True)
    if make.returncode:
        sys.exit(f"{name} does not compile: {make.stderr}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("cch")
    parser.add_argument("--write", type=pathlib.Path)
    parser.add_argument("--match", default="")
    parser.add_argument("--halves", type=int, nargs="+", choices=(0, 1), default=(0, 1))
    options = parser.parse_args()
    cch = str(pathlib.Path(options.cch).resolve())
    rows, survivors, accused, start = [], [], 0, time.time()
    variants = [(python_variant, m) for m in python_mutants.MUTANTS] + [(c_variant, m) for m in c_mutants.MUTANTS]
    # Wrong in how they answer: no operation shows it by itself.
    variants += [(python_variant, (name, "", patches)) for name, patches in python_mutants.CONDUCT]
    variants += [(statement_variant(cch), (name, "evaluate", None)) for name in statement_mutants.MUTANTS]
    variants = [(number, *variant) for number, variant in enumerate(variants)
                if options.match in variant[1][0] and number % 2 in options.halves]
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        shutil.copytree(ROOT / c_mutants.ADAPTER, folder / "right-c")
        make_c(folder / "right-c", "the right adapter")
        right = [("the adapter in C", lambda: [str(folder / "right-c/cch_lapack")])]
        right += [(name, lambda name=name, patches=patches: python_variant(folder, name, patches))
                  for name, patches in python_mutants.RIGHT]
        right += [(name, lambda name=name: statement_variant(cch)(folder, name)) for name in statement_mutants.RIGHT]
        for name, make in right:
            if options.match not in name:
                continue
            report = conform(cch, make(), options=["--random", "500", "--seed", "1"])
            wrong = len(report["failures"]) + report["random"]["total"]["failed"] + report["random"]["total"]["errored"]
            accused += max(wrong, 0 if report["ok"] else 1)
            print(f"right   {name}: {report['total']['passed']} passed, {report['random']['asked']} random cases, {wrong} accused",
                  flush=True)

        def trial(variant):
            number, make, (name, operations, patches) = variant
            own = folder / str(number)
            own.mkdir()
            report = conform(cch, make(own, name, patches), operations.split())
            shutil.rmtree(own)
            return name, report

        name_operations = {variant[2][0]: variant[2][1] for variant in variants}
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for name, report in pool.map(trial, variants):
                rows.append((name, report))
                # Every operation that has the mistake must show it.
                silent = [o["operation"] for o in report["operations"] if o["failed"] + o["errored"] == 0]
                if not name_operations[name]:
                    silent = ["the whole"] if report["ok"] else []
                if silent:
                    survivors.append(f"{name}: not seen in {', '.join(silent)}")
                mistakes = [text for d in report["diagnoses"] for text in d["mistakes"]] + report["breaches"]
                print(f"{'SURVIVES' if silent else 'caught'}  {name}: {len(report['failures'])} vectors; {mistakes[:1]}",
                      flush=True)
    if options.write and not options.match and set(options.halves) == {0, 1}:
        options.write.write_text(page(rows, accused))
    print(f"{len(rows) - len(survivors)} of {len(rows)} mutants caught, {accused} false accusations, "
          f"{time.time() - start:.0f} s")
    for survivor in survivors:
        print("survives:", survivor)
    sys.exit(1 if survivors or accused else 0)


def page(rows, accused):
    lines = [
        "# Mistakes that the vectors catch", "",
        "Wrong variants of the reference adapters, each a mistake that people make, and what the vectors say about them.", "",
        "## Overview", "",
        f"`make mutants` tries {len(rows)} variants and writes this page; every one is caught in every operation that has the "
        f"mistake, and the right adapters are never accused ({accused} false accusations). The diagnosis is the first line that "
        "`cch conform` prints about the operation.", "",
        "| mistake | operation | wrong | first vectors | flags | diagnosis |", "|---|---|---|---|---|---|",
    ]
    for name, report in rows:
        if len(report["operations"]) == len(report["diagnoses"]) > 8 or report["breaches"]:
            # The same in every operation: one line.
            what = (report["breaches"] or report["diagnoses"][0]["mistakes"] or ["–"])[0].replace("|", "\\|")
            wrong = report["total"]["failed"] + report["total"]["errored"]
            lines.append(f"| {name} | all | {wrong}/{report['total']['passed'] + wrong} | | | {what} |")
            continue
        for diagnosis in report["diagnoses"]:
            operation = diagnosis["operation"]
            ids = [f["id"].rsplit("-", 1)[1] for f in report["failures"] if f["operation"] == operation]
            flags = ", ".join(flag["flag"] for flag in diagnosis["flags"][:2])
            says = (diagnosis["mistakes"] or ["–"])[0].replace("|", "\\|")
            lines.append(f"| {name.replace('|', chr(92) + '|')} | {operation} | {diagnosis['wrong']}/{diagnosis['judged']} | "
                         f"{', '.join(ids[:3])} | {flags} | {says} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()

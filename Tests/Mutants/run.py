#!/usr/bin/env python3
"""Tries the vectors on wrong variants of the adapters: each must be caught, and the right adapters must pass.

    Tests/Mutants/run.py CCH [--write PAGE] [--match TEXT]

CCH is the built tool; --write makes the page that says which vectors and flags catch which mistake. Exit status 1 where a
mutant survives or a right adapter is accused.
"""
import argparse
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import c_mutants
import python_mutants

ROOT = pathlib.Path(__file__).resolve().parents[2]


def conform(cch, command, operations=()):
    only = [word for operation in operations for word in ("--only", operation)]
    run = subprocess.run([cch, "conform", "--json", "--quiet", *only, "--", *command], cwd=ROOT, capture_output=True,
                         text=True)
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
    build = folder / "c"
    if not build.exists():
        shutil.copytree(ROOT / c_mutants.ADAPTER, build)
    sources = {path.name: path.read_text() for path in (ROOT / c_mutants.ADAPTER).glob("*.c")}
    for file, old, new in patches:
        sources[file] = replaced(sources[file], old, new, name)
    for file, text in sources.items():
        path = build / file
        if path.read_text() != text:
            path.write_text(text)
            path.with_suffix(".o").unlink(missing_ok=True)
    make = subprocess.run(["make", "-s", "CFLAGS=-std=gnu11 -O1 -w"], cwd=build, capture_output=True, text=True)
    if make.returncode:
        sys.exit(f"{name} does not compile: {make.stderr}")
    return [str(build / "cch_lapack")]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("cch")
    parser.add_argument("--write", type=pathlib.Path)
    parser.add_argument("--match", default="")
    options = parser.parse_args()
    cch = str(pathlib.Path(options.cch).resolve())
    rows, survivors, accused, start = [], [], 0, time.time()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        for command in (python_variant(folder, "right", []), c_variant(folder, "right", [])):
            report = conform(cch, command)
            accused += len(report["failures"])
            print(f"{report['name']}: {report['total']['passed']} passed, {len(report['failures'])} accused")
        variants = [(python_variant, m) for m in python_mutants.MUTANTS] + [(c_variant, m) for m in c_mutants.MUTANTS]
        for make, (name, operations, patches) in variants:
            if options.match not in name:
                continue
            report = conform(cch, make(folder, name, patches), operations.split())
            rows.append((name, report))
            # Every operation that has the mistake must show it.
            silent = [o["operation"] for o in report["operations"] if o["failed"] + o["errored"] == 0]
            if silent:
                survivors.append(f"{name}: not seen in {', '.join(silent)}")
            mistakes = [text for d in report["diagnoses"] for text in d["mistakes"]]
            print(f"{'SURVIVES' if silent else 'caught'}  {name}: {len(report['failures'])} vectors; {mistakes[:1]}")
    if options.write and not options.match:
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

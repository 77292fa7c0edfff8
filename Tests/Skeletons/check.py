#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes each program to start from, and does with it what `cch conform --init` says is to be done.

usage: check.py CCH [--all]

Where the language is on this machine the program is built and judged by the very commands that are printed: every vector of ksg that is
not for exact programs must pass, and every other vector be skipped. With --all only Julia, which Debian 12 does not
have, may be missing; with Julia 1.5 of Debian 11 it passes.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
#: What each language needs: programs, and a command that succeeds where its package is installed.
NEEDS = {
    "python": (["python3"], None),
    "r": (["Rscript"], ["Rscript", "-e", "library(jsonlite)"]),
    "julia": (["julia"], None),
    "node": (["node"], None),
    "c": (["cc"], ["cc", "-fsyntax-only", "-include", "cjson/cJSON.h", "-x", "c", "/dev/null"]),
    "swift": (["swiftc"], None),
}
#: Not in Debian 12, so that not even --all asks for it.
ELSEWHERE = {"julia"}


def is_here(language):
    programs, probe = NEEDS[language]
    return all(map(shutil.which, programs)) and (probe is None or subprocess.run(probe, capture_output=True).returncode == 0)


def vector_counts():
    """How many vectors ask ksg of a program in floating point, and how many there are besides: counted in the files."""
    asked = others = 0
    for file in (ROOT / "fixtures/vectors").glob("*.json"):
        document = json.loads(file.read_text(encoding="utf8"))
        for test in document["tests"]:
            if document["operation"] == "ksg" and not test["exact_only"]:
                asked += 1
            else:
                others += 1
    return asked, others


def operations():
    return {json.loads(file.read_text(encoding="utf8"))["operation"] for file in (ROOT / "fixtures/vectors").glob("*.json")}


def commands(advice, word):
    """The lines of the advice that are commands of a shell (two blanks), or steps of a workflow."""
    if word == "shell":
        return re.findall(r"^  (\S.*)$", advice, re.M)
    return [step for step in re.findall(r"^ +- run: (.*)$", advice, re.M) if not step.startswith("pip ")]


def problems(language, run):
    """What is wrong with the program to start from in this language; None where it cannot be run here."""
    written = run(f"cch conform --init {language}")
    if written.returncode != 0:
        return [f"--init ends with {written.returncode}: {written.stderr}"]
    found = []
    (program,) = run.folder.iterdir()
    text = program.read_text(encoding="utf8")
    missing = sorted(name for name in operations() - {"ksg"} if not re.search(rf"\b{name}\b", text))
    if missing:
        found.append(f"{program.name} does not name {', '.join(missing)}")
    if "SPDX-License-Identifier: MIT" not in text or "@" + "OTHERS@" in text:
        found.append(f"{program.name}: no licence, or a mark that was not replaced")
    again = run(f"cch conform --init {language}")
    if again.returncode != 2 or program.name not in again.stderr or program.read_text(encoding="utf8") != text:
        found.append("a second --init must refuse with status 2 and leave the file as it is")
    if not is_here(language):
        return found or None
    for word in ("shell", "workflow"):
        *building, judging = commands(written.stdout, word)
        for command in building:
            done = run(command)
            if done.returncode != 0 or done.stderr:
                return [*found, f"{command}: {done.returncode} {done.stderr}"]
        # The document of the command as it is printed.
        done = run(judging.replace("cch conform ", "cch conform --json ", 1))
        if done.returncode not in (0, 1) or done.stderr:
            found.append(f"{judging}: status {done.returncode}: {done.stderr}")
            continue
        document, (asked, others) = json.loads(done.stdout), vector_counts()
        expected = {"passed": asked, "failed": 0, "skipped": others, "errored": 0}
        if document["total"] != expected or done.returncode != 0 or document["breaches"] or document["remarks"]:
            mistakes = [mistake for diagnosis in document["diagnoses"] for mistake in diagnosis["mistakes"]]
            found.append(f"{judging}: {document['total']} in place of {expected}; {mistakes[:3]}")
    return found


def shell(folder, tool):
    """A function that runs a command in a folder, with `cch` on the path as whoever follows the advice has it."""
    binaries = folder / "bin"
    binaries.mkdir()
    (binaries / "cch").symlink_to(tool)
    work = folder / "work"
    work.mkdir()
    environment = {**os.environ, "PATH": f"{binaries}:{os.environ['PATH']}", "CCH_FIXTURES": str(ROOT / "fixtures")}

    def run(command):
        return subprocess.run(["bash", "-c", command], cwd=work, env=environment, text=True, capture_output=True,
                              stdin=subprocess.DEVNULL, timeout=300)
    run.folder = work
    return run


def main(tool, *options):
    failed, ran = False, 0
    for language in NEEDS:
        with tempfile.TemporaryDirectory() as folder:
            found = problems(language, shell(pathlib.Path(folder), pathlib.Path(tool).resolve()))
        if found is None and "--all" in options and language not in ELSEWHERE:
            found = ["it is not on this machine"]
        print(f"{language:8}", "written; not on this machine, so not run" if found is None else "; ".join(found) or "passes one operation")
        failed, ran = failed or bool(found), ran + (found == [])
    print(f"{ran} of {len(NEEDS)} programs to start from were run")
    sys.exit(failed)


if __name__ == "__main__":
    main(*sys.argv[1:])

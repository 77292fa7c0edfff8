#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the commands that the documentation shows and compares what they print with what it says that they print.

usage: check.py [DOCUMENT…]    by default README.md and every page of the libraries' documentation

A transcript is a fenced block without a language whose commands begin with "$ "; a line that ends in \\ goes on. In what
follows a command, a line "…" stands for any lines and "…" within a line for any text. Blanks count as one blank; times and threads
count as equal. `cch` is the one in .build/release. A block ```python whose first line is "# NAME.py" is there as that file. Commands that install, that build, or
that take minutes (`make`, `pip`, `swift`, `git`, `sudo`) are not run.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
NOT_RUN = re.compile(r"(sudo |make\b|pip\b|swift\b|git\b|cd\b|apt)|.*\b(CCH_\w+=\S+ )?swift test\b")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.S | re.M)
TIME = re.compile(r"\d[\d,.]* ?(ms|s|min|seconds|instances|threads)\b|\b[\d,]+ a second")


class Transcript:
    """One command and the lines that the documentation says it prints."""

    def __init__(self, command):
        self.command, self.expected = command, []

    def is_run(self):
        return not NOT_RUN.match(self.command.replace("\\\n", " "))

    def difference(self, folder):
        """Why the command does not print what is shown; nothing where it does."""
        done = subprocess.run(["bash", "-c", f"PATH={ROOT}/.build/release:$PATH; {self.command}"], cwd=folder, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=600)
        pattern = re.compile("".join(map(line_pattern, self.expected)) + r"\Z", re.S)
        printed = "".join(folded(line) + "\n" for line in done.stdout.splitlines())
        if not self.expected or pattern.match(printed):
            return None
        return f"$ {self.command}\n--- shown\n" + "\n".join(self.expected) + f"\n--- printed\n{done.stdout}"


def folded(line):
    return TIME.sub("TIME", " ".join(line.split()))


def line_pattern(line):
    if line.strip() == "…":
        return r"(?:[^\n]*\n)*?"
    return r"[^\n]*".join(re.escape(part) for part in folded(line).split("…")) + r"\n"


def transcripts(text):
    for language, block in BLOCK.findall(text):
        if language or not block.startswith("$ "):
            continue
        current, continues = None, False
        for line in block.splitlines():
            if continues:
                current.command += "\n" + line
            elif line.startswith("$ "):
                if current:
                    yield current
                current = Transcript(line[2:])
            else:
                current.expected.append(line)
                continue
            continues = line.endswith("\\")
        yield current


def shown_files(text):
    for language, block in BLOCK.findall(text):
        name = re.match(r"# ([\w.-]+\.py)\n", block)
        if language == "python" and name:
            yield name[1], block


def main(arguments):
    documents = [pathlib.Path(a).resolve() for a in arguments] or [
        ROOT / "README.md", *sorted(ROOT.glob("Sources/**/*.docc/*.md"))]
    run, skipped, wrong = 0, 0, []
    for document in documents:
        text = document.read_text(encoding="utf8")
        with tempfile.TemporaryDirectory() as folder:
            for entry in ROOT.iterdir():
                (pathlib.Path(folder) / entry.name).symlink_to(entry)
            for name, block in shown_files(text):
                (pathlib.Path(folder) / name).write_text(block, encoding="utf8")
            for transcript in transcripts(text):
                if not transcript.is_run():
                    skipped += 1
                    continue
                run += 1
                difference = transcript.difference(folder)
                if difference:
                    wrong.append(f"{document.relative_to(ROOT)}: {difference}")
    print("\n".join(wrong) + "\n" if wrong else "", end="")
    print(f"transcripts: {run - len(wrong)} of {run} as shown, {skipped} not run")
    sys.exit(1 if wrong or not run else 0)


main(sys.argv[1:])

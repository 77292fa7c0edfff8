#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every source says its licence in its first lines (SPDX): MIT where a folder has a LICENSE of its own, else GPL-3.0-or-later.

usage: licences.py            exit status 1 where one does not, or says another
       licences.py --write    write the line where it is missing
"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMMENT = {".swift": "// {}", ".c": "// {}", ".h": "// {}", ".py": "# {}", ".sh": "# {}", ".v": "(* {} *)"}
LINE = re.compile(r"SPDX-License-Identifier: ([\w.-]+)")
#: What test suites of others may import.
MIT = ["python", "Sources/Testing", "Sources/Foundations/Statistics", "Sources/Foundations/SeededRuns", "Sources/Foundations/Spawning", "examples/coverage", "examples/generatable", "examples/properties", "fixtures/skeletons"]


def licence(path):
    return "MIT" if any(path.is_relative_to(folder) for folder in MIT) else "GPL-3.0-or-later"


def said(text):
    found = LINE.search("\n".join(text.splitlines()[:4]))
    return found and found[1]


def written(text, suffix, name):
    """The text with its line: first, but after what tells the system how to run or to build it."""
    lines = text.splitlines(keepends=True)
    place = 1 if lines and (lines[0].startswith("#!") or "swift-tools-version" in lines[0]) else 0
    lines.insert(place, COMMENT[suffix].format(f"SPDX-License-Identifier: {name}") + "\n")
    return "".join(lines)


def main(arguments):
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\n")
    wrong = []
    for path in (pathlib.Path(f) for f in files):
        if path.suffix not in COMMENT or path.is_relative_to("proofs/generated") or not (ROOT / path).exists() or (ROOT / path).stat().st_size == 0:
            continue
        text = (ROOT / path).read_text(encoding="utf8")
        if said(text) is None and arguments == ["--write"]:
            (ROOT / path).write_text(written(text, path.suffix, licence(path)), encoding="utf8")
        elif said(text) != licence(path):
            wrong.append(f"{path}: says {said(text) or 'no licence'}; here it is SPDX-License-Identifier: {licence(path)}")
    print("\n".join(wrong), end="\n" if wrong else "", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

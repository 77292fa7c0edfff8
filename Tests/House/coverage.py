#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints which share of each room's lines the tests reach, from what `swift test --enable-code-coverage` left."""
import collections
import json
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]


def main():
    path = subprocess.run(["swift", "test", "--show-codecov-path"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    report = json.loads(pathlib.Path(path.strip()).read_text(encoding="utf8"))
    reached, lines = collections.Counter(), collections.Counter()
    for file in report["data"][0]["files"]:
        place = pathlib.Path(file["filename"])
        if place.is_relative_to(ROOT / "Sources"):
            parts = place.relative_to(ROOT / "Sources").parts
            room = parts[0] if len(parts) == 2 or parts[0] == "cch" else parts[1]
            reached[room] += file["summary"]["lines"]["covered"]
            lines[room] += file["summary"]["lines"]["count"]
    for room in sorted(lines, key=lambda r: reached[r] / lines[r]):
        print(f"{room:20} {reached[room] / lines[room]:6.1%}  of {lines[room]:6,} lines")
    print(f"{'all':20} {sum(reached.values()) / sum(lines.values()):6.1%}  of {sum(lines.values()):6,} lines")


main()

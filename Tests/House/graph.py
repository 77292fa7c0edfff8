#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints which module uses which, lowest floor first, and checks that each target declares exactly what it imports,
and nothing from a later folder of Sources; and that the rooms exist which `make build` does not optimize.

usage: graph.py            the picture
       graph.py --check    exit status 1 where a declaration is wrong, or the picture in CONTRIBUTING.md is another
       graph.py --write    write the declarations of Package.swift as the imports are, and the picture

A module stands one floor above the highest that it uses. SwiftPM itself refuses cycles.
"""
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
#: The folders of Sources in the order of the manifest.
FLOOR = re.compile(r'^  "(\w+)": \[', re.M)
IMPORT = re.compile(r"^(?:@\w+(?:\([^)]*\))? )*(?:(?:public|package|internal|private|fileprivate) )?import (?:(?:struct|func|enum|class|protocol) )?(\w+)", re.M)
#: What the toolchain brings.
TOOLCHAIN = {"Foundation", "FoundationXML", "Dispatch", "Testing", "Glibc", "Darwin", "Synchronization", "XCTest", "FoundationEssentials"}


def package():
    dump = subprocess.run(["swift", "package", "dump-package"], cwd=ROOT, check=True, capture_output=True, text=True)
    return json.loads(dump.stdout)


def declared(target):
    return {next(iter(d.values()))[0] for d in target["dependencies"]}


def folder(target):
    named = target.get("path")
    return ROOT / (named or ("Tests" if target["type"] == "test" else "Sources") + "/" + target["name"])


def imported(target):
    return {module for file in folder(target).rglob("*.swift") if not excluded(target, file)
            for module in IMPORT.findall(file.read_text(encoding="utf8"))} - TOOLCHAIN


def above(targets):
    """Which module imports one of a later folder of Sources than its own."""
    order = FLOOR.findall((ROOT / "Package.swift").read_text(encoding="utf8"))
    height = {t["name"]: order.index(folder(t).relative_to(ROOT / "Sources").parts[0]) for t in targets if len(folder(t).relative_to(ROOT / "Sources").parts) > 1}
    return [f"{name} imports {used}, which stands on a later floor" for t in targets if (name := t["name"]) in height
            for used in sorted(declared(t) & height.keys()) if height[used] > height[name]]


def unknown(targets):
    """What swiftc.sh leaves unoptimized and is no module: it would be optimized without a word."""
    listed = re.search(r'^unoptimized="(.*)"', (ROOT / "Tests/House/swiftc.sh").read_text(encoding="utf8"), re.M)[1].split()
    known = {t["name"] for t in targets}.union(*(declared(t) for t in targets))
    return [f"Tests/House/swiftc.sh lists {name}, which is no module" for name in listed if name not in known]


def excluded(target, file):
    return any((folder(target) / e) in file.parents or folder(target) / e == file for e in target.get("exclude", []))


def floors(targets):
    """The targets by floor, lowest first."""
    uses = {t["name"]: declared(t) & {u["name"] for u in targets} for t in targets}
    height = {}

    def floor(name):
        if name not in height:
            height[name] = 1 + max((floor(u) for u in uses[name]), default=-1)
        return height[name]

    for name in uses:
        floor(name)
    return [sorted(n for n in uses if height[n] == level) for level in range(max(height.values()) + 1)], uses


def picture(targets):
    """Each module with what it uses directly, less what it reaches through others."""
    levels, uses = floors(targets)

    def reach(name):
        return uses[name].union(*(reach(u) for u in uses[name])) if uses[name] else set()

    lines = []
    for level, names in enumerate(levels):
        for name in names:
            through = set().union(*(reach(u) for u in uses[name])) if uses[name] else set()
            direct = sorted(uses[name] - through)
            lines.append(f"{level}  {name}" + (" → " + ", ".join(direct) if direct else ""))
    return "\n".join(lines)


def write(targets):
    """Declares what each target imports: modules of this package and the products that it declares already."""
    manifest = (ROOT / "Package.swift").read_text(encoding="utf8")
    names = {t["name"] for t in targets}
    executables = {t["name"] for t in targets if t["type"] == "executable"}
    for target in targets:
        if target["type"] == "system":
            continue
        head = re.compile(r'(name: "%s",\s*dependencies: )\[(.*?)\](?=[,)])' % target["name"], re.S)
        found = head.search(manifest)
        if found:
            products = re.findall(r"\.product\([^)]*\)", found[2])
            used = (imported(target) & names - {target["name"]}) | (declared(target) & executables)
            listed = [f'"{name}"' for name in sorted(used)] + products
            manifest = manifest[:found.start()] + found[1] + "[" + ", ".join(listed) + "]" + manifest[found.end():]
    (ROOT / "Package.swift").write_text(manifest, encoding="utf8")
    subprocess.run(["swift", "format", "--in-place", "Package.swift"], cwd=ROOT, check=True)
    page = ROOT / "CONTRIBUTING.md"
    text = re.sub(r"```\n0  .*?```", lambda _: "```\n" + picture(rooms(package()["targets"])) + "\n```",
                  page.read_text(encoding="utf8"), flags=re.S)
    page.write_text(text, encoding="utf8")


def rooms(targets):
    return [t for t in targets if t["type"] in ("regular", "executable", "system") and folder(t).is_relative_to(ROOT / "Sources")]


def main(arguments):
    targets = package()["targets"]
    if arguments == ["--write"]:
        write(targets)
        targets = package()["targets"]
    products = rooms(targets)
    drawn = picture(products)
    print(drawn)
    executables = {t["name"] for t in targets if t["type"] == "executable"}
    wrong = []
    for target in targets:
        if target["type"] not in ("regular", "executable", "test"):
            continue
        missing, idle = imported(target) - declared(target) - {target["name"]}, declared(target) - imported(target)
        idle -= executables  # End-to-end tests run them.
        wrong += [f"{target['name']} imports {m} but does not declare it" for m in sorted(missing)]
        wrong += [f"{target['name']} declares {m} but does not import it" for m in sorted(idle)]
    wrong += above(products) + unknown(targets)
    if drawn not in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf8"):
        wrong.append("CONTRIBUTING.md has another picture of the modules")
    if wrong:
        print("\n".join(f"error: {w}" for w in wrong), file=sys.stderr)
    sys.exit(1 if wrong and arguments == ["--check"] else 0)


main(sys.argv[1:])

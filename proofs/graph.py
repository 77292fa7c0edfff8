#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes graph.json: which theorem and definition uses which, as Coq says in the .glob files that it writes beside what it compiles.

usage: graph.py            writes graph.json
       graph.py --check    exit status 1 where graph.json is another

It holds what the theorems of index.json reach. A reference belongs to the declaration that it stands behind; names of libraries,
notations and variables of sections are left out.
"""
import hashlib
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
KINDS = {"prf": "theorem", "def": "definition", "ind": "definition", "rec": "definition", "ax": "axiom", "coe": "definition"}
DECLARED = re.compile(r"(\w+) (\d+):\d+ (\S+) (\S+)$")
USED = re.compile(r"R(\d+):\d+ (Proofs\.\S+) (\S+) (\S+) (\w+)$")


def full(module, name):
    return name if module == "<>" else f"{module}.{name}"


def read():
    """The kind of every declaration, and what it uses, by file and name."""
    kinds, uses = {}, {}
    # A file that is no more may have left its .glob file.
    paths = [p for p in sorted(HERE.glob("*.glob")) + sorted(HERE.glob("generated/*.glob")) if p.with_suffix(".v").exists()]
    for path in paths:
        file, events = "", []
        for line in path.read_text(encoding="utf8").split("\n"):
            if line.startswith("DIGEST "):
                if line.split()[1] != hashlib.md5(path.with_suffix(".v").read_bytes()).hexdigest():
                    sys.exit(f"graph.py: {path.name} is older than its source; run make in this folder first")
            elif line.startswith("F"):
                file = line[1:]
            elif (used := USED.match(line)):
                events.append((int(used[1]), 1, (used[2], full(used[3], used[4]))))
            elif (declared := DECLARED.match(line)) and declared[1] in KINDS:
                events.append((int(declared[2]), 0, (file, full(declared[3], declared[4]), KINDS[declared[1]])))
        current = None
        for _, is_use, what in sorted(events):
            if not is_use:
                current = what[:2]
                kinds[current] = what[2]
                uses.setdefault(current, set())
            elif current and what != current:
                uses[current].add(what)
    return kinds, uses


def graph():
    kinds, uses = read()
    index = json.loads((HERE / "index.json").read_text(encoding="utf8"))
    todo = [("Proofs." + s["file"][len("proofs/"):-len(".v")].replace("/", "."), s["theorem"]) for s in index["statements"] + index["ahead"]]
    for theorem in todo:
        if kinds.get(theorem) != "theorem":
            sys.exit(f"graph.py: no .glob file declares the theorem {theorem[1]} of {theorem[0]}; run make in this folder first")
    reached = set()
    while todo:
        one = todo.pop()
        if one in kinds and one not in reached:
            reached.add(one)
            todo += uses[one]
    order = sorted(reached)
    place = {one: i for i, one in enumerate(order)}
    lines = ['    {"name": %s, "file": %s, "kind": "%s", "uses": %s}' % (
        json.dumps(name), json.dumps("proofs/" + file[len("Proofs."):].replace(".", "/") + ".v"), kinds[file, name],
        json.dumps(sorted(place[u] for u in uses[file, name] if u in place))) for file, name in order]
    return '{\n  "schema": "cch.proof-graph/1",\n  "declarations": [\n' + ",\n".join(lines) + "\n  ]\n}\n"


def main(arguments):
    path, text = HERE / "graph.json", graph()
    if "--check" in arguments:
        if not path.exists() or path.read_text(encoding="utf8") != text:
            sys.exit("graph.py: graph.json is not what Coq says; run make exports")
    else:
        path.write_text(text, encoding="utf8")


main(sys.argv[1:])

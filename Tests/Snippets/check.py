#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compiles every block of Swift in the README and in the documentation pages (make snippets).

usage: check.py [FILE…]

A block stands on its own: the module that the page belongs to is imported, and what else it supposes is said before it,
in a comment that no reader sees:

    <!-- given
    import ExactAlgebra
    let sigma: RationalMatrix
    -->

Statements are wrapped in a function; a block of declarations is a file. The modules must have been built (make
tests).
"""
import concurrent.futures
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / ".build/release/Modules"
BLOCK = re.compile(r"(?:^<!-- given\n(?P<given>.*?)^-->\n+)?^```swift\n(?P<code>.*?)^```", re.M | re.S)
IMPORT = re.compile(r"^import .*\n?", re.M)
DECLARATION = re.compile(r"^(?:@\w|(?:public |private )?(?:struct|func|enum|extension|actor|final class|class) )", re.M)


def blocks(page):
    text = page.read_text(encoding="utf8")
    for match in BLOCK.finditer(text):
        yield 1 + text[:match.start("code")].count("\n"), match["given"] or "", match["code"]


def program(page, given, code):
    """The Swift file that a block stands for."""
    imports = {"import Foundation\n"} | set(IMPORT.findall(given)) | set(IMPORT.findall(code))
    if page.parent.suffix == ".docc":
        imports.add(f"import {page.parent.stem}\n")
    given, code = IMPORT.sub("", given), IMPORT.sub("", code)
    if not DECLARATION.search(code):
        # What is given is a parameter, as far as it has a type and no value.
        parameters = re.findall(r"^(?:let|var) (\w+): ([^=\n]+)$", given, re.M)
        given = re.sub(r"^let \w+: [^=\n]+$", "", given, flags=re.M)
        given = re.sub(r"^var (\w+): [^=\n]+$", r"var \1 = \1", given, flags=re.M)
        inside = "\n".join(line for line in given.splitlines())
        code = f"func snippet({', '.join(f'{n}: {t}' for n, t in parameters)}) async throws {{\n{inside}\n{code}\n}}\n"
    else:
        code = given + "\n" + code
    return "".join(sorted(imports)) + code


def toolchain():
    paths = subprocess.run(["swiftc", "-print-target-info"], check=True, capture_output=True, text=True).stdout
    resources = pathlib.Path(re.search(r'"runtimeResourcePath": "([^"]+)"', paths)[1])
    return resources / "host/plugins/libTestingMacros.so"


def compiled(source, folder, macros):
    file = folder / "Snippet.swift"
    file.write_text(source, encoding="utf8")
    maps = [f"-I{m.parent}" for m in sorted([*ROOT.glob("Sources/*/*/module.modulemap"), *ROOT.glob("Sources/*/*/include/module.modulemap")])]
    run = subprocess.run(
        ["swiftc", "-typecheck", "-parse-as-library", "-swift-version", "6", "-suppress-warnings", "-I", BUILD, *maps,
         "-load-plugin-library", macros, file], capture_output=True, text=True)
    return "" if run.returncode == 0 else run.stderr


def main(names):
    pages = [pathlib.Path(n).resolve() for n in names] or [ROOT / "README.md", *sorted(ROOT.glob("Sources/**/*.docc/*.md"))]
    macros = toolchain()
    wrong, count = 0, 0
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(2) as pool:
        jobs = []
        for page in pages:
            for line, given, code in blocks(page):
                place = pathlib.Path(folder) / str(len(jobs))
                place.mkdir()
                jobs.append((page, line, pool.submit(compiled, program(page, given, code), place, macros)))
        for page, line, job in jobs:
            count += 1
            if errors := job.result():
                wrong += 1
                shown = "\n".join(l for l in errors.splitlines() if "error:" in l)
                print(f"{page.relative_to(ROOT)}:{line}: does not compile\n{shown or errors}", file=sys.stderr)
    print(f"{count} blocks of Swift compiled{f', {wrong} of them not' if wrong else ''}")
    return 1 if wrong or not count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

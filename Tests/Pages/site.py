#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the site: the state of the theory, a gallery of pages of real data and of the paper's experiments, and, where `make docs` has
made them, the pages of the libraries; an index of all; every link is checked.

    Tests/Pages/site.py CCH FOLDER [--docs FOLDER] [--quick] [--keep FOLDER]

Every page of the gallery has beside it the document that it was made of. Exit status 1 where a page cannot be made, is heavier than its
limit, or where a link leads nowhere. With --quick, small versions of the experiments; with --keep, documents stay in that folder, and are
taken from it where they are there.
"""
import argparse
import html
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
MPG, DIABETES = "fixtures/data/autompg.csv", "fixtures/data/diabetes.csv"
#: File, title, and the command whose results it shows; {quick} is --quick or nothing.
GALLERY = [
    ("autompg", "Auto MPG: which part of a car teaches the year?",
     ["advise", MPG, "--teacher", "displacement,horsepower", "--teacher", "weight", "--student", "acceleration,model_year", "--label", "mpg", "--seed", "1"]),
    ("autompg-explained", "Auto MPG, explained exactly for 12 rows",
     ["explain", "--data", MPG, "--teacher", "cylinders,displacement,horsepower,weight", "--student", "model_year", "--label", "mpg", "--n", "12", "--lambda", "1/2"]),
    ("diabetes", "Diabetes: does the blood serum teach the body?",
     ["advise", DIABETES, "--teacher", "s1,s2,s3,s4,s5,s6", "--student", "age,sex,bmi,bp", "--label", "progression", "--seed", "1"]),
    ("regression", "Auto MPG and diabetes: verdicts against trained students", ["experiment", "regression", "{quick}", "--seed", "1"]),
    ("synthetic", "The paper's synthetic regression", ["experiment", "synthetic", "{quick}", "--seed", "1"]),
    ("views", "mfeat: all ordered pairs of six views of digits", ["experiment", "views", "{quick}", "--seed", "1"]),
    ("images", "MNIST to MNIST-M", ["experiment", "images", "{quick}", "--seed", "1"]),
    ("student", "Simulated students on the exact curve", ["student", "fixtures/certificates/fixed-lambda.json", "--seed", "1"]),
    ("decision", "How many rows decide?", ["student", "fixtures/instances/first.json", "--decision", "--ns", "20,50,100,200,500", "--seed", "1"]),
    ("ksg1", "KSG's estimator against known truth", ["validate", "--estimator", "ksg1", "--seed", "1"]),
    ("conform", "This program against its own vectors", ["conform", "--", "{cch}", "oracle"]),
]


#: What pages may weigh, in kB: that of all claims, and one of results.
INDEX_LIMIT, PAGE_LIMIT = 500, 2000


def document(cch, words, path):
    """Writes what the command prints with --json, and says whether it was there already; its error, where data are missing."""
    if path.exists():
        return None
    place = words.index("--") if "--" in words else len(words)
    run = subprocess.run([cch, *words[:place], "--json", "--quiet", *words[place:]], cwd=ROOT, capture_output=True, text=True)
    if run.returncode == 2 and "make data" in run.stderr:
        return "needs the data that make data prepares"
    if run.returncode not in (0, 1):
        sys.exit(f"{' '.join(words)}: status {run.returncode}\n{run.stderr}")
    # As a whole or not at all: what is there is taken for complete.
    unfinished = path.with_suffix(".part")
    unfinished.write_text(run.stdout, encoding="utf8")
    unfinished.rename(path)
    return None


def gallery(cch, folder, documents, is_quick):
    """The pages that were made, file and title; those that could not be, with the reason; those that are too heavy."""
    made, missing, heavy = [], [], []
    print(f"{'page':20}{'kB':>8}{'s to compute':>14}{'s to make':>11}")
    for name, title, command in GALLERY:
        words = [w.replace("{cch}", str(cch)) for w in command if w != "{quick}" or is_quick]
        words = ["--quick" if w == "{quick}" else w for w in words]
        source, path = documents / f"{name}{'-quick' if '--quick' in words else ''}.json", folder / f"{name}.html"
        start, was_there = time.monotonic(), source.exists()
        reason = document(cch, words, source)
        if reason:
            missing.append((title, reason))
            continue
        computed = time.monotonic()
        shutil.copyfile(source, folder / f"{name}.json")
        subprocess.run([cch, "report", folder / f"{name}.json", "--html", path], check=True, cwd=ROOT)
        weight = path.stat().st_size / 1000
        if weight > PAGE_LIMIT:
            heavy.append(f"gallery/{name}.html: {weight:.0f} kB, {PAGE_LIMIT} are allowed")
        made.append((f"gallery/{name}.html", title))
        seconds = "kept" if was_there else f"{computed - start:.1f}"
        print(f"{name:20}{weight:8.1f}{seconds:>14}{time.monotonic() - computed:11.2f}", flush=True)
    return made, missing, heavy


def index(folder, groups, missing):
    """The first page, in the style of the others."""
    style = re.search(r"<style>.*?</style>", (folder / "theory/index.html").read_text(encoding="utf8"), re.S).group(0)
    parts = []
    for title, pages in groups:
        links = "".join(f'<li><a href="{html.escape(path)}">{html.escape(name)}</a></li>' for path, name in pages)
        parts.append(f"<h2>{html.escape(title)}</h2><ul>{links}</ul>")
    parts += [f'<p class="note">{html.escape(title)}: {html.escape(reason)}.</p>' for title, reason in missing]
    (folder / "index.html").write_text(
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>cch</title><link rel="icon" href="data:,">{style}</head><body><header><h1>cch: does distilling from that teacher help my student?</h1></header>'
        f'<main id="main">{"".join(parts)}</main></body></html>\n', encoding="utf8")


def broken_links(folder):
    """Links of our pages that lead nowhere; those of the libraries' pages are checked by DocC."""
    pages = [p for p in folder.rglob("*.html") if "docs" not in p.relative_to(folder).parts]
    ids = {p: set(re.findall(r' id="([^"]*)"', p.read_text(encoding="utf8"))) for p in pages}
    broken = []
    for page in pages:
        for link in re.findall(r'<a [^>]*href="([^"]*)"', page.read_text(encoding="utf8")):
            path, _, anchor = html.unescape(link).partition("#")
            target = (page.parent / path).resolve() if path else page
            target = target / "index.html" if target.is_dir() else target
            if not target.exists() or anchor and anchor not in ids.get(target, {anchor}):
                broken.append(f"{page.relative_to(folder)}: {link}")
    return broken


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("cch", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--docs", type=pathlib.Path, help="the pages of the libraries, as make docs writes them")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--keep", type=pathlib.Path, help="keep documents here, and take from here those that are there")
    arguments = parser.parse_args()
    cch, folder = arguments.cch.resolve(), arguments.folder.resolve()
    (folder / "gallery").mkdir(parents=True, exist_ok=True)
    temporary = tempfile.TemporaryDirectory(prefix="cch-site-")
    documents = (arguments.keep or pathlib.Path(temporary.name)).resolve()
    documents.mkdir(parents=True, exist_ok=True)
    verification = documents / "verify.json"
    document(cch, ["verify", "--seed", "1", "--cases", "20000"], verification)
    start = time.monotonic()
    subprocess.run([cch, "report", "--out", folder / "theory", verification], check=True, cwd=ROOT)
    weight = (folder / "theory/index.html").stat().st_size / 1000
    print(f"theory: {time.monotonic() - start:.2f} s, its index {weight:.1f} kB")
    made, missing, heavy = gallery(cch, folder / "gallery", documents, arguments.quick)
    heavy += [f"theory/index.html: {weight:.0f} kB, {INDEX_LIMIT} are allowed"] * (weight > INDEX_LIMIT)
    groups = [("The theory", [("theory/index.html", "All claims: what is true, what is false, and what shows it")]), ("Results to look at", made)]
    if arguments.docs and arguments.docs.is_dir():
        shutil.copytree(arguments.docs, folder / "docs", dirs_exist_ok=True)
        libraries = sorted(p for p in (folder / "docs").iterdir() if (p / "documentation" / p.name.lower() / "index.html").exists())
        groups.append(("The libraries", [(f"docs/{p.name}/documentation/{p.name.lower()}/index.html", p.name) for p in libraries]))
    index(folder, groups, missing)
    broken = broken_links(folder)
    for text in heavy + broken[:40]:
        print("✗", text)
    size = sum(p.stat().st_size for p in folder.rglob("*.html")) / 1000
    print(f"{len(list(folder.rglob('*.html')))} pages, {size:.0f} kB; {len(broken)} links lead nowhere. Begin with {folder / 'index.html'}")
    sys.exit(1 if broken or heavy else 0)


main()

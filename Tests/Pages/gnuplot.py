#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws the data of pictures again with gnuplot, and compares where marks and curves stand, to a pixel.

    Tests/Pages/gnuplot.py CCH

The documents are the samples of Tests/ReportingTests; CCH makes their pages. gnuplot gets the numbers of the document alone, and of our
picture only its frame and what the ends of the axes say; where each mark stands is its own computation. At last a mark is moved by two
pixels: that must be found out. Exit status 1 where something is wrong.
"""
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

import positions

SAMPLES = pathlib.Path(__file__).resolve().parents[1] / "ReportingTests/Documents"
#: Of every document the beginning of the titles of its pictures.
PICTURES = {
    "explain": ["Risk against the weight of the teacher"],
    "experiment": ["What the CCH looks at"],
    "experiment-images": ["Gain against ΔI: "],
    "synthetic": ["Gain against ΔI: ", "Error with and without: "],
    "student": ["Simulated risk on the exact curve"],
    "validate": ["Estimates against the truth"],
    "advise": ["Residuals: "],
    "hunt": ["How it became simple"],
}


def pictures(html):
    """The pictures of a page: title, size, frame, ticks of both axes, marks and curves within the frame."""
    for svg in re.findall(r"<svg class=\"plot\".*?</svg>", html, re.S):
        root = ET.fromstring(svg.replace(' xmlns="http://www.w3.org/2000/svg"', ""))
        axes = [re.findall(r"-?[0-9.]+", p.get("d")) for p in root.iter("path") if p.get("class") == "axis"]
        ticks = {g.get("data-axis"): [{"at": float(t.get("x" if g.get("data-axis") == "x" else "y")) - (0 if g.get("data-axis") == "x" else 4.5),
                                       "value": float(t.get("data-v"))} for t in g.iter("text")] for g in root.iter("g") if g.get("data-axis")}
        if len(axes) < 2 or "y" not in ticks:
            continue
        (left, bottom, right, _), (_, top, _, _) = [[float(n) for n in a] for a in axes[:2]]
        places = [tuple(map(float, re.findall(r"-?[0-9.]+", p.get("transform")))) for p in root.iter("path") if (p.get("class") or "").startswith("mark")]
        clipped = next(g for g in root.iter("g") if g.get("clip-path"))
        curves = [[tuple(map(float, pair.split())) for pair in re.split("[ML]", p.get("d"))[1:]] for p in clipped.iter("path") if p.get("class").startswith("line")]
        yield {"title": root.find("title").text, "size": tuple(float(n) for n in root.get("viewBox").split()[2:]), "frame": (left, right, top, bottom), "x": ticks["x"], "y": ticks["y"],
               # What stands above the frame is the legend.
               "marks": [m for m in places if m[1] > top - 1], "curves": curves}


def drawn(picture, commands, folder):
    """The SVG that gnuplot draws in the same frame over the same axes."""
    (width, height), (left, right, top, bottom) = picture["size"], picture["frame"]
    x, y = positions.Axis(picture["x"]), positions.Axis(picture["y"])
    script = [f"set terminal svg size {width},{height} fixed", f"set output '{folder}/out.svg'", "unset key", "unset border", "unset xtics", "unset ytics",
              f"set lmargin at screen {left / width!r}", f"set rmargin at screen {right / width!r}",
              f"set tmargin at screen {1 - top / height!r}", f"set bmargin at screen {1 - bottom / height!r}",
              f"set xrange [{x.value(left)!r}:{x.value(right)!r}]", f"set yrange [{y.value(bottom)!r}:{y.value(top)!r}]"]
    script += [f"set logscale {name}" for name, axis in (("x", x), ("y", y)) if axis.is_log]
    run = subprocess.run(["gnuplot"], input="\n".join(script + commands) + "\n", capture_output=True, text=True)
    if run.returncode:
        raise SystemExit(f"gnuplot: {run.stderr}")
    return (folder / "out.svg").read_text(encoding="utf8")


def wrong_marks(picture, document, folder):
    """How far off marks are that stand elsewhere than gnuplot's, and how many were compared."""
    points = positions.marks(picture, document)
    if not points:
        return [], 0
    (folder / "data").write_text("".join(f"{u!r} {v!r}\n" for u, v in points))
    svg = drawn(picture, [f"plot '{folder}/data' using 1:2 with points pointtype 7"], folder)
    theirs = [tuple(map(float, m)) for m in re.findall(r"<use xlink:href='#gpPt\d+' transform='translate\(([0-9.]+),([0-9.]+)\)", svg)]
    # gnuplot leaves out what lies beyond the frame, as we do.
    if len(theirs) != len(picture["marks"]):
        return [f"{picture['title']}: {len(picture['marks'])} marks, gnuplot has {len(theirs)}"], 0
    return [f"{picture['title']}: a mark at {a}, gnuplot's at {b}" for a, b in zip(picture["marks"], theirs) if math.dist(a, b) > 1], len(theirs)


def wrong_curve(picture, document, folder):
    """The same for R(λ), which gnuplot computes itself."""
    names = ("residual_variance", "teacher_residual_variance", "residual_covariance", "mismatch", "k")
    s, t, c, b, k = (repr(positions.number(document[n])) for n in names)
    svg = drawn(picture, ["set samples 2000", f"plot {s} + (x**2*{b} + {k}*({s} + 2*x*{c} + x**2*{t}))/(1 + x)**2 with lines"], folder)
    paths = [[tuple(map(float, pair.split(","))) for pair in re.findall(r"-?[0-9.]+,-?[0-9.]+", d)] for d in re.findall(r"<path stroke=[^>]* d='([^']*)'", svg)]
    theirs = max(paths, key=len)
    found = []
    for x, y in picture["curves"][-1]:
        near = min(theirs, key=lambda p: abs(p[0] - x))
        if abs(near[0] - x) < 1 and abs(near[1] - y) > 1:
            found.append(f"{picture['title']}: the curve at {x}, {y}, gnuplot's at {near}")
    return found, len(picture["curves"][-1])


def main():
    cch, found, compared = pathlib.Path(sys.argv[1]).resolve(), [], 0
    with tempfile.TemporaryDirectory(prefix="cch-gnuplot-") as name:
        folder = pathlib.Path(name)
        for sample, titles in PICTURES.items():
            file, page = SAMPLES / f"{sample}.json", folder / "page.html"
            subprocess.run([cch, "report", file, "--html", page], check=True)
            document, html = json.loads(file.read_text(encoding="utf8")), page.read_text(encoding="utf8")
            own = [p for p in pictures(html) if any(p["title"].startswith(t) for t in titles)]
            if not own:
                found.append(f"{sample}: there is no picture called {titles}")
            for picture in own:
                compare = wrong_curve if sample == "explain" else wrong_marks
                wrong, count = compare(picture, document, folder)
                found, compared = found + wrong, compared + count
                if count == 0:
                    found.append(f"{sample}: nothing was compared in {picture['title']}")
                if picture["marks"] and sample != "explain":
                    x, y = picture["marks"][0]
                    picture["marks"][0] = (x + 2, y)
                    if not wrong_marks(picture, document, folder)[0]:
                        found.append(f"{sample}: not found out: a mark two pixels off")
    for text in found[:40]:
        print("✗", text)
    print(f"{len(found)} things are wrong; {compared} places were compared with gnuplot's.")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes into a package beside the program: the fixtures that it reads, and the licences of all parts."""
import pathlib
import re
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[1]
#: What the program reads where it is installed; the large data sets stay in the repository.
FIXTURES = ["certificates", "corpus", "instances", "explain", "vectors", "claims", "classes", "skeletons", "schemas", "data/autompg.csv",
            "data/diabetes.csv", "data/README.md", "vector-digests.txt"]
#: What the program reads, or hands to another, beside its fixtures: of the proofs the index and the graph, and Ray's driver.
BESIDE = ["proofs/index.json", "proofs/graph.json", "python/campaign_ray.py"]
#: Archives that are linked into the program when it is made for a package, by the Debian package that they are of.
ARCHIVES = {"liblapacke.a": "liblapacke-dev", "libgsl.a": "libgsl-dev"}


def version():
    text = (ROOT / "python/pyproject.toml").read_text(encoding="utf8")
    return re.search(r'^version = "(.*)"', text, re.M)[1]


def program(tool, target):
    """The program without what only a debugger reads."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(tool, target)
    subprocess.run(["strip", "--strip-unneeded", target], check=True)


def data(folder):
    """Copies what the program reads into ``folder``, laid out as in the repository."""
    for name in [f"fixtures/{name}" for name in FIXTURES] + BESIDE:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=None if name == "fixtures/skeletons" else shutil.ignore_patterns("*.py"))
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)


def licences(libraries):
    """The licences of this project, of Swift's runtime and packages, and of ``libraries`` (paths of files of Debian packages).

    Returns:
        texts by name.
    """
    files = {"cch-GPL-3.0": ROOT / "LICENSE", "PropertyTesting-MIT": ROOT / "Sources/Testing/PropertyTesting/LICENSE",
             "swift": pathlib.Path(shutil.which("swift")).resolve().parents[1] / "share/swift/LICENSE.txt"}
    files.update({path.parent.name: path for path in sorted((ROOT / ".build/wheel/checkouts").glob("*/LICENSE*"))})
    for owner in sorted({*filter(None, map(owner_of, libraries)), *ARCHIVES.values()}):
        files[owner] = pathlib.Path("/usr/share/doc") / owner / "copyright"
    return {name: path.read_text(encoding="utf8", errors="replace") for name, path in files.items() if path.exists()}


def linked(tool):
    """The libraries that the program loads."""
    text = subprocess.run(["ldd", tool], check=True, capture_output=True, text=True).stdout
    return [pathlib.Path(path).resolve() for path in re.findall(r"=> (/\S+)", text)]


def owner_of(library):
    """The Debian package that a file is of; empty where there is none."""
    for path in (str(library), str(library).removeprefix("/usr")):
        found = subprocess.run(["dpkg", "-S", path], capture_output=True, text=True).stdout.split(":")[0]
        if found:
            return found
    return ""

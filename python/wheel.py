#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the wheel that carries the program: `make wheel`.

usage: wheel.py TOOL OUT

TOOL is the release binary, linked with the static standard library of Swift. The wheel holds the Python package, the program, the libraries
of C that it needs (auditwheel copies them and names the oldest glibc that will do), the fixtures that it reads, and the licences of
all parts. The whole is GPL-3.0-or-later, as the program is; the Python files in it stay MIT.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
#: What the program reads where it is installed; the large data sets stay in the repository.
FIXTURES = ["certificates", "corpus", "instances", "explain", "vectors", "claims", "classes", "skeletons", "schemas", "data/autompg.csv",
            "data/diabetes.csv", "data/README.md", "vector-digests.txt"]


def stage(tool, folder):
    """A source tree of the package with the program in it."""
    shutil.copytree(ROOT / "python", folder, ignore=shutil.ignore_patterns("tests", "dist", "build", "*.egg-info", "__pycache__"))
    package = folder / "src/cch"
    (package / "_bin").mkdir()
    shutil.copy2(tool, package / "_bin/cch")
    subprocess.run(["strip", "--strip-unneeded", package / "_bin/cch"], check=True)
    for name in FIXTURES:
        source, target = ROOT / "fixtures" / name, package / "fixtures" / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=None if name == "skeletons" else shutil.ignore_patterns("*.py"))
        elif source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    shutil.copy2(ROOT / "proofs/index.json", package / "fixtures/proofs.json")
    licences(tool, folder / "licences")
    project = (folder / "pyproject.toml").read_text(encoding="utf8")
    project = project.replace('license = {text = "MIT"}', 'license = {text = "GPL-3.0-or-later AND MIT"}')
    project = project.replace('cch = ["py.typed"]', 'cch = ["py.typed", "_bin/*", "fixtures/**/*"]')
    project += '\n[tool.setuptools]\nlicense-files = ["licences/*"]\n'
    (folder / "pyproject.toml").write_text(project, encoding="utf8")
    # A wheel with a program in it is of one platform, whatever the interpreter.
    (folder / "setup.py").write_text(
        "from setuptools import setup\nfrom setuptools.dist import Distribution\n\n\n"
        "class Binary(Distribution):\n    def has_ext_modules(self):\n        return True\n\n\nsetup(distclass=Binary)\n", encoding="utf8")


def licences(tool, folder):
    """Those of this project, of Swift's runtime and of every library that the wheel takes along."""
    folder.mkdir()
    shutil.copy2(ROOT / "LICENSE", folder / "cch-GPL-3.0.txt")
    shutil.copy2(ROOT / "Sources/Testing/PropertyTesting/LICENSE", folder / "PropertyTesting-MIT.txt")
    for name, path in (("swift", pathlib.Path(shutil.which("swift")).resolve().parents[1] / "share/swift/LICENSE.txt"),
                       *((p.parent.name, p) for p in sorted((ROOT / ".build/wheel/checkouts").glob("*/LICENSE.txt")))):
        if path.exists():
            shutil.copy2(path, folder / f"{name}.txt")
    linked = subprocess.run(["ldd", tool], check=True, capture_output=True, text=True).stdout
    for library in re.findall(r"=> (/\S+)", linked):
        real = pathlib.Path(library).resolve()
        owner = subprocess.run(["dpkg", "-S", real], capture_output=True, text=True).stdout.split(":")[0]
        owner = owner or subprocess.run(["dpkg", "-S", str(real).removeprefix("/usr")], capture_output=True, text=True).stdout.split(":")[0]
        text = pathlib.Path("/usr/share/doc") / owner / "copyright"
        if owner and text.exists():
            shutil.copy2(text, folder / f"{owner}.txt")


def main(tool, out):
    out = pathlib.Path(out).resolve()
    with tempfile.TemporaryDirectory() as folder:
        tree, raw = pathlib.Path(folder) / "tree", pathlib.Path(folder) / "raw"
        stage(pathlib.Path(tool).resolve(), tree)
        subprocess.run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--wheel-dir", raw, tree], check=True)
        (made,) = raw.glob("*.whl")
        # The tag of the interpreter goes: any Python 3 will do.
        subprocess.run([sys.executable, "-m", "wheel", "tags", "--remove", "--python-tag", "py3", "--abi-tag", "none",
                        "--platform-tag", "linux_x86_64", made], check=True, stdout=subprocess.DEVNULL)
        (made,) = raw.glob("*.whl")
        subprocess.run([sys.executable, "-m", "auditwheel", "repair", "--wheel-dir", out, made], check=True)
    for wheel in out.glob("*.whl"):
        print(f"{wheel} {wheel.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(*sys.argv[1:])

#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the wheel that carries the program: `make wheel`.

usage: wheel.py TOOL OUT

TOOL is the release binary, linked with the static standard library of Swift. The wheel holds the Python package, the program, the libraries
of C that it needs (auditwheel copies them and names the oldest glibc that will do), that glibc's version, the fixtures that it reads, and the licences
of all parts. The whole is GPL-3.0-or-later, as the program is; the Python files in it stay MIT. Beside it a source distribution, MIT, of the Python files alone.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / ".packaging"))
import contents  # noqa: E402 (its folder is put on the path above)


def stage(tool, folder):
    """A source tree of the package with the program in it."""
    package = sources(folder) / "src/cch"
    contents.program(tool, package / "_bin/cch")
    (package / "_bin/glibc").write_text(glibc(tool), encoding="utf8")
    contents.data(package)
    (folder / "licences").mkdir()
    for name, text in contents.licences(contents.linked(tool)).items():
        (folder / "licences" / f"{name}.txt").write_text(text, encoding="utf8")
    project = (folder / "pyproject.toml").read_text(encoding="utf8")
    project = project.replace('license = {text = "MIT"}', 'license = {text = "GPL-3.0-or-later AND MIT"}')
    project = project.replace('cch = ["py.typed"]', 'cch = ["py.typed", "_bin/*", "fixtures/**/*", "proofs/*", "python/*"]')
    project += '\n[tool.setuptools]\nlicense-files = ["licences/*"]\n'
    (folder / "pyproject.toml").write_text(project, encoding="utf8")
    # A wheel with a program in it is of one platform, whatever the interpreter.
    (folder / "setup.py").write_text(
        "from setuptools import setup\nfrom setuptools.dist import Distribution\n\n\n"
        "class Binary(Distribution):\n    def has_ext_modules(self):\n        return True\n\n\nsetup(distclass=Binary)\n", encoding="utf8")


#: What wheels for Linux may expect of the system, by the Debian package that it is of.
SYSTEM = {"libc6", "libgcc-s1", "libstdc++6", "zlib1g"}


def glibc(tool):
    """The oldest glibc that has all the symbols that the program and the libraries in the wheel take from it, as ``2.35``."""
    versions = set()
    for file in [pathlib.Path(tool), *contents.linked(tool)]:
        if contents.owner_of(file) not in SYSTEM:
            text = subprocess.run(["objdump", "-T", file], check=True, capture_output=True, text=True).stdout
            versions.update(re.findall(r"\*UND\*.*\(?GLIBC_([0-9]+)\.([0-9]+)", text))
    return ".".join(max(versions, key=lambda version: [int(part) for part in version]))


def sources(folder):
    """The Python package alone, as it stands in the repository."""
    ignored = shutil.ignore_patterns("tests", "dist", "build", "*.egg-info", "__pycache__", "wheel.py", "wheel-test.sh", "campaign_ray.py")
    shutil.copytree(ROOT / "python", folder, ignore=ignored)
    return folder


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
        # The name that pip goes by and the file that the package goes by must agree.
        needed = (tree / "src/cch/_bin/glibc").read_text(encoding="utf8").replace(".", "_")
        if not any(f"manylinux_{needed}_x86_64" in path.name for path in out.glob("cch_oracle-*.whl")):
            sys.exit(f"error: symbols ask for glibc {needed}, and the wheel is named otherwise: {[path.name for path in out.glob('*.whl')]}")
        # The sources of the Python package: of any platform, without the program.
        subprocess.run([sys.executable, "-c", "import sys; from setuptools import build_meta; build_meta.build_sdist(sys.argv[1])", out],
                       cwd=sources(pathlib.Path(folder) / "sdist"), check=True, stdout=subprocess.DEVNULL)
    for made in sorted(out.iterdir()):
        print(f"{made} {made.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(*sys.argv[1:])

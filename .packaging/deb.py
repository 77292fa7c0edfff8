#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a package for Debian and Ubuntu: `make deb`.

usage: deb.py TOOL OUT

TOOL is the release binary, linked with the static standard library of Swift. The package holds it with its fixtures in
/usr/share/cch, manual pages, completions for bash, zsh and fish, and the licences of all parts; what it depends on is what dpkg-shlibdeps finds.
"""
import gzip
import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile

import contents
import manpages

MAINTAINER = "The cch maintainers <cch@localhost>"
DESCRIPTION = """exact truth about distilling from a teacher modality, and about estimators of information
 Decides in exact arithmetic whether distilling from a teacher modality helps a
 student, tests claims about it and finds counterexamples, advises on one's own
 data, judges estimators of mutual information against known truth, and other
 implementations against vectors with exact answers."""
COMPLETIONS = {"bash": "usr/share/bash-completion/completions/cch", "zsh": "usr/share/zsh/vendor-completions/_cch",
               "fish": "usr/share/fish/vendor_completions.d/cch.fish"}


def write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def compressed(text):
    # Without a time, so that the same sources make the same bytes.
    return gzip.compress(text.encode(), 9, mtime=0)


def stage(tool, tree):
    contents.program(tool, tree / "usr/bin/cch")
    contents.data(tree / "usr/share/cch")
    for shell, place in COMPLETIONS.items():
        write(tree / place, subprocess.run([tool, "--generate-completion-script", shell], check=True, capture_output=True).stdout)
    with tempfile.TemporaryDirectory() as folder:
        manpages.main(tool, folder)
        for page in pathlib.Path(folder).iterdir():
            write(tree / f"usr/share/man/man1/{page.name}.gz", compressed(page.read_text(encoding="utf8")))
    parts = contents.licences(contents.linked(tool))
    text = "".join(f"{'=' * 100}\n{name}\n{'=' * 100}\n\n{text}\n" for name, text in parts.items())
    write(tree / "usr/share/doc/cch/copyright", text.encode())
    write(tree / "usr/share/doc/cch/changelog.gz", compressed((contents.ROOT / "CHANGELOG.md").read_text(encoding="utf8")))
    for folder, _, files in os.walk(tree):
        os.chmod(folder, 0o755)
        for name in files:
            os.chmod(os.path.join(folder, name), 0o755 if name == "cch" and folder.endswith("bin") else 0o644)


def dependencies(tree):
    """What dpkg-shlibdeps finds; it wants the beginnings of a source package around it."""
    with tempfile.TemporaryDirectory() as folder:
        write(pathlib.Path(folder) / "debian/control", b"Source: cch\n\nPackage: cch\nArchitecture: any\n")
        found = subprocess.run(["dpkg-shlibdeps", "-O", f"-e{tree / 'usr/bin/cch'}"], cwd=folder, check=True, capture_output=True, text=True)
    return found.stdout.strip().removeprefix("shlibs:Depends=")


def control(tree):
    """The files of DEBIAN."""
    files = sorted(path for path in tree.rglob("*") if path.is_file())
    architecture = subprocess.run(["dpkg", "--print-architecture"], check=True, capture_output=True, text=True).stdout.strip()
    size = sum(path.stat().st_size for path in files) // 1024
    sums = "".join(f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(tree)}\n" for path in files)
    fields = (f"Package: cch\nVersion: {contents.version()}\nArchitecture: {architecture}\nMaintainer: {MAINTAINER}\n"
              f"Installed-Size: {size}\nDepends: {dependencies(tree)}\nSuggests: python3, python3-numpy\nSection: science\n"
              f"Priority: optional\nDescription: {DESCRIPTION}\n")
    write(tree / "DEBIAN/control", fields.encode())
    write(tree / "DEBIAN/md5sums", sums.encode())
    os.chmod(tree / "DEBIAN", 0o755)
    return architecture


def main(tool, out):
    out, tool = pathlib.Path(out).resolve(), pathlib.Path(tool).resolve()
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        tree = pathlib.Path(folder) / "tree"
        stage(tool, tree)
        package = out / f"cch_{contents.version()}_{control(tree)}.deb"
        subprocess.run(["dpkg-deb", "--root-owner-group", "-Zxz", "--build", tree, package], check=True, stdout=subprocess.DEVNULL)
    print(f"{package} {package.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(*sys.argv[1:])

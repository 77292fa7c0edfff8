# SPDX-License-Identifier: MIT
"""Which program is started: that of the package only where the loader will take it."""
import os
import pathlib
import shutil
import subprocess
import sys

import cch
import pytest
from cch import _tool

PACKAGE = pathlib.Path(cch.__file__).parent
HERE = os.confstr("CS_GNU_LIBC_VERSION").split()[1]


@pytest.fixture
def package(tmp_path):
    """A package as in a wheel, whose program tells that it ran; with the oldest glibc that is given."""
    def made(glibc):
        folder = tmp_path / "site"
        shutil.copytree(PACKAGE, folder / "cch", ignore=shutil.ignore_patterns("__pycache__", "fixtures", "_bin"), dirs_exist_ok=True)
        program = folder / "cch/_bin/cch"
        program.parent.mkdir(exist_ok=True)
        program.write_text("#!/bin/sh\necho ran \"$@\"\nexit 7\n")
        program.chmod(0o755)
        (program.parent / "glibc").write_text(glibc)
        environment = {name: value for name, value in os.environ.items() if name not in ("CCH_TOOL", "PYTHONPATH")}
        return dict(cwd=tmp_path, text=True, capture_output=True, env={**environment, "PYTHONPATH": str(folder), "PATH": "/nowhere"})
    return made


def start(options):
    return subprocess.run([sys.executable, "-m", "cch", "verify", "--quiet"], **options)


@pytest.mark.parametrize("needed", ["2.2", HERE])
def test_the_program_of_the_package_takes_this_ones_place(package, needed):
    done = start(package(needed))
    assert (done.returncode, done.stdout, done.stderr) == (7, "ran verify --quiet\n", "")


def test_a_glibc_too_old_is_one_line_and_status_2(package):
    needed = HERE.split(".")[0] + "." + str(int(HERE.split(".")[1]) + 100)
    done = start(package(needed))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"error: the program in this package needs glibc {needed} or newer, and here is glibc {HERE}; ")
    assert done.stderr.count("\n") == 1
    asked = subprocess.run([sys.executable, "-c", "import cch\ntry: cch.explain('x')\nexcept cch.CchError as error: print(error)"], **package(needed))
    assert f"needs glibc {needed} or newer" in asked.stdout and not asked.stderr


def test_where_there_is_no_glibc_the_line_says_so(monkeypatch, tmp_path):
    for missing in (ValueError("unrecognized configuration name"), None):
        def confstr(name):
            if missing is not None:
                raise missing
        monkeypatch.setattr(os, "confstr", confstr)
        assert _tool._glibc() == ()
    # As texts these would stand the other way round.
    monkeypatch.setattr(os, "confstr", lambda name: "glibc 2.9")
    assert _tool._glibc() == (2, 9) < (2, 36)

# SPDX-License-Identifier: MIT
"""Where the program is, and how it is run."""
from __future__ import annotations

import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
from typing import Any, Sequence

_PACKAGE = pathlib.Path(__file__).resolve().parent


class CchError(Exception):
    """The tool cannot be found, or it ended in a way that it should not."""


class UsageError(CchError, ValueError):
    """Input or options were refused: the message names the place and the rule."""


def tool() -> str:
    """The path of the program: ``CCH_TOOL``, the one in the wheel, one on the path, or that of the checkout around.

    Raises:
        CchError: where there is none.
    """
    named = os.environ.get("CCH_TOOL")
    if named:
        if os.access(named, os.X_OK):
            return named
        raise CchError(f"CCH_TOOL is {named}, which is no program")
    carried = _PACKAGE / "_bin" / "cch"
    is_carried = os.access(carried, os.X_OK)
    if is_carried and _glibc() >= _needed_glibc():
        return str(carried)
    built = [folder / ".build" / "release" / "cch" for folder in _PACKAGE.parents]
    for candidate in built:
        if os.access(candidate, os.X_OK):
            return str(candidate)
    # A console script of this package has the same name and would only come back here.
    found = shutil.which("cch")
    if found and not _is_script(found):
        return found
    if is_carried:
        # The loader would say it in a line for each symbol, after the program has taken this process's place.
        raise CchError("the program in this package needs glibc {}.{} or newer, and here is {}; use a newer system, or build the program here and set "
                       "CCH_TOOL".format(*_needed_glibc(), "glibc {}.{}".format(*_glibc()) if _glibc() else "none"))
    raise CchError("the program cch is not here: install the wheel that carries it (for Linux on x86-64 with the glibc that its name tells or a "
                   f"newer one; here is {_platform()}), put it on the path, or set CCH_TOOL")


def _glibc() -> "tuple[int, ...]":
    """The version of the glibc that this interpreter runs with; empty where it is another library."""
    try:
        name, _, version = (os.confstr("CS_GNU_LIBC_VERSION") or "").partition(" ")
        return tuple(int(part) for part in version.split(".")[:2]) if name == "glibc" else ()
    except (AttributeError, OSError, ValueError):
        return ()


def _needed_glibc() -> "tuple[int, ...]":
    """The oldest glibc that the program in this package runs with, as the wheel says it; empty where nothing is said."""
    named = _PACKAGE / "_bin" / "glibc"
    return tuple(int(part) for part in named.read_text(encoding="utf8").split(".")) if named.is_file() else ()


def _platform() -> str:
    import platform

    library, version = platform.libc_ver()
    return f"{platform.system()} on {platform.machine()} with {library or 'no glibc'} {version}".strip()


def _is_script(path: str) -> bool:
    with open(path, "rb") as file:
        return file.read(2) == b"#!"


def fixtures() -> pathlib.Path:
    """The folder of certificates, vectors and data that belongs to the tool.

    Raises:
        CchError: where there is none.
    """
    named = os.environ.get("CCH_FIXTURES")
    candidates = [pathlib.Path(named)] if named else [
        _PACKAGE / "fixtures",
        *(folder / place for folder in pathlib.Path(tool()).resolve().parents for place in ("fixtures", "share/cch/fixtures"))]
    for folder in candidates:
        if (folder / "vectors").is_dir():
            return folder
    raise CchError("no fixtures folder: set CCH_FIXTURES to the one of the project")


def environment() -> "dict[str, str]":
    """The environment in which the tool runs: it finds the fixtures that came with it."""
    variables = dict(os.environ)
    if "CCH_FIXTURES" not in variables and (_PACKAGE / "fixtures" / "vectors").is_dir():
        variables["CCH_FIXTURES"] = str(_PACKAGE / "fixtures")
    return variables


def run(arguments: Sequence[str], *, input: "str | None" = None) -> "tuple[int, Any]":
    """Runs ``cch`` with ``--json`` and reads its document.

    Returns:
        the exit status, 0 or 1, and the document.

    Raises:
        UsageError: for exit status 2, with the tool's one line.
        CchError: where it was interrupted, or printed no document.
    """
    done = subprocess.run(
        [tool(), arguments[0], "--json", *arguments[1:]], input=input, env=environment(), text=True, encoding="utf8",
        stdin=None if input is not None else subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return _document(done)


def _document(done: "subprocess.CompletedProcess[str]") -> "tuple[int, Any]":
    if done.returncode == 2:
        raise UsageError(done.stderr.strip().removeprefix("error: "))
    if done.returncode not in (0, 1):
        raise CchError(f"cch ended with status {done.returncode}: {done.stderr.strip()[-500:]}")
    try:
        return done.returncode, json.loads(done.stdout)
    except ValueError:
        raise CchError(f"cch printed no JSON document: {done.stdout[:200]!r} {done.stderr.strip()[-300:]}") from None


def run_on(name: str, text: str, command: Sequence[str], arguments: Sequence[str] = ()) -> "tuple[int, Any]":
    """Runs a command on a file that holds ``text`` for as long; what the tool says of the file is told by ``name``, as row where it is a line.

    Raises:
        UsageError: as :func:`run` does.
    """
    with tempfile.TemporaryDirectory(prefix="cch-") as folder:
        path = os.path.join(folder, name)
        with open(path, "w", newline="", encoding="utf8") as file:
            file.write(text)
        try:
            status, document = run([*command, path, *arguments])
        except UsageError as error:
            message = str(error).replace(path + ": ", "").replace(path, name)
            # The first line has the names, and Python counts from 0.
            raise UsageError(re.sub(r"\bline (\d+)", lambda line: f"row {int(line[1]) - 2}" if int(line[1]) > 1 else line[0], message)
                             if name.endswith(".csv") else message) from None
    return status, {key: name if item == path else item for key, item in document.items()}


def version() -> str:
    """What ``cch --version`` prints."""
    return subprocess.run([tool(), "--version"], check=True, capture_output=True, text=True).stdout.strip()

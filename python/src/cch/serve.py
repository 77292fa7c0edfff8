# SPDX-License-Identifier: MIT
"""``python -m cch.serve package.module:function …``: a program for ``cch validate --protocol lines --`` and ``cch conform --``.

A function without a mark is an estimator; ``operation=module:function`` serves it as that operation.
"""
from __future__ import annotations

import importlib
import os
import sys
from typing import Any

from ._serving import Served, estimator, operation, serve
from ._tool import UsageError


def loaded(text: str) -> Served:
    """The function that ``[operation=]module:attribute`` names.

    Raises:
        SystemExit: with one line that says what is not there.
    """
    wanted, _, path = text.rpartition("=")
    module, _, attribute = path.partition(":")
    if not module or not attribute:
        sys.exit(f"error: {text}: name it as module:function")
    try:
        target: Any = importlib.import_module(module)
        for part in attribute.split("."):
            target = getattr(target, part)
    except (ImportError, AttributeError) as error:
        sys.exit(f"error: {text}: {error}")
    if isinstance(target, Served):
        return target
    try:
        return operation(wanted)(target) if wanted else estimator(target)
    except UsageError as error:
        sys.exit(f"error: {text}: {error}")


def main() -> None:
    """Serves the functions that the command line names."""
    if len(sys.argv) < 2 or sys.argv[1] in ("-h", "--help"):
        print(__doc__.strip(), file=sys.stderr)
        sys.exit(0 if len(sys.argv) > 1 else 2)
    sys.path.insert(0, os.getcwd())
    serve([loaded(text) for text in sys.argv[1:]])


if __name__ == "__main__":
    main()

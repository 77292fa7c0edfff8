# SPDX-License-Identifier: MIT
"""The tutorial's snippets run, in order, in one namespace."""
import pathlib
import re

import pytest

pytest.importorskip("numpy")
README = pathlib.Path(__file__).resolve().parents[1] / "README.md"


def test_the_tutorial_runs():
    blocks = re.findall(r"^```python\n(.*?)^```$", README.read_text(encoding="utf8"), re.S | re.M)
    assert len(blocks) >= 5
    namespace = {}
    for block in blocks:
        exec(compile(block, str(README), "exec"), namespace)

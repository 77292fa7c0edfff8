# SPDX-License-Identifier: MIT
import os
import pathlib
import subprocess
import sys
from fractions import Fraction
from importlib.metadata import entry_points

import cch
import pytest

INSTANCE = {"sigma": [[2, 1, 2], [1, 1, 1], [2, 1, 4]], "p1": 1, "p2": 1, "w1": [1], "n": 3}


def moments(i):
    """(σε², k) by fractions, refusing what is invalid."""
    sigma = [[Fraction(x) for x in row] for row in i["sigma"]]
    p1, p2, n = i["p1"], i["p2"], i["n"]
    q = i.get("q", 1)
    if n <= p2 + 1 or len(sigma) != p1 + p2 + q or any(len(row) != len(sigma) for row in sigma) or min(p1, p2, q) < 1:
        raise ValueError("sizes")
    if len(i["w1"]) != p1 or any((len(r) if isinstance(r, list) else 1) != q for r in i["w1"]):
        raise ValueError("w1")
    if q == 1 and any(isinstance(r, list) for r in i["w1"]) and any(len(r) != 1 for r in i["w1"]):
        raise ValueError("w1")
    if any(sigma[a][b] != sigma[b][a] for a in range(len(sigma)) for b in range(a)):
        raise ValueError("not symmetric")
    order = [*range(p1, p1 + p2), *range(p1 + p2, p1 + p2 + q), *range(p1)]
    m = [[sigma[a][b] for b in order] for a in order]
    noise = Fraction(0)
    for step in range(len(m)):
        if m[step][step] <= 0:
            raise ValueError("not positive definite")
        if step == p2:
            noise = sum(m[p2 + j][p2 + j] for j in range(q))
        for row in range(step + 1, len(m)):
            factor = m[row][step] / m[step][step]
            m[row] = [x - factor * y for x, y in zip(m[row], m[step])]
    return noise, Fraction(p2, n - p2 - 1)


@cch.vectors("baseline_risk", exact=True)
def test_exact_baseline(cch_input):
    noise, k = moments(cch_input)
    return noise * (1 + k)


def test_oracle(cch_oracle):
    assert cch_oracle.ask("kd_risk", INSTANCE, **{"lambda": Fraction(1, 2)})["risk"] == Fraction(44, 9)
    assert cch_oracle.ask("kd_risk", INSTANCE, **{"lambda": 0.5})["risk"] == Fraction(44, 9)
    with pytest.raises(ValueError, match="p2"):
        cch_oracle.ask("baseline_risk", INSTANCE, n=2)


def pytest_run(folder, *arguments):
    """A run of its own; where the package is not installed, its plugin is named."""
    installed = any(point.value == "cch.pytest_plugin" for point in entry_points(group="pytest11"))
    plugin = [] if installed else ["-p", "cch.pytest_plugin"]
    return subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *plugin, *arguments], cwd=folder,
                          text=True, capture_output=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})


WRONG = '''
import cch
import sys
sys.path.insert(0, {tests!r})
from test_vectors import moments

@cch.vectors("baseline_risk")
def test_wrong(vector):
    noise, k = moments(vector.input)
    return float(noise * (1 + vector.input["p2"] / vector.input["n"]))
'''


def test_a_wrong_formula_fails_with_the_likely_mistake(tmp_path):
    (tmp_path / "test_mine.py").write_text(WRONG.format(tests=str(pathlib.Path(__file__).parent)))
    done = pytest_run(tmp_path)
    assert done.returncode == 1
    assert "likely mistake" in done.stdout and "off by" in done.stdout and "p2/(n−p2−1)" in done.stdout


RAISES = '''
import cch

@cch.vectors("baseline_risk")
def test_raises(vector):
    assert not vector.refuses, "refused"
    raise NotImplementedError("later")
'''


def test_a_function_that_raises_is_told_what_is_right(tmp_path):
    (tmp_path / "test_mine.py").write_text(RAISES)
    done = pytest_run(tmp_path)
    refused = sum(v.refuses for v in cch_vectors("baseline_risk"))
    assert done.returncode == 1 and f"{refused} passed" in done.stdout, done.stdout[-500:]
    assert "got: NotImplementedError: later" in done.stdout and "expected: risk = " in done.stdout


def test_known_failures_are_strict(tmp_path):
    (tmp_path / "test_mine.py").write_text(
        "import cch\n@cch.vectors('baseline_risk')\ndef test_all(vector):\n    return 1.0\n")
    ids = [v.id for v in cch_vectors("baseline_risk")]
    (tmp_path / "known").write_text("\n".join(["# all of them", *ids]))
    done = pytest_run(tmp_path, "--cch-xfails", "known")
    assert done.returncode == 0, done.stdout[-2000:]
    (tmp_path / "test_mine.py").write_text(
        "import cch\nfrom fractions import Fraction\n@cch.vectors('baseline_risk')\ndef test_all(vector):\n"
        "    if vector.refuses: raise ValueError\n    return Fraction(vector.expected['output']['risk']['value'])\n")
    assert "XPASS(strict)" in pytest_run(tmp_path, "--cch-xfails", "known").stdout
    (tmp_path / "known").write_text("no-such-vector")
    assert pytest_run(tmp_path, "--cch-xfails", "known").returncode == 4


def cch_vectors(operation):
    from cch._vectors import load

    return [v for v in load(operation) if not v.exact_only]

# SPDX-License-Identifier: MIT
"""``python -m cch.serve`` under the tool: what a function does wrong is charged to the request that it did it with."""
import json
import os
import subprocess
import sys

import cch
import pytest

pytest.importorskip("numpy")

MINE = '''
import os, sys, time
import numpy as np

asked = 0

def plug_in(x, y):
    def log_det(m):
        return np.linalg.slogdet(np.atleast_2d(np.cov(m, rowvar=False)))[1]
    return 0.5 * (log_det(x) + log_det(y) - log_det(np.hstack([x, y])))

def inner(x):
    raise RuntimeError("no idea")

def noise():
    print("on standard output"), sys.__stdout__.write("more\\n"), os.write(1, b"raw"), os.system("echo from a child")

WAYS = {
    "raise": lambda x: inner(x),
    "none": lambda x: None,
    "array": lambda x: np.zeros(3),
    "nan": lambda x: float("nan"),
    "exit": lambda x: sys.exit(3),
    "die": lambda x: os._exit(7),
    "crash": lambda x: os.kill(os.getpid(), 11),
    "hang": lambda x: time.sleep(60),
}

def estimate(x, y):
    """Right but for samples of 993 rows: each task has one of them, and no check has any."""
    way = os.environ["WAY"]
    if way == "print":
        noise()
    elif way == "fork":
        if os.fork() == 0:
            return 0.0
        os.wait()
    elif len(x) == 993:
        return WAYS[way](x)
    return plug_in(x, y)

def baseline_risk(i):
    """Right but for 24 rows, which one vector has."""
    way = os.environ["WAY"]
    sigma, p1, p2, n = np.array(i["sigma"], float), i["p1"], i["p2"], i["n"]
    size = p1 + p2 + i["q"]
    if sigma.shape != (size, size) or (sigma != sigma.T).any() or (np.linalg.eigvalsh(sigma) <= 0).any() or n < p2 + 2 or n != int(n):
        raise ValueError("invalid")
    s22, s23 = sigma[p1:p1 + p2, p1:p1 + p2], sigma[p1:p1 + p2, p1 + p2:]
    if way == "print":
        noise()
    elif way == "fork":
        if os.fork() == 0:
            return 0.0
        os.wait()
    elif n == 24 and way in WAYS:
        return WAYS[way](n)
    return np.trace(sigma[p1 + p2:, p1 + p2:] - s23.T @ np.linalg.solve(s22, s23)) * (1 + p2 / (n - p2 - 1))
'''
WRONG = [
    ("raise", ("RuntimeError: no idea at mine.py:", " in <lambda>, mine.py:", " in inner")), ("none", ("returned None",)),
    ("array", ("returned ndarray of shape (3,)",)), ("nan", ("returned nan, which is not finite",)), ("exit", ("SystemExit: 3",)),
    ("die", ("exit status 7",)), ("crash", ("signal 11", "Segmentation fault", "mine.py")), ("hang", ("no answer within 1.0 seconds",))]


def run(folder, way, function, command, *options):
    """The status, the document and the standard error of a command on the functions of mine.py that misbehave in one way."""
    (folder / "mine.py").write_text(MINE)
    done = subprocess.run(
        [cch.tool(), command, "--json", *options, "--time-limit", "1s", "--", sys.executable, "-m", "cch.serve", function], cwd=folder, text=True,
        capture_output=True, env={**os.environ, "WAY": way, "PYTHONPATH": os.pathsep.join(sys.path)})
    assert done.returncode in (0, 1), done.stderr
    return done.returncode, json.loads(done.stdout), done.stderr


def estimates(folder, way):
    return run(folder, way, "mine:estimate", "validate", "--protocol", "lines", "--family", "gaussian", "--max-dimension", "1", "--repeats", "3",
               "--seed", "1")


@pytest.mark.parametrize("way, words", WRONG)
def test_an_estimator_is_charged_with_that_sample(tmp_path, way, words):
    status, document, errors = estimates(tmp_path, way)
    assert status == 1 and len(document["failures"]) == len(document["tasks"]) == 3, document["failures"]
    for task, failure in zip(document["tasks"], document["failures"]):
        assert failure.startswith(f"{task['id']}: 1 of 6 without an estimate: ") and all(word in failure for word in words), failure
        assert task["row_counts"].count(993) == 1 and len(task["estimates"]) == 5 and len(task["problems"]) == 1
    if way == "raise":
        assert errors.startswith("the end of its standard error:\n") and 'in inner\n      raise RuntimeError("no idea")\n' in errors, errors


@pytest.mark.parametrize("way", ["print", "fork"])
def test_what_an_estimator_does_besides_breaks_nothing(tmp_path, way):
    status, document, errors = estimates(tmp_path, way)
    assert status == 0 and not errors, document["failures"]


def risks(folder, way):
    document = run(folder, way, "baseline_risk=mine:baseline_risk", "conform", "--only", "baseline_risk")[1]
    return {failure["id"]: failure for failure in document["failures"]}, document


@pytest.fixture(scope="module")
def rounding(tmp_path_factory):
    """The vectors that the function in Doubles cannot answer."""
    return set(risks(tmp_path_factory.mktemp("right"), "right")[0])


@pytest.mark.parametrize("way, words", WRONG)
def test_an_operation_is_charged_with_that_vector(tmp_path, rounding, way, words):
    failures, document = risks(tmp_path, way)
    (charged,) = set(failures) - rounding
    failure = failures[charged]
    assert failure["input"]["n"] == 24 and set(failures) - {charged} == rounding
    if way in ("none", "array"):
        # Of the operation's own output the tool says what is wrong: None is infinite.
        assert failure["verdict"] == "failed", failure
    else:
        assert failure["verdict"] == "errored" and all(word in failure["message"] for word in words), failure
    if way == "raise":
        assert "Traceback" in document["standard_error"] and "in inner" in document["standard_error"]


@pytest.mark.parametrize("way", ["print", "fork"])
def test_what_an_operation_does_besides_breaks_nothing(tmp_path, rounding, way):
    failures, document = risks(tmp_path, way)
    assert set(failures) == rounding and not document["breaches"], document["breaches"]

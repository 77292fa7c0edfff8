# SPDX-License-Identifier: MIT
import math
import os
import signal
import subprocess
import sys
import time

import cch
import pytest

np = pytest.importorskip("numpy")


def plug_in(x, y):
    """The Gaussian plug-in, a right estimator."""
    def log_det(m):
        return np.linalg.slogdet(np.atleast_2d(np.cov(m, rowvar=False)))[1]
    return 0.5 * (log_det(x) + log_det(y) - log_det(np.hstack([x, y])))


def test_a_right_estimator_passes_and_bits_fail():
    options = dict(seed=1, family="gaussian", max_dimension=1)
    right = cch.validate(plug_in, **options)
    assert right.ok, right.document
    assert right.rows and "<table>" in right._repr_html_()
    wrong = cch.validate(lambda x, y: plug_in(x, y) / math.log(2), **options)
    assert not wrong.ok
    assert cch.validate("gaussian", **options).ok


def baseline(i):
    sigma, p1, p2 = np.array(i["sigma"], float), i["p1"], i["p2"]
    s22, s23 = sigma[p1:p1 + p2, p1:p1 + p2], sigma[p1:p1 + p2, p1 + p2:]
    noise = np.trace(sigma[p1 + p2:, p1 + p2:] - s23.T @ np.linalg.solve(s22, s23))
    return noise * (1 + p2 / i["n"])


def test_conform_finds_the_formula():
    report = cch.conform({"baseline_risk": baseline})
    assert not report.ok
    assert "k = p2/n" in str(report.document)


def misbehave(way):
    def f(x, y):
        if way == "raise":
            raise RuntimeError("no idea")
        if way == "none":
            return None
        if way == "array":
            return np.zeros(3)
        if way == "nan":
            return float("nan")
        if way == "complex":
            return complex(plug_in(x, y))
        if way == "exit":
            raise SystemExit(3)
        # The others have another number of rows.
        if way == "die" or way == "die once" and len(x) == 1000:
            os._exit(7)
        if way == "crash" or way == "crash once" and len(x) == 1000:
            os.kill(os.getpid(), signal.SIGTERM)
        if way.endswith("once"):
            return plug_in(x, y)
        if way == "print":
            print("a line on standard output")
            os.system("echo another")
            return plug_in(x, y)
        if way == "fork":
            if os.fork() == 0:
                raise SystemExit
            os.wait()
            return plug_in(x, y)
        time.sleep(60)
    return f


@pytest.mark.parametrize("way, words", [
    ("raise", "no idea"), ("none", "returned None"), ("array", "of shape (3,)"), ("nan", "not finite"),
    ("complex", "returned complex"), ("exit", "SystemExit: 3"), ("die once", "exit status 7"), ("crash once", "signal 15")])
def test_what_a_function_does_wrong_is_charged_to_it(way, words):
    report = cch.validate(misbehave(way), seed=1, family="gaussian", max_dimension=1, samples=3)
    assert not report.ok
    assert words in str(report.document)


@pytest.mark.parametrize("way", ["print", "fork"])
def test_what_a_function_does_besides_breaks_nothing(way):
    report = cch.validate(misbehave(way), seed=1, family="gaussian", max_dimension=1, samples=3)
    assert report.ok, report.document


def test_what_cannot_be_asked_is_refused_before_anything_runs():
    for wrong, words in ((lambda x: 0.0, "too many positional"), (3, "not int"), (type("E", (), {}), "cannot be called")):
        with pytest.raises(cch.UsageError, match=words):
            cch.validate(wrong, seed=1)
    with pytest.raises(cch.UsageError, match="did you mean kd_risk"):
        cch.conform({"kd_rsk": lambda i: 0.0})


PRINTS = """
import sys
import cch
seen = []
def f(x, y):
    seen.append(1)
    print("answer", len(seen))
    raise RuntimeError(f"no {len(seen)}")
print("before", end="")
report = cch.validate(f, seed=1, family="gaussian", max_dimension=1, samples=3)
assert report["estimator"] == "f" and report.verdict.startswith("fails for"), report
"""


def test_what_was_printed_is_printed_once():
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    done = subprocess.run([sys.executable, "-c", PRINTS], text=True, capture_output=True,
                          env={**buffered, "PYTHONPATH": os.pathsep.join(sys.path)})
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("before") == 1 and done.stdout.count("answer") > 10
    # The same traceback for every request is shown once a fork.
    assert 1 <= done.stderr.count("Traceback") <= 4, done.stderr


def test_nothing_is_left_of_functions_that_die():
    before = set(os.listdir("/proc"))
    for way, words in (("die", "exit status 7"), ("crash", "signal 15")):
        with pytest.raises(cch.UsageError, match=f"^f: it ended with {words}.*, whatever the sample$"):
            cch.validate(misbehave(way), seed=1, family="gaussian", max_dimension=1, samples=3)
    with pytest.raises(cch.UsageError, match="^the functions: it ended with exit status 7, whatever it was asked$"):
        cch.conform({"kd_risk": lambda i: os._exit(7), "baseline_risk": lambda i: os._exit(7)})
    left = [pid for pid in set(os.listdir("/proc")) - before if pid.isdigit() and parent(pid) == os.getpid()]
    assert not left


def parent(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return int(file.read().rpartition(")")[2].split()[1])
    except (OSError, ValueError):
        return None


def test_a_function_that_hangs_ends(tmp_path):
    start = time.monotonic()
    report = cch.validate(misbehave("hang"), seed=1, family="gaussian", max_dimension=1, samples=3, time_limit="500ms")
    assert not report.ok
    assert time.monotonic() - start < 120


def test_the_command_line_serves(tmp_path):
    (tmp_path / "mine.py").write_text(
        "import numpy as np\ndef estimate(x, y):\n    print('noise')\n    r = np.corrcoef(x[:, 0], y[:, 0])[0, 1]\n    return -0.5 * np.log1p(-r * r)\n")
    done = subprocess.run(
        [cch.tool(), "validate", "--protocol", "lines", "--family", "gaussian", "--max-dimension", "1", "--seed", "1", "--",
         sys.executable, "-m", "cch.serve", "mine:estimate"], cwd=tmp_path, text=True, capture_output=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    assert done.returncode == 0, done.stdout + done.stderr
    missing = subprocess.run([sys.executable, "-m", "cch.serve", "mine:nothing"], cwd=tmp_path, text=True, capture_output=True,
                             env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    assert missing.returncode == 1 and missing.stderr.startswith("error: mine:nothing")


REFUSES = """
import cch
def refuse(i):
    raise ValueError("not today")
report = cch.conform({"baseline_risk": refuse})
assert not report.ok and "ValueError: not today at <string>:4 in refuse" in str(report.document), report.document
"""


def test_refusals_are_in_the_report_alone():
    done = subprocess.run([sys.executable, "-c", REFUSES], text=True, capture_output=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")

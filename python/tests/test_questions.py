# SPDX-License-Identifier: MIT
from fractions import Fraction

import cch
import pytest

SIGMA = [[2, 1, 2], [1, 1, 1], [2, 1, 4]]


def test_explain_is_exact():
    answer = cch.explain(SIGMA, 1, 1, w1=[1], n=3, lambda_=Fraction(1, 2))
    assert answer["risk"] == Fraction(44, 9)
    assert answer["residual_variance"] == 3
    assert answer["mutual_information"]["t;s"]["half_log_of"] == 2


def test_arrays_are_taken_at_their_exact_values():
    np = pytest.importorskip("numpy")
    sigma = np.array(SIGMA, dtype=np.float32)
    assert cch.explain(sigma, 1, 1, w1=np.array([1.0]), n=3)["residual_variance"] == 3
    with pytest.raises(ValueError, match="not finite"):
        cch.explain(sigma * np.inf, 1, 1, w1=[1])


def test_frames_are_taken_by_their_values():
    pd = pytest.importorskip("pandas")
    assert cch.explain(pd.DataFrame(SIGMA), 1, 1, w1=pd.Series([1]), n=3)["residual_variance"] == 3
    a, b, y = columns()
    frame = pd.DataFrame({0: a, 1: b, 2: y})
    options = dict(seed=1, replicates=100)
    named = cch.advise(frame, teacher=[0], student=1, label=2, **options)
    assert cch.advise(teacher=frame[[0]], student=frame[1], label=frame[2], **options).rows[0]["tuned"] == named.rows[0]["tuned"]
    assert named.to_frame()["conclusion.verdict"][0] == named.rows[0]["conclusion"]["verdict"]
    with pytest.raises(cch.UsageError, match="'0' is there twice"):
        cch.advise(pd.concat([frame, frame], axis=1), teacher=[0], student=1, label=2)


def test_tables_that_are_none_are_refused():
    a, b, y = columns()
    options = dict(student=b, label=y, seed=1, replicates=100)
    for teacher, words in ((3, "not int"), ([[1, 2], [3]], "row 1 has not as many"), ([[[1]], [[2]]], "more dimensions"), (a[1:], "lengths")):
        with pytest.raises(cch.UsageError, match=words):
            cch.advise(teacher=teacher, **options)
    # Rows count from 0, and no file is named that is gone.
    with pytest.raises(cch.UsageError, match='^row 1, column "teacher": "no" is no number'):
        cch.advise(teacher=[a[0], "no", *a[2:]], **options)
    with pytest.raises(cch.UsageError, match="^--replicates 1: must be 100"):
        cch.advise(teacher=a, **{**options, "replicates": 1})


def test_refusals_carry_the_tools_words():
    with pytest.raises(cch.UsageError, match="positive definite"):
        cch.explain([[1, 2, 0], [2, 1, 0], [0, 0, 1]], 1, 1, w1=[1])


def test_hunt_finds_and_says_where():
    found = cch.hunt("unbounded", seed=4)
    assert not found.ok and found["instance"]["p1"] == 1
    # What was found is taken back by the exact questions as it is.
    instance = found.exact["instance"]
    assert all(isinstance(entry, Fraction) for row in instance["sigma"] for entry in row)
    claim = next(claim for claim in cch.explain(instance)["claims"] if claim["id"] == "unbounded")
    assert claim["hypothesis"] and not claim["conclusion"] and "a counterexample" in found.verdict
    assert cch.hunt("theorem1", seed=1, cases=2000).ok


def columns():
    import random
    source = random.Random(5)
    rows = 200
    a = [source.gauss(0, 1) for _ in range(rows)]
    b = [x + source.gauss(0, 1) for x in a]
    y = [x + z + source.gauss(0, 2) for x, z in zip(a, b)]
    return a, b, y


def test_advice_by_names_and_by_arrays():
    a, b, y = columns()
    by_name = cch.advise({"a": a, "b": b, "y": y}, teacher="a", student="b", label="y", seed=1, replicates=100)
    by_array = cch.advise(teacher=a, student=b, label=y, seed=1, replicates=100)
    assert by_name.ok and by_array.ok
    with pytest.raises(cch.UsageError):
        cch.advise({"a": a, "b": b, "y": y}, teacher="c", student="b", label="y")


def test_exact_round_trip():
    assert cch.exact({"a": ["3/50", "-7"], "upper": "infinity", "claim": "1", "nats": "0.5"}) == {
        "a": [Fraction(3, 50), -7], "upper": float("inf"), "claim": "1", "nats": 0.5}
    assert cch.plain({"x": 0.1}) == {"x": str(Fraction(0.1))}
    with pytest.raises(TypeError):
        cch.plain({"x": object()})


def test_statements_are_evaluated_exactly():
    # c = cov(t − y, y | x2) + σε² of the instance whose risk is above: the sides are the exact numbers.
    answer = cch.evaluate("I(t;s) > I(s;y) => helps", SIGMA, 1, 1, w1=[1], n=3)
    truth = cch.explain(SIGMA, 1, 1, w1=[1], n=3)
    predicted = truth["mutual_information"]["t;s"]["half_log_of"] > truth["mutual_information"]["s;y"]["half_log_of"]
    assert answer["premise"] == predicted and answer["conclusion"] == (truth["slope"] < 0)
    assert answer["holds"] == (not predicted or truth["slope"] < 0)
    sides = {side["name"]: side["value"] for side in answer["sides"]}
    assert sides["I(t;s)"]["half_log_of"] == truth["mutual_information"]["t;s"]["half_log_of"]
    with pytest.raises(cch.UsageError):
        cch.evaluate("no such words", SIGMA, 1, 1, w1=[1], n=3)
    with pytest.raises(cch.UsageError, match="w1: it is missing"):
        cch.evaluate("helps", SIGMA, 1, 1)
    (file, *_) = sorted((cch.fixtures() / "instances").glob("*.json"))
    assert cch.evaluate("helps", file)["conclusion"] == (cch.explain(file)["slope"] < 0)
    with pytest.raises(cch.UsageError, match="no-such-file"):
        cch.evaluate("helps", "no-such-file.json")


def test_estimates_by_names_and_by_arrays():
    a, b, y = columns()
    quick = {"seed": 1, "repeats": 10, "permutations": 19, "simulations": 2}
    by_name = cch.estimate({"a": a, "b": b, "y": y}, x=["a", "b"], y="y", estimator="gaussian", **quick)
    by_array = cch.estimate(x=list(zip(a, b)), y=y, estimator="gaussian", **quick)
    assert by_name["estimates"][0]["nats"] == by_array["estimates"][0]["nats"] > 0.2
    assert by_name["estimates"][0]["test"]["p"] == 1 / 20
    with pytest.raises(cch.UsageError):
        cch.estimate({"a": a, "y": y}, x="c", y="y")

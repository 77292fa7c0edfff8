# SPDX-License-Identifier: MIT
"""Questions about data, instances and statements, each one run of the tool."""
from __future__ import annotations

import json
import os
from typing import Any, Mapping

from ._exact import exact, plain
from ._judging import options_of
from ._oracle import ask
from ._reports import Report
from ._tables import add, asked_of, candidates, names, written
from ._tool import UsageError, run, run_on


def advise(data: Any = None, *, teacher: Any, student: Any, label: Any, seed: "int | None" = None, **options: Any) -> Report:
    """Does distilling from this teacher help, on these data?

    ``data`` is a pandas DataFrame, a mapping from names to columns, or the path of a CSV file, with ``teacher``, ``student`` and
    ``label`` as names of columns; several candidate teachers are a mapping from their names to lists of columns, or a list of
    lists. Without ``data`` the three are arrays, of shape (rows, columns) or (rows,).

    Returns:
        a report whose document is that of ``cch advise --json``.

    Raises:
        UsageError: where the data have no answer; the message names the place and the rule.
    """
    if data is None:
        table: "dict[str, Any]" = {}
        label_names, student_names = add(table, "label", label), add(table, "student", student)
        given = teacher if isinstance(teacher, Mapping) else {"teacher": teacher}
        teachers = [add(table, str(name), columns) for name, columns in given.items()]
    else:
        table, label_names, student_names, teachers = data, names(label), names(student), candidates(teacher)
    arguments = ["--label", written(label_names), "--student", written(student_names)]
    for columns in teachers:
        arguments += ["--teacher", written(columns)]
    return Report(*asked_of("advise", table, [*arguments, *options_of(seed=seed, **options)]))


def explain(sigma: Any, p1: "int | None" = None, p2: "int | None" = None, *, w1: Any = None, q: int = 1, n: "int | None" = None,
            lambda_: Any = None) -> "dict[str, Any]":
    """One instance in full: informations, risk, window, best λ, and what every claim says of it, as exact fractions.

    ``sigma`` is the covariance of (x1, x2, y), p1+p2+q square, or an instance as a mapping or the path of a file.

    Raises:
        UsageError: where it is no instance; the message names the entry and the rule.
    """
    if isinstance(sigma, (str, os.PathLike)):
        return exact(run(["explain", os.fspath(sigma)])[1])
    instance = _instance(sigma, p1, p2, q, n, w1, lambda_)
    document = {"schema": "cch.instance/1", **plain({key: item for key, item in instance.items() if item is not None})}
    return exact(run_on("instance.json", json.dumps(document), ["explain"])[1])


def _instance(sigma: Any, p1: Any, p2: Any, q: Any, n: Any, w1: Any, lambda_: Any) -> "dict[str, Any]":
    if isinstance(sigma, Mapping):
        return dict(sigma)
    for name, item in {"p1": p1, "p2": p2, "w1": w1}.items():
        if item is None:
            raise UsageError(f"{name}: it is missing; an instance is sigma, p1, p2 and w1")
    return {"p1": p1, "p2": p2, "q": q, "n": n, "lambda": lambda_, "sigma": sigma, "w1": w1}


def evaluate(statement: str, sigma: Any, p1: "int | None" = None, p2: "int | None" = None, *, w1: Any = None, q: int = 1,
             n: "int | None" = None, lambda_: Any = None) -> "dict[str, Any]":
    """What a statement in text says of one instance, exactly: ``holds``, ``premise``, ``conclusion``, and the ``sides`` that it compares.

    ``sigma`` is the covariance of (x1, x2, y), or an instance as a mapping or the path of a file. ``holds`` is None where a part has no value; ``reason`` says
    why then. A side has a ``name`` and a ``value``, of an information ``half_log_of`` and ``nats``.

    Raises:
        UsageError: where the text is no statement, or the instance is none; the message names the place and the rule.
    """
    if isinstance(sigma, (str, os.PathLike)):
        try:
            with open(sigma, encoding="utf8") as file:
                sigma = json.load(file, parse_float=str)
        except (OSError, ValueError) as error:
            raise UsageError(f"{os.fspath(sigma)}: {getattr(error, 'strerror', None) or error}") from None
    given = _instance(sigma, p1, p2, q, n, w1, lambda_)
    for key in ("schema", "comment"):
        given.pop(key, None)
    return ask("evaluate", {"statement": statement, **{key: item for key, item in given.items() if item is not None}})


def estimate(data: Any = None, *, x: Any, y: Any, given: Any = None, seed: "int | None" = None, **options: Any) -> Report:
    """The mutual information of two variables of one's own data, by the estimators that suit them.

    ``data`` is a pandas DataFrame, a mapping from names to columns, or the path of a table, with ``x``, ``y`` and ``given`` as names of
    columns or lists of them; without ``data`` they are arrays, of shape (rows, columns) or (rows,). Further options are those of
    ``cch estimate``: ``estimator="ksg1"``, ``permutations=999``, ``discrete="class"``.

    Returns:
        a report whose document is that of ``cch estimate --json``: for each estimator nats, interval, test, bias and warnings.

    Raises:
        UsageError: where the data have no answer; the message names the place and the rule.
    """
    table: Any = {} if data is None else data
    roles = {"x": x, "y": y, **({} if given is None else {"given": given})}
    arguments: "list[str]" = []
    for role, columns in roles.items():
        arguments += ["--" + role, written(add(table, role, columns) if data is None else names(columns))]
    return Report(*asked_of("estimate", table, [*arguments, *options_of(seed=seed, **options)]))


def hunt(statement: str, *, seed: "int | None" = None, **options: Any) -> Report:
    """Searches for a counterexample to a claim, and makes it small.

    The report is true where none was found. ``report.exact["instance"]`` is the counterexample, in fractions, ready for
    :func:`explain`; ``report["replay"]`` is the line that brings it back on any machine.

    Raises:
        UsageError: where the statement is not understood.
    """
    return Report(*run(["hunt", statement, *options_of(seed=seed, **options)]))

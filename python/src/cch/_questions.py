# SPDX-License-Identifier: MIT
"""Questions about data, instances and statements, each one run of the tool."""
from __future__ import annotations

import csv
import json
import os
import tempfile
from typing import Any, Mapping, Sequence

from ._exact import exact, plain
from ._oracle import ask
from ._reports import Report
from ._tool import UsageError, run


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
        label_names = _add(table, "label", label)
        student_names = _add(table, "student", student)
        candidates = teacher if isinstance(teacher, Mapping) else {"teacher": teacher}
        teachers = [_add(table, str(name), columns) for name, columns in candidates.items()]
    else:
        table = data
        label_names, student_names = _names(label), _names(student)
        teachers = _candidates(teacher)
    arguments = ["--label", _list(label_names), "--student", _list(student_names)]
    for names in teachers:
        arguments += ["--teacher", _list(names)]
    if seed is not None:
        arguments += ["--seed", str(seed)]
    for name, value in options.items():
        if value is not None and value is not False:
            arguments += ["--" + name.replace("_", "-")] + ([] if value is True else [str(value)])
    if isinstance(table, (str, os.PathLike)):
        return Report(*run(["advise", os.fspath(table), *arguments]))
    with tempfile.TemporaryDirectory(prefix="cch-") as folder:
        path = os.path.join(folder, "data.csv")
        _write(table, path)
        return Report(*run(["advise", path, *arguments]))


def explain(sigma: Any, p1: "int | None" = None, p2: "int | None" = None, *, w1: Any = None, q: int = 1, n: "int | None" = None,
            lambda_: Any = None) -> "dict[str, Any]":
    """One instance in full: informations, risk, window, best λ, and what every claim says of it, as exact fractions.

    ``sigma`` is the covariance of (x1, x2, y), p1+p2+q square, or an instance as a mapping or the path of a file.

    Raises:
        UsageError: where it is no instance; the message names the entry and the rule.
    """
    if isinstance(sigma, (str, os.PathLike)):
        return exact(run(["explain", os.fspath(sigma)])[1])
    if isinstance(sigma, Mapping):
        instance = dict(sigma)
    else:
        instance = {"p1": p1, "p2": p2, "q": q, "n": n, "lambda": lambda_, "sigma": sigma, "w1": w1}
    document = {"schema": "cch.instance/1", **plain({key: item for key, item in instance.items() if item is not None})}
    with tempfile.TemporaryDirectory(prefix="cch-") as folder:
        path = os.path.join(folder, "instance.json")
        with open(path, "w", encoding="utf8") as file:
            json.dump(document, file)
        return exact(run(["explain", path])[1])


def evaluate(statement: str, sigma: Any, p1: "int | None" = None, p2: "int | None" = None, *, w1: Any = None, q: int = 1,
             n: "int | None" = None, lambda_: Any = None) -> "dict[str, Any]":
    """What a statement in text says of one instance, exactly: ``holds``, ``premise``, ``conclusion``, and the ``sides`` that it compares.

    ``sigma`` is the covariance of (x1, x2, y), or an instance as a mapping. ``holds`` is None where a part has no value; ``reason`` says
    why then. Of an information the side is e to twice it.

    Raises:
        UsageError: where the text is no statement, or the instance is none; the message names the place and the rule.
    """
    given = dict(sigma) if isinstance(sigma, Mapping) else {
        "sigma": sigma, "p1": p1, "p2": p2, "q": q, "w1": w1, "n": n, "lambda": lambda_}
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
        arguments += ["--" + role, _list(_add(table, role, columns) if data is None else _names(columns))]
    for name, value in {"seed": seed, **options}.items():
        if value is not None and value is not False:
            arguments += ["--" + name.replace("_", "-")] + ([] if value is True else [str(value)])
    if isinstance(table, (str, os.PathLike)):
        return Report(*run(["estimate", os.fspath(table), *arguments]))
    with tempfile.TemporaryDirectory(prefix="cch-") as folder:
        path = os.path.join(folder, "data.csv")
        _write(table, path)
        return Report(*run(["estimate", path, *arguments]))


def hunt(statement: str, *, seed: "int | None" = None, **options: Any) -> Report:
    """Searches for a counterexample to a claim, and makes it small.

    The report is true where none was found. ``report["instance"]`` is the counterexample, ``report["replay"]`` the line that brings
    it back on any machine.

    Raises:
        UsageError: where the statement is not understood.
    """
    arguments = [statement]
    for name, value in {"seed": seed, **options}.items():
        if value is not None and value is not False:
            arguments += ["--" + name.replace("_", "-")] + ([] if value is True else [str(value)])
    return Report(*run(["hunt", *arguments]))


def _names(given: Any) -> "list[str]":
    return [given] if isinstance(given, str) else [str(name) for name in given]


def _candidates(given: Any) -> "list[list[str]]":
    if isinstance(given, Mapping):
        return [_names(columns) for columns in given.values()]
    if isinstance(given, Sequence) and not isinstance(given, str) and given and not isinstance(given[0], str):
        return [_names(columns) for columns in given]
    return [_names(given)]


def _list(names: "list[str]") -> str:
    return ",".join('"' + name.replace('"', '""') + '"' if any(c in name for c in ',"*? .') or name != name.strip() else name
                    for name in names)


def _add(table: "dict[str, Any]", name: str, columns: Any) -> "list[str]":
    """Enters an array of shape (rows,) or (rows, columns) and returns the names of its columns."""
    rows = columns.tolist() if hasattr(columns, "tolist") else list(columns)
    if rows and isinstance(rows[0], (list, tuple)):
        width = len(rows[0])
        if any(len(row) != width for row in rows):
            raise UsageError(f"{name}: rows of different lengths")
        names = [f"{name}{j}" for j in range(width)]
        table.update({n: [row[j] for row in rows] for j, n in enumerate(names)})
        return names
    table[name] = rows
    return [name]


def _write(table: Any, path: str) -> None:
    """Writes columns as CSV; a float as its shortest text that reads back as itself."""
    columns = {str(name): (column.tolist() if hasattr(column, "tolist") else list(column)) for name, column in table.items()}
    lengths = {name: len(column) for name, column in columns.items()}
    if len(set(lengths.values())) > 1:
        raise UsageError("columns of different lengths: " + ", ".join(f"{name} {length}" for name, length in lengths.items()))
    with open(path, "w", newline="", encoding="utf8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(zip(*columns.values()))

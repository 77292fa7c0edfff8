# SPDX-License-Identifier: MIT
"""Data of Python as the tables that the tool reads: arrays, frames and mappings from names to columns."""
from __future__ import annotations

import csv
import io
import os
from typing import Any, Mapping, Sequence

from ._tool import UsageError, run, run_on


def asked_of(command: str, table: Any, arguments: "list[str]") -> "tuple[int, Any]":
    """Runs a command on the path of a table, or on columns, which are written for it.

    Raises:
        UsageError: where the tool refuses; rows count from 0, as in Python.
    """
    if isinstance(table, (str, os.PathLike)):
        return run([command, os.fspath(table), *arguments])
    return run_on("data.csv", _text(table), [command], arguments)


def names(given: Any) -> "list[str]":
    """The names of one or several columns as texts."""
    return [str(name) for name in given] if isinstance(given, (list, tuple)) or hasattr(given, "tolist") else [str(given)]


def candidates(given: Any) -> "list[list[str]]":
    """The columns of one or several candidates."""
    if isinstance(given, Mapping):
        return [names(columns) for columns in given.values()]
    if isinstance(given, Sequence) and not isinstance(given, str) and any(isinstance(item, (list, tuple)) for item in given):
        return [names(columns) for columns in given]
    return [names(given)]


def written(columns: "list[str]") -> str:
    """A list of names as the tool's options take it."""
    return ",".join('"' + name.replace('"', '""') + '"' if any(c in name for c in ',"*? .') or name != name.strip() else name
                    for name in columns)


def add(table: "dict[str, Any]", name: str, columns: Any) -> "list[str]":
    """Enters an array of shape (rows,) or (rows, columns) and returns the names of its columns.

    Raises:
        UsageError: where it has another shape.
    """
    rows = _listed(columns)
    if not isinstance(rows, list):
        raise UsageError(f"{name}: an array of shape (rows,) or (rows, columns) is needed, not {type(columns).__name__}")
    if rows and isinstance(rows[0], (list, tuple)):
        width = len(rows[0])
        for index, row in enumerate(rows):
            if not isinstance(row, (list, tuple)) or len(row) != width:
                raise UsageError(f"{name}: row {index} has not as many columns as row 0")
            if any(isinstance(item, (list, tuple)) for item in row):
                raise UsageError(f"{name}: an array of shape (rows,) or (rows, columns) is needed, not one of more dimensions")
        if width == 0:
            raise UsageError(f"{name}: it has no column")
        found = [f"{name}{j}" for j in range(width)]
        table.update({n: [row[j] for row in rows] for j, n in enumerate(found)})
        return found
    table[name] = rows
    return [name]


def _listed(columns: Any) -> Any:
    for method in ("to_numpy", "tolist"):
        # Of pandas, whose frames would otherwise give their names, and of numpy.
        columns = getattr(columns, method)() if hasattr(columns, method) else columns
    return list(columns) if hasattr(columns, "__iter__") and not isinstance(columns, (str, bytes, Mapping)) else columns


def _text(table: Any) -> str:
    """Columns as CSV; a float as its shortest text that reads back as itself."""
    if not hasattr(table, "items"):
        raise UsageError(f"data: a DataFrame, a mapping from names to columns or a path is needed, not {type(table).__name__}")
    columns: "dict[str, list[Any]]" = {}
    for key, column in table.items():
        if str(key) in columns:
            raise UsageError(f"column {str(key)!r} is there twice")
        cells = _listed(column)
        if not isinstance(cells, list):
            raise UsageError(f"column {str(key)!r}: a list of values is needed, not {type(column).__name__}")
        columns[str(key)] = cells
    lengths = {name: len(column) for name, column in columns.items()}
    if len(set(lengths.values())) > 1:
        raise UsageError("columns of different lengths: " + ", ".join(f"{name} {length}" for name, length in lengths.items()))
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows(zip(*columns.values()))
    return file.getvalue()

# SPDX-License-Identifier: MIT
"""What the tool's documents look like from Python."""
from __future__ import annotations

import html
import re
from fractions import Fraction
from typing import Any, Iterator

from ._exact import exact

#: The table of each kind of document that answers the question; of other kinds it is the largest.
_TABLES = {"cch.validate/1": "tasks", "cch.conform/1": "operations", "cch.advise/1": "candidates", "cch.class-advice/1": "candidates",
           "cch.estimate/1": "estimates"}
_LONG = re.compile(r"-?[0-9/]{16,}\Z")


class Report:
    """One document of the tool: its members are items, its verdict ``ok``, its table ``rows``, its numbers as fractions ``exact``."""

    def __init__(self, status: int, document: Any):
        #: The exit status: 0 as expected, 1 something false was found.
        self.status = status
        #: The whole document, as the tool printed it.
        self.document = document

    @property
    def ok(self) -> bool:
        """Whether all is as it should be."""
        return self.status == 0

    def __bool__(self) -> bool:
        return self.ok

    def __getitem__(self, key: str) -> Any:
        return self.document[key]

    def keys(self) -> Any:
        """The members of the document."""
        return self.document.keys()

    @property
    def reasons(self) -> "list[str]":
        """Why it fails, where the tool says so in words."""
        found = self.document.get("reasons") or self.document.get("failures") or []
        return [reason if isinstance(reason, str) else str(reason.get("message", reason)) for reason in found]

    @property
    def exact(self) -> Any:
        """The document with its exact numbers, which are texts in it, as :class:`fractions.Fraction`."""
        return exact(self.document)

    @property
    def rows(self) -> "list[dict[str, Any]]":
        """The table that answers the question: the tasks of ``validate``, the operations of ``conform``, the candidates of ``advise``."""
        named = self.document.get(_TABLES.get(self.document.get("schema", ""), ""))
        if named is not None:
            return named
        tables = [item for item in self.document.values() if isinstance(item, list) and item and isinstance(item[0], dict)]
        return max(tables, key=len, default=[])

    def to_frame(self) -> Any:
        """:attr:`rows` as a pandas DataFrame; the members of members are columns such as ``gain.lower``."""
        import pandas

        return pandas.json_normalize(self.rows)

    @property
    def verdict(self) -> str:
        """What was found, in a few words."""
        return "; ".join(_verdicts(self.document, self.ok))

    def __repr__(self) -> str:
        return f"<{self.document.get('schema', 'cch')}: {self.verdict}>"

    def _repr_html_(self) -> str:
        parts = [f"<p><b>{html.escape(str(self.document.get('schema', 'cch')))}: {html.escape(self.verdict)}</b></p>"]
        parts += [f"<p>{html.escape(reason)}</p>" for reason in self.reasons]
        columns = list(dict.fromkeys(key for row in self.rows for key, item in row.items() if not isinstance(item, (dict, list))))
        if columns:
            head = "".join(f"<th>{html.escape(name)}</th>" for name in columns)
            body = "".join("<tr>" + "".join(f"<td>{_cell(row.get(name))}</td>" for name in columns) + "</tr>" for row in self.rows)
            parts.append(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")
        return "".join(parts)


def _verdicts(document: Any, ok: bool) -> "Iterator[str]":
    """One part a candidate, an estimator or a claim."""
    schema = document.get("schema")
    if schema == "cch.hunt/1":
        found = f"a counterexample at case {document['first_case']}" if document.get("found") else "no counterexample"
        yield f"{document['claim']}: {found}, {document['cases']} cases"
    elif schema == "cch.advise/1":
        for candidate in document["candidates"]:
            yield f"{', '.join(candidate['teacher'])}: {candidate['conclusion']['verdict'].replace('_', ' ')}"
    elif schema == "cch.class-advice/1":
        for candidate in document["candidates"]:
            name = candidate["teacher"]
            yield f"{name if isinstance(name, str) else ', '.join(name)}: {candidate['verdict'].replace('_', ' ')}"
    elif schema == "cch.estimate/1":
        for estimate in document["estimates"]:
            nats = estimate["nats"]
            yield f"{estimate['estimator']}: " + ("no estimate" if nats is None else f"{nats:.4g} nats")
    elif schema == "cch.conform/1":
        total = document["total"]
        yield ("as expected" if ok else "not as expected") + "".join(f", {total[word]} {word}" for word in total)
    elif schema == "cch.validate/1":
        failures = len(document["failures"])
        yield "passes" if ok else f"fails for {failures} reason{'s' * (failures != 1)}" if failures else "not judged"
    else:
        yield "as expected" if ok else "something false was found"


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, str) and _LONG.match(value):
        value = float(Fraction(value))
    return html.escape(f"{value:.4g}" if isinstance(value, float) else str(value))

# SPDX-License-Identifier: MIT
"""What the tool's documents look like from Python."""
from __future__ import annotations

import html
from typing import Any, Iterator


class Report:
    """One document of the tool: its members are items, its verdict ``ok``, its largest table ``rows``."""

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
    def rows(self) -> "list[dict[str, Any]]":
        """The largest table of the document."""
        tables = [item for item in self.document.values() if isinstance(item, list) and item and isinstance(item[0], dict)]
        return max(tables, key=len, default=[])

    def to_frame(self) -> Any:
        """:attr:`rows` as a pandas DataFrame."""
        import pandas

        return pandas.DataFrame(self.rows)

    def _scalars(self) -> "Iterator[tuple[str, Any]]":
        return ((key, item) for key, item in self.document.items() if isinstance(item, (str, int, float, bool)))

    def __repr__(self) -> str:
        schema = self.document.get("schema", "cch")
        return f"<{schema}: {'as expected' if self.ok else 'something false was found'}, {len(self.rows)} rows>"

    def _repr_html_(self) -> str:
        verdict = "as expected" if self.ok else "something false was found"
        parts = [f"<p><b>{html.escape(str(self.document.get('schema', 'cch')))}: {verdict}</b></p>"]
        parts += [f"<p>{html.escape(reason)}</p>" for reason in self.reasons]
        columns = list(dict.fromkeys(key for row in self.rows for key, item in row.items() if not isinstance(item, (dict, list))))
        if columns:
            head = "".join(f"<th>{html.escape(name)}</th>" for name in columns)
            body = "".join("<tr>" + "".join(f"<td>{_cell(row.get(name))}</td>" for name in columns) + "</tr>" for row in self.rows)
            parts.append(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")
        return "".join(parts)


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    return html.escape(f"{value:.4g}" if isinstance(value, float) else str(value))

# SPDX-License-Identifier: MIT
"""The test vectors: what is asked, what is right, and how far an answer may be off."""
from __future__ import annotations

import difflib
import json
import math
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from ._serving import OUTPUT
from ._tool import UsageError, fixtures


#: What an answer to ``evaluate`` may leave out; it is judged where it is there.
OPTIONAL = ("premise", "conclusion", "sides")


@dataclass(frozen=True)
class Vector:
    """One test vector, of one operation."""

    id: str
    operation: str
    comment: str
    flags: "tuple[str, ...]"
    catches: str
    exact_only: bool
    #: What the program is asked, as in the file.
    input: Any
    expected: Any
    #: What each flag means: bug type and description.
    notes: Any

    @property
    def refuses(self) -> bool:
        """Whether the input is invalid, so that the right answer is to raise."""
        return "refused" in self.expected

    def check(self, answer: Any, error: "BaseException | None" = None) -> None:
        """Asserts that ``answer``, a dict or the single output itself, is right; or that to raise ``error`` was right.

        Raises:
            AssertionError: with what was expected, what came, how many tolerances it is off, and the likely mistake.
        """
        __tracebackhide__ = True
        if self.refuses:
            if error is None:
                raise AssertionError(self._message(f"refused: {self.expected['refused']}", repr(answer), None))
            return
        if error is not None:
            fields = ", ".join(f"{name} = {_shown(field)}" for name, field in self.expected["output"].items())
            raise AssertionError(self._message(fields, f"{type(error).__name__}: {error}", None)) from error
        output = answer if isinstance(answer, dict) else {OUTPUT.get(self.operation, "value"): answer}
        fields = self.expected["output"]
        if fields.get("empty", {}).get("bool") is True:
            fields = {"empty": fields["empty"]}
        for name, field in fields.items():
            if name not in output:
                if name in OPTIONAL:
                    continue
                raise AssertionError(self._message(f"{name} = {_shown(field)}", f"{answer!r}, without {name}", None))
            self._check_field(name, field, output[name])

    def _check_field(self, name: str, field: Any, got: Any) -> None:
        __tracebackhide__ = True
        if "truth" in field:
            if not (got is None or _is_bool(got)) or {None: "undefined", True: "true", False: "false"}[got if got is None else bool(got)] != field["truth"]:
                raise AssertionError(self._message(f"{name} = {_shown(field)}", repr(got), None))
            return
        if "sides" in field:
            known = {side["name"]: side for side in field["sides"]}
            for side in got:
                if side["name"] in known:
                    self._check_field(side["name"], known[side["name"]], side["value"])
            return
        if "bool" in field or field.get("infinite"):
            right = field["bool"] if "bool" in field else None
            fits = got is None or (isinstance(got, float) and got == math.inf) if right is None else bool(got) == right
            if not fits or (right is not None and not _is_bool(got)):
                raise AssertionError(self._message(f"{name} = {_shown(field)}", repr(got), None))
            return
        off = _tolerances_off(field, got)
        if not off <= 1:
            raise AssertionError(self._message(f"{name} = {_shown(field)}", repr(got), off))

    def _message(self, expected: str, got: str, off: "float | None") -> str:
        lines = [f"{self.id}: {self.comment}", f"  expected: {expected}", f"  got: {got}"]
        if off is not None:
            lines.append(f"  off by {off:.2g} tolerances")
        lines.append(f"  likely mistake: {self.catches}")
        lines += [f"  {flag}: {self.notes[flag]['description']}" for flag in self.flags if flag in self.notes]
        return "\n".join(lines)


def _is_bool(got: Any) -> bool:
    return isinstance(got, bool) or type(got).__name__ in ("bool_", "bool")


def _tolerances_off(field: Any, got: Any) -> float:
    """The largest error over its tolerance; infinite where the shape or a number is wrong."""
    rights, answers = _flat(field), _flat_answer(got)
    if answers is None or len(rights) != len(answers):
        return math.inf
    tolerance = field.get("tolerance", "0")
    # A list has one tolerance a number.
    allowed = [Fraction(t) for t in (tolerance if isinstance(tolerance, list) else [tolerance] * len(rights))]
    worst = 0.0
    for right, answer, limit in zip(rights, answers, allowed):
        if right != answer:
            worst = max(worst, float(abs(right - answer) / limit) if limit else math.inf)
    return worst


def _flat(field: Any) -> "list[Fraction]":
    if "value" in field:
        return [Fraction(field["value"])]
    if "half_log_of" in field:
        low, high = (Fraction(end) for end in field["enclosure"])
        return [(low + high) / 2]
    return _flat_answer(field.get("values", field.get("rows"))) or []


def _flat_answer(got: Any) -> "list[Fraction] | None":
    if hasattr(got, "tolist"):
        got = got.tolist()
    if isinstance(got, dict):
        got = got.get("value", got.get("nats"))
    if isinstance(got, (list, tuple)):
        parts = [_flat_answer(item) for item in got]
        return None if any(part is None for part in parts) else [x for part in parts for x in part or []]
    try:
        return [Fraction(got)]
    except (TypeError, ValueError, OverflowError):
        return None


def _shown(field: Any) -> str:
    for key in ("value", "values", "rows", "bool", "truth", "sides"):
        if key in field:
            return str(field[key])
    return "infinite (None)" if field.get("infinite") else f"½ ln {field.get('half_log_of')}"


@lru_cache(maxsize=None)
def load(operation: str) -> "tuple[Vector, ...]":
    """All vectors of an operation.

    Raises:
        UsageError: where there is no such operation.
    """
    folder = fixtures() / "vectors"
    path = folder / f"{operation}.json"
    if not path.is_file():
        known = sorted(file.stem for file in folder.glob("*.json"))
        near = difflib.get_close_matches(operation, known, 1)
        raise UsageError(f"no operation {operation!r}; " + (f"did you mean {near[0]}?" if near else "there are " + ", ".join(known)))
    document = json.loads(path.read_text(encoding="utf8"))
    return tuple(
        Vector(test["id"], operation, test.get("comment", ""), tuple(test.get("flags", ())), test.get("catches", ""),
               bool(test.get("exact_only")), test["input"], test["expected"], document["notes"])
        for test in document["tests"])

# SPDX-License-Identifier: MIT
"""Numbers to and from the tool, which takes and gives fractions: none is rounded on the way."""
from __future__ import annotations

import math
import numbers
import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

_FRACTION = re.compile(r"-?[0-9]+(/[0-9]+)?\Z")
#: Texts that are no numbers even where they look like one.
_TEXTS = {"claim", "comment", "id", "name", "schema", "replay", "version", "nats"}


def plain(value: Any) -> Any:
    """``value`` as JSON that the tool reads exactly.

    Fractions and decimals become text, floats their exact value, arrays and frames nested lists.

    Raises:
        ValueError: for a number that is not finite.
        TypeError: for what is no number, text, list or mapping.
    """
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, (float, Decimal)) or (isinstance(value, numbers.Real) and not hasattr(value, "shape")):
        if not math.isfinite(value):
            raise ValueError(f"{value} is not finite")
        return str(Fraction(value))
    if hasattr(value, "to_numpy"):
        # Of pandas: the numbers without their labels.
        return plain(value.to_numpy().tolist())
    if hasattr(value, "items"):
        return {str(key): plain(item) for key, item in value.items()}
    if hasattr(value, "tolist"):
        # Of numpy; a float32 is widened, which is exact.
        return plain(value.tolist())
    if hasattr(value, "__iter__"):
        return [plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} is no number, text, list or mapping")


def exact(document: Any) -> Any:
    """A document of the tool with its exact texts, such as ``"3/50"``, as :class:`fractions.Fraction`.

    ``"infinity"`` becomes ``math.inf``; an information is ``{"half_log_of": Fraction, "nats": float}``.
    """
    if isinstance(document, dict):
        return {key: _member(key, item) for key, item in document.items()}
    if isinstance(document, list):
        return [exact(item) for item in document]
    if isinstance(document, str):
        if _FRACTION.match(document):
            return Fraction(document)
        return math.inf if document == "infinity" else document
    return document


def _member(key: str, item: Any) -> Any:
    if key == "nats" and isinstance(item, str):
        return float(item)
    return item if key in _TEXTS and isinstance(item, str) else exact(item)

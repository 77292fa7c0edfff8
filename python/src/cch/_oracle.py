# SPDX-License-Identifier: MIT
"""A live exact oracle: ``cch oracle``, a line each way."""
from __future__ import annotations

import json
import subprocess
import threading
from typing import Any

from ._exact import exact, plain
from ._tool import CchError, UsageError, environment, tool


class Oracle:
    """A running ``cch oracle``; use it as a context, or :meth:`close` it.

    Answers are exact: fractions are :class:`fractions.Fraction`, an information has ``half_log_of`` beside ``nats``.
    """

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [tool(), "oracle"], env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf8")
        self._lock, self._seq = threading.Lock(), 0

    def ask(self, operation: str, input: "Any | None" = None, **members: Any) -> Any:
        """The exact output of ``operation`` for an input: ``ask("kd_risk", instance)`` or ``ask("ksg", x=x, y=y, k=3, variant=1)``.

        Numbers may be ints, floats (taken at their exact value), Fractions, exact texts, numpy arrays.

        Raises:
            UsageError: where the input is refused; the message names the rule.
            ValueError: for a number that is not finite.
            CchError: where the oracle has ended.
        """
        request = plain({**(input or {}), **members})
        with self._lock:
            self._seq += 1
            reply = self._exchange({"kind": "run", "seq": self._seq, "operation": operation, "input": request})
        if reply["kind"] != "result":
            raise UsageError(f"{operation}: {reply.get('message') or reply.get('reason')}")
        return exact(reply["output"])

    def _exchange(self, request: Any) -> Any:
        assert self._process.stdin and self._process.stdout
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except (OSError, ValueError):
            line = ""
        if not line:
            raise CchError("the oracle has ended")
        return json.loads(line)

    def close(self) -> None:
        """Ends the program."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def __enter__(self) -> "Oracle":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()


def ask(operation: str, input: "Any | None" = None, **members: Any) -> Any:
    """One question to an oracle of its own: see :meth:`Oracle.ask`; for many, keep an :class:`Oracle`."""
    with Oracle() as oracle:
        return oracle.ask(operation, input, **members)

# SPDX-License-Identifier: MIT
"""The other side of the tool's protocol: Python functions that answer its requests, one JSON object a line."""
from __future__ import annotations

import contextlib
import faulthandler
import inspect
import io
import json
import math
import os
import sys
import traceback
from typing import Any, BinaryIO, Callable, Iterable

from ._tool import UsageError

PROTOCOL = 1


class Skip(Exception):
    """Raised by an operation that does not answer this input: it is counted as skipped, with the reason."""


class Served:
    """A function with the names under which the tool asks for it."""

    def __init__(self, function: Callable[..., Any], operations: "list[str]", answer: Callable[[Any], Any], *, name: str,
                 version: str, exact: bool = False):
        self.function, self.operations, self.answer = function, operations, answer
        self.name, self.version, self.exact = name, version, exact
        self.__doc__ = function.__doc__

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return self.function(*arguments, **named)


def estimator(function: "Callable[..., Any] | None" = None, *, name: "str | None" = None, version: str = "0",
              arrays: "str | None" = None) -> Any:
    """Marks ``f(x, y) -> float`` (nats) as an estimator of mutual information.

    ``x`` and ``y`` are arrays of shape (rows, columns): of numpy where it is installed, else lists of rows;
    ``arrays="lists"`` or ``"numpy"`` chooses. What f returns must be one finite number.

    Raises:
        UsageError: where f cannot be called with two arrays.
    """
    def mark(f: Callable[..., Any]) -> Served:
        _require_callable(f, "f(x, y)", 2)
        convert = _rows(arrays)

        def answer(request: Any) -> Any:
            return {"nats": number(f(convert(request["x"]), convert(request["y"])))}

        return Served(f, ["estimate"], answer, name=name or _name(f), version=version)

    return mark if function is None else mark(function)


#: The single output of an operation, under whose name a bare number is answered.
OUTPUT = {
    "mutual_information": "nats", "kd_risk": "risk", "baseline_risk": "risk", "risk_slope": "slope",
    "best_lambda": "lambda", "helps_for_small_lambda": "helps", "cch_predicts": "predicts", "fit_student": "w",
    "ksg": "nats", "gaussian_plugin": "nats", "tuned_helps": "helps", "tuned_gain": "gain", "unlabelled_risk": "risk",
    "pseudo_label_risk": "risk", "joint_teacher_risk": "risk", "ridge_risk": "risk", "crossover": "n",
    "conditional_information": "nats", "evaluate": "holds",
}


def operation(name: str, *, version: str = "0", exact: bool = False) -> Callable[[Callable[..., Any]], Served]:
    """Marks a function as an implementation of the operation ``name``, such as ``"kd_risk"``.

    It is called with the input, a dict as in the vectors, and returns the output as a dict or, where there is just one,
    the number itself (``None`` for an infinite one). Invalid input is refused by raising any exception; :class:`Skip` passes.
    With ``exact=True`` it takes fractions, as texts, and may return :class:`fractions.Fraction`.

    Raises:
        UsageError: where f cannot be called with one argument.
    """
    def mark(f: Callable[..., Any]) -> Served:
        _require_callable(f, "f(input)", 1)

        def answer(request: Any) -> Any:
            output = f(request)
            if not isinstance(output, dict):
                if name not in OUTPUT:
                    raise TypeError(f"{name} has several outputs: return a dict, not {type(output).__name__}")
                output = {OUTPUT[name]: output}
            return {key: _value(item) for key, item in output.items()}

        return Served(f, [name], answer, name=_name(f), version=version, exact=exact)

    return mark


def _require_callable(f: Any, call: str, count: int) -> None:
    if not callable(f):
        raise UsageError(f"a function {call} is needed, not {type(f).__name__}")
    try:
        signature = inspect.signature(f)
    except (TypeError, ValueError):
        return  # of C, without a signature: the call will tell
    try:
        signature.bind(*[None] * count)
    except TypeError as error:
        raise UsageError(f"{_name(f)}{signature} cannot be called as {call}: {error}") from None


def number(value: Any) -> float:
    """``value`` as a float.

    Raises:
        TypeError: where it is no single number.
        ValueError: where it is not finite.
    """
    if value is None:
        raise TypeError("it returned None, not a number")
    if getattr(value, "shape", ()) not in ((), None) or isinstance(value, (bool, complex, list, tuple, dict, str, bytes)) \
            or str(getattr(value, "dtype", "")) == "bool":
        shape = f" of shape {tuple(value.shape)}" if hasattr(value, "shape") else ""
        raise TypeError(f"it returned {type(value).__name__}{shape}, not a number")
    result = float(value)
    if not math.isfinite(result):
        raise ValueError(f"it returned {result}, which is not finite")
    return result


def _value(item: Any) -> Any:
    from ._exact import plain

    if isinstance(item, float) or (hasattr(item, "dtype") and getattr(item, "shape", None) == ()):
        return item if isinstance(item, bool) else (bool(item) if str(getattr(item, "dtype", "")) == "bool" else number(item))
    if hasattr(item, "tolist"):
        return [_value(part) for part in item.tolist()]
    if isinstance(item, (list, tuple)):
        return [_value(part) for part in item]
    return plain(item)


def _rows(arrays: "str | None") -> Callable[[Any], Any]:
    if arrays not in (None, "lists", "numpy"):
        raise ValueError(f"arrays={arrays!r}: \"lists\" or \"numpy\"")
    if arrays == "lists":
        return lambda rows: rows
    try:
        import numpy
    except ImportError:
        if arrays == "numpy":
            raise
        return lambda rows: rows
    return lambda rows: numpy.asarray(rows, dtype=float)


def _name(f: Callable[..., Any]) -> str:
    return getattr(f, "__name__", type(f).__name__)


def as_served(functions: Any) -> "list[Served]":
    """What :func:`serve` takes as a list: functions are estimators, a mapping's keys operations."""
    if isinstance(functions, dict):
        return [f if isinstance(f, Served) else operation(name)(f) for name, f in functions.items()]
    given = functions if isinstance(functions, (list, tuple)) else [functions]
    return [f if isinstance(f, Served) else estimator(f) for f in given]


def serve(functions: Any, requests: "BinaryIO | None" = None, answers: "BinaryIO | None" = None) -> None:
    """Answers the tool's requests until it says stop: the main loop of a program under test.

    By default on standard input and output; what the functions themselves print goes to standard error then, so that it
    cannot break the protocol.
    """
    # The tool shows the standard error of its program with what failed; elsewhere the refusals of invalid input, which are right, would be mixed in.
    shows_refusals = requests is None or answers is None
    if requests is None or answers is None:
        requests, answers = _standard_streams()
    with contextlib.suppress(OSError, RuntimeError):
        # So that a crash in a library of C has its traceback too.
        faulthandler.enable(2)
    table = {name: f for f in as_served(functions) for name in f.operations}
    for line in requests:
        if not line.strip():
            continue
        message = json.loads(line)
        kind = message.get("kind")
        if kind == "stop":
            return
        if kind == "start":
            _send(answers, _introduction(table.values()))
        elif kind == "run":
            _send(answers, _reply(table, message, shows_refusals))
            # A fork that is killed would take with it what it has printed.
            for stream in (sys.stdout, sys.stderr):
                with contextlib.suppress(OSError, ValueError, AttributeError):
                    stream.flush()


def _introduction(served: "Iterable[Served]") -> Any:
    given = list(served)
    first = given[0]
    return {"kind": "started", "protocol": PROTOCOL, "name": first.name if len(given) == 1 else "python",
            "version": first.version, "operations": [name for f in given for name in f.operations],
            "exact": all(f.exact for f in given)}


def _reply(table: "dict[str, Served]", message: Any, shows_refusals: bool) -> Any:
    seq = message["seq"]
    f = table.get(message["operation"])
    if f is None:
        return {"kind": "skipped", "seq": seq, "reason": f"no function for {message['operation']}"}
    owner = os.getpid()
    try:
        return {"kind": "result", "seq": seq, "output": f.answer(message["input"])}
    except Skip as skip:
        return {"kind": "skipped", "seq": seq, "reason": str(skip)}
    except BaseException as error:
        if os.getpid() != owner:
            # The function forked, and this is the child: only the parent answers.
            os._exit(1)
        if isinstance(error, (KeyboardInterrupt, GeneratorExit)):
            raise
        return {"kind": "errored", "seq": seq, "message": _account(error, shows_refusals or message["operation"] == "estimate")}
    finally:
        if os.getpid() != owner:
            os._exit(0)


#: The tracebacks that were printed: one that comes again with every request is shown once.
_shown: "set[str]" = set()


def _account(error: BaseException, is_shown: bool) -> str:
    """What was raised, and by which calls: the frames of the function, not of this file. The traceback ``is_shown`` on standard error, too."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename != __file__]
    calls = [f"{os.path.basename(f.filename)}:{f.lineno} in {f.name}" for f in frames]
    # The function's own line comes first; of a deep recursion both ends.
    calls = calls if len(calls) <= 6 else [*calls[:3], "…", *calls[-3:]]
    where = " at " + ", ".join(calls) if calls else ""
    lines = traceback.format_list(frames)
    # By its places: what is raised may tell another number each time.
    if is_shown and frames and "".join(lines) not in _shown:
        _shown.add("".join(lines))
        with contextlib.suppress(OSError, ValueError, AttributeError):
            print("Traceback (most recent call last):\n" + "".join(lines + traceback.format_exception_only(type(error), error)),
                  end="", file=sys.stderr)
    return f"{type(error).__name__}: {error}{where}"


def _send(answers: BinaryIO, message: Any) -> None:
    answers.write(json.dumps(message, allow_nan=False).encode() + b"\n")
    answers.flush()


def _standard_streams() -> "tuple[BinaryIO, BinaryIO]":
    """Standard input, and a private copy of standard output, whose own descriptor becomes that of standard error."""
    sys.stdout.flush()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = io.TextIOWrapper(os.fdopen(os.dup(2), "wb", 0), write_through=True)
    requests = os.fdopen(os.dup(0), "rb")
    # A child of the function must not read the tool's requests.
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    return requests, answers

# SPDX-License-Identifier: MIT
"""The pytest plugin: ``@cch.vectors("kd_risk")``, the fixture ``cch_oracle``, and ``--cch-xfails FILE``."""
from __future__ import annotations

import functools
import inspect
import pathlib
from typing import Any, Callable, Iterator

import pytest

from ._oracle import Oracle
from ._vectors import Vector, load


def vectors(operation: str, *, exact: bool = False) -> Callable[[Callable[..., Any]], Any]:
    """Parametrises a test over the vectors of an operation.

    The test takes ``vector`` and returns what its function answers for ``vector.input``; or it takes ``cch_input``, the input
    alone. Where the input is invalid it has to raise. With ``exact=True`` the vectors for exact programs are there too.
    """
    chosen = [vector for vector in load(operation) if exact or not vector.exact_only]

    def mark(test: Callable[..., Any]) -> Any:
        @functools.wraps(test)
        def judged(*arguments: Any, **named: Any) -> None:
            vector: Vector = named["vector"]
            if "vector" not in wanted:
                del named["vector"]
            if "cch_input" in wanted:
                named["cch_input"] = vector.input
            __tracebackhide__ = True
            answer, raised = None, None
            try:
                answer = test(*arguments, **named)
            except Exception as error:
                # An assertion may be how the function refuses; where it has no need to, it is the test's own.
                if isinstance(error, AssertionError) and not vector.refuses:
                    raise
                raised = error
            vector.check(answer, raised)

        signature = inspect.signature(test)
        wanted = set(signature.parameters)
        kept = [p for name, p in signature.parameters.items() if name not in ("vector", "cch_input")]
        parameter = inspect.Parameter("vector", inspect.Parameter.POSITIONAL_OR_KEYWORD)
        judged.__signature__ = signature.replace(parameters=[*kept, parameter])  # type: ignore[attr-defined]
        return pytest.mark.parametrize("vector", chosen, ids=[vector.id for vector in chosen])(judged)

    return mark


@pytest.fixture(scope="session")
def cch_oracle() -> Iterator[Oracle]:
    """A live exact oracle, one for the session: ``cch_oracle.ask("kd_risk", instance)``."""
    with Oracle() as oracle:
        yield oracle


def pytest_addoption(parser: Any) -> None:
    """``--cch-xfails FILE``."""
    parser.getgroup("cch").addoption(
        "--cch-xfails", metavar="FILE", help="ids of vectors that are known to fail, one a line; an unexpected pass fails too")


def pytest_collection_modifyitems(config: Any, items: "list[Any]") -> None:
    """Marks the known failures, strictly: one that passes has to leave the file.

    Raises:
        pytest.UsageError: where the file cannot be read, or names a vector that does not exist.
    """
    path = config.getoption("--cch-xfails")
    if not path:
        return
    try:
        lines = pathlib.Path(path).read_text(encoding="utf8").splitlines()
    except OSError as error:
        raise pytest.UsageError(f"--cch-xfails {path}: {error.strerror}") from None
    known = {line.split("#")[0].strip() for line in lines} - {""}
    for item in items:
        vector = getattr(item, "callspec", None) and item.callspec.params.get("vector")
        if isinstance(vector, Vector) and vector.id in known:
            item.add_marker(pytest.mark.xfail(strict=True, reason=f"listed in {path}"))
    unknown = sorted(name for name in known if name not in _all_ids())
    if unknown:
        raise pytest.UsageError(f"--cch-xfails {path}: no vector {', '.join(unknown[:3])}")


def _all_ids() -> "set[str]":
    from ._tool import fixtures

    return {vector.id for file in (fixtures() / "vectors").glob("*.json") for vector in load(file.stem)}

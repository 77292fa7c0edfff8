# SPDX-License-Identifier: MIT
"""Judging functions of this very process: the tool asks a relay, which asks a fork of this process."""
from __future__ import annotations

import contextlib
import os
import pathlib
import select
import signal
import socket
import sys
import tempfile
import threading
import warnings
from typing import Any, Iterator

from ._reports import Report
from ._serving import as_served, serve
from ._tool import run

_RELAY = str(pathlib.Path(__file__).with_name("_relay.py"))


def validate(estimator: Any, *, seed: "int | None" = None, **options: Any) -> Report:
    """Judges an estimator of mutual information against known truth.

    ``estimator`` is ``f(x, y) -> float`` in nats, or the name of one of the tool's own, such as ``"ksg1"``. Further options are
    those of ``cch validate``: ``family="gaussian"``, ``max_dimension=1``, ``samples=10``, ``all=True``, ``time_limit="5s"``.

    Returns:
        a report; ``report.ok`` is the verdict.

    Raises:
        UsageError: where an option is refused, or the function cannot be served.
    """
    arguments = ["validate", *_options(seed=seed, **options)]
    if isinstance(estimator, str):
        return Report(*run([*arguments, "--estimator", estimator]))
    with relayed(estimator) as command:
        return Report(*run([*arguments, "--protocol", "lines", "--", *command]))


def conform(functions: Any, *, seed: "int | None" = None, **options: Any) -> Report:
    """Judges implementations of the tool's operations against vectors with exact answers.

    ``functions`` maps operations to functions, ``{"kd_risk": my_risk}``, or is a list of marked ones. Further options are those
    of ``cch conform``: ``only="kd_risk"``, ``random=1000``, ``junit=PATH``.

    Raises:
        UsageError: where an option is refused, or the functions cannot be served.
    """
    with relayed(functions) as command:
        return Report(*run(["conform", *_options(seed=seed, **options), "--", *command]))


def _options(**options: Any) -> "list[str]":
    arguments = []
    for name, value in options.items():
        flag = "--" + name.rstrip("_").replace("_", "-")
        if value is None or value is False:
            continue
        for item in value if isinstance(value, (list, tuple)) else [value]:
            arguments += [flag] if item is True else [flag, str(item)]
    return arguments


@contextlib.contextmanager
def relayed(functions: Any) -> "Iterator[list[str]]":
    """A command that a program can start to talk to ``functions``, as long as the context lasts.

    Each start gets a fork of this process, so that closures work, and a function that hangs or crashes harms nobody.
    """
    served = as_served(functions)
    with tempfile.TemporaryDirectory(prefix="cch-") as folder:
        path = os.path.join(folder, "socket")
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(path)
        listener.listen(4)
        workers: "list[int]" = []
        thread = threading.Thread(target=_accept, args=(listener, served, workers), daemon=True)
        thread.start()
        try:
            yield [sys.executable, "-I", "-S", _RELAY, path]
        finally:
            # Wakes accept, which a close alone does not.
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            thread.join(5)
            listener.close()
            _end(workers)


def _accept(listener: socket.socket, served: Any, workers: "list[int]") -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with warnings.catch_warnings():
            # A fork of a process with threads: only this thread goes on in it.
            warnings.simplefilter("ignore", DeprecationWarning)
            worker = os.fork()
        if worker == 0:
            _work(listener, connection, served)
        workers.append(worker)
        connection.close()


def _work(listener: socket.socket, connection: socket.socket, served: Any) -> None:
    status = 1
    try:
        listener.close()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        threading.Thread(target=_leave_with, args=(connection,), daemon=True).start()
        serve(served, connection.makefile("rb"), connection.makefile("wb"))
        status = 0
    finally:
        os._exit(status)


def _leave_with(connection: socket.socket) -> None:
    """Ends this worker when the tool has given its relay up, perhaps because the function hangs."""
    poll = select.poll()
    poll.register(connection, 0)
    # Only the end of the other side is reported.
    poll.poll()
    os._exit(1)


def _end(workers: "list[int]") -> None:
    while workers:
        worker = workers.pop()
        with contextlib.suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(worker, 0)

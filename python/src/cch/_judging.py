# SPDX-License-Identifier: MIT
"""Judging functions of this very process: the tool asks a relay, which asks a fork of this process."""
from __future__ import annotations

import contextlib
import os
import pathlib
import re
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
from ._tool import UsageError, run
from ._vectors import load

_RELAY = str(pathlib.Path(__file__).with_name("_relay.py"))


def validate(estimator: Any, *, seed: "int | None" = None, **options: Any) -> Report:
    """Judges an estimator of mutual information against known truth.

    ``estimator`` is ``f(x, y) -> float`` in nats, or the name of one of the tool's own, such as ``"ksg1"``. Further options are
    those of ``cch validate``: ``family="gaussian"``, ``max_dimension=1``, ``samples=10``, ``all=True``, ``time_limit="5s"``.

    Returns:
        a report; ``report.ok`` is the verdict.

    Raises:
        UsageError: where an option is refused, the function cannot be served, or it ends its process whatever it is asked.
    """
    if isinstance(estimator, str):
        return Report(*run(["validate", *options_of(seed=seed, estimator=estimator, **options)]))
    (served,) = as_served([estimator])
    options.setdefault("name", served.name)
    return _judged(["validate", *options_of(seed=seed, **options), "--protocol", "lines"], [served], served.name)


def conform(functions: Any, *, seed: "int | None" = None, **options: Any) -> Report:
    """Judges implementations of the tool's operations against vectors with exact answers.

    ``functions`` maps operations to functions, ``{"kd_risk": my_risk}``, or is a list of marked ones. Further options are those
    of ``cch conform``: ``only="kd_risk"``, ``random=1000``, ``junit=PATH``.

    Raises:
        UsageError: where an option is refused, or the functions cannot be served.
    """
    served = as_served(functions)
    for name in (name for f in served for name in f.operations):
        load(name)
    return _judged(["conform", *options_of(seed=seed, **options)], served, "the functions")


def _judged(arguments: "list[str]", served: Any, name: str) -> Report:
    with relayed(served) as command:
        try:
            return Report(*run([*arguments, "--", *command]))
        except UsageError as error:
            # Functions that end the process whatever they are asked: the message names the relay, and a standard error that is this one's.
            told = re.match(re.escape(" ".join(command[:3])) + r".*?: (it ended .*?)(; (nothing is on )?its standard error.*)?$", str(error), re.S)
            if told is None:
                raise
            raise UsageError(f"{name}: {told[1]}") from None


def options_of(**options: Any) -> "list[str]":
    """Options by name as those of a command line; a list is an option given several times."""
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
    with tempfile.TemporaryDirectory(prefix="cch-") as folder:
        path = os.path.join(folder, "socket")
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(path)
        listener.listen(4)
        forks = _Forks(listener, as_served(functions))
        thread = threading.Thread(target=forks.accept, daemon=True)
        thread.start()
        try:
            yield [sys.executable, "-I", "-S", _RELAY, path]
        finally:
            # Wakes accept, which a close alone does not.
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            thread.join(5)
            listener.close()
            forks.end()


class _Forks:
    """The forks of this process that serve, one a connection, and what becomes of them."""

    def __init__(self, listener: socket.socket, served: Any):
        self._listener, self._served = listener, served
        self._lock = threading.Lock()
        self._alive: "set[int]" = set()
        self._watchers: "list[threading.Thread]" = []

    def accept(self) -> None:
        """Forks for each connection, until the listener is shut down."""
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            # What is buffered here must not be printed by the fork as well.
            for stream in (sys.stdout, sys.stderr):
                with contextlib.suppress(Exception):
                    stream.flush()
            with warnings.catch_warnings(), self._lock:
                # A fork of a process with threads: only this thread goes on in it.
                warnings.simplefilter("ignore", DeprecationWarning)
                worker = os.fork()
                if worker == 0:
                    self._work(connection)
                self._alive.add(worker)
            watcher = threading.Thread(target=self._watch, args=(worker, connection), daemon=True)
            watcher.start()
            self._watchers.append(watcher)

    def _watch(self, worker: int, connection: socket.socket) -> None:
        """Tells the relay how the fork ended, so that the relay ends in the same way: the tool then says which."""
        os.waitid(os.P_PID, worker, os.WEXITED | os.WNOWAIT)
        with self._lock:
            # Its number is free for others from here on, so that nobody may kill it.
            self._alive.discard(worker)
            _, status = os.waitpid(worker, 0)
        with connection, contextlib.suppress(OSError):
            connection.sendall(b"\0%d\n" % status)

    def _work(self, connection: socket.socket) -> None:
        status = 1
        try:
            self._listener.close()
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            threading.Thread(target=_leave_with, args=(connection,), daemon=True).start()
            serve(self._served, connection.makefile("rb"), connection.makefile("wb"))
            status = 0
        finally:
            os._exit(status)

    def end(self) -> None:
        """Kills those that are left."""
        with self._lock:
            for worker in self._alive:
                os.kill(worker, signal.SIGKILL)
        for watcher in self._watchers:
            watcher.join(5)


def _leave_with(connection: socket.socket) -> None:
    """Ends this worker when the tool has given its relay up, perhaps because the function hangs."""
    poll = select.poll()
    poll.register(connection, 0)
    # Only the end of the other side is reported.
    poll.poll()
    os._exit(1)

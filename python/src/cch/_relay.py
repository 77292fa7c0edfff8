# SPDX-License-Identifier: MIT
"""What the tool starts when the functions live in another process: it passes lines on between the tool and a socket.

A zero byte is the last word of the other side: a wait status follows, and this process ends as that one did.
"""
import os
import resource
import signal
import socket
import sys
import threading


def pump(source: int, target: int) -> bytes:
    """Copies until the source ends, or nobody takes what it brings; returns the line that follows a zero byte."""
    last = None
    try:
        while last is None or not last.endswith(b"\n"):
            data = os.read(source, 1 << 16)
            if not data:
                break
            if last is None:
                data, zero, rest = data.partition(b"\0")
                last = rest if zero else None
            else:
                data, last = b"", last + data
            view = memoryview(data)
            while view:
                view = view[os.write(target, view):]
    except OSError:
        pass
    return last or b""


def end_as(status: int) -> None:
    """Ends this process with a wait status: by the same signal, or with the same exit status."""
    if os.WIFSIGNALED(status):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if os.WTERMSIG(status) != signal.SIGKILL:
            signal.signal(os.WTERMSIG(status), signal.SIG_DFL)
        os.kill(os.getpid(), os.WTERMSIG(status))
    os._exit(os.WEXITSTATUS(status))


def main() -> None:
    """Joins standard input and output to the socket that the command line names."""
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(sys.argv[1])
    descriptor = connection.fileno()

    def send() -> None:
        pump(0, descriptor)
        try:
            connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    threading.Thread(target=send, daemon=True).start()
    end_as(int(pump(descriptor, 1) or b"0"))


main()

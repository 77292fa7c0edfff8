# SPDX-License-Identifier: MIT
"""What the tool starts when the functions live in another process: it passes lines on between the tool and a socket."""
import os
import socket
import sys
import threading


def pump(source: int, target: int) -> None:
    """Copies until the source ends, or nobody takes what it brings."""
    try:
        while True:
            data = os.read(source, 1 << 16)
            if not data:
                break
            view = memoryview(data)
            while view:
                view = view[os.write(target, view):]
    except OSError:
        pass


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
    pump(descriptor, 1)


main()

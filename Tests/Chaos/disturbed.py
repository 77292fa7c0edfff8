# SPDX-License-Identifier: GPL-3.0-or-later
"""Processes of the tool that are disturbed, and what they leave behind."""
import os
import random
import signal
import subprocess
import time


# A run that succeeds so soon after a signal, in seconds, was ending when it came; one that takes longer did not heed it.
LAST_MOMENT = 0.4


class Stage:
    """A folder of outputs, a folder of temporary files and a random source; counts what was done."""

    def __init__(self, tool, root, folder, seed):
        self.tool, self.root, self.folder = tool, root, folder
        self.random = random.Random(seed)
        self.counts = {}
        self.temporary = os.path.join(folder, "tmp")
        os.makedirs(self.temporary)

    def path(self, name):
        return os.path.join(self.folder, name)

    def count(self, what):
        self.counts[what] = self.counts.get(what, 0) + 1

    def start(self, *arguments, **options):
        """Starts the tool in a session of its own, as a shell with job control does."""
        return subprocess.Popen(
            [self.tool, *arguments], cwd=self.root, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=dict(os.environ, TMPDIR=self.temporary), start_new_session=True, **options)

    def finish(self, *arguments):
        """Runs the tool to its end: exit status, output, errors."""
        process = self.start(*arguments)
        output, errors = process.communicate(timeout=600)
        return process.returncode, output, errors.decode(errors="replace")

    def disturbed(self, longest, kinds, *arguments):
        """Runs the tool, and sends it one of `kinds` after at most `longest` seconds; None where it was at its end by then."""
        process = self.start(*arguments)
        time.sleep(self.random.uniform(0, longest))
        kind = self.random.choice(kinds)
        if process.poll() is None:
            if kind == signal.SIGSTOP:
                process.send_signal(signal.SIGSTOP)
                time.sleep(self.random.uniform(0, 0.3))
                process.send_signal(signal.SIGCONT)
                kind = None
            else:
                process.send_signal(kind)
            self.count("stopped and continued" if kind is None else signal.Signals(kind).name)
        else:
            kind = None
        began = time.monotonic()
        output, errors = process.communicate(timeout=600)
        took = time.monotonic() - began
        if process.returncode == 0 and took < LAST_MOMENT:
            kind = None
        return kind, took, process.returncode, output, errors.decode(errors="replace")

    def leftovers(self, *expected):
        """The files of the folder that nobody asked for."""
        return sorted(set(os.listdir(self.folder)) - set(expected) - {"tmp"})


def processes_with(mark):
    """The processes whose command line has `mark`."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as file:
                if mark.encode() in file.read():
                    found.append(int(pid))
        except OSError:
            pass
    return found


class Filesystem:
    """A small disk of its own for a test, where that is allowed; `with` mounts and unmounts it."""

    def __init__(self, place, size):
        self.place, self.size = place, size

    def __enter__(self):
        os.makedirs(self.place)
        command = ["mount", "-t", "tmpfs", "-o", f"size={self.size}", "tmpfs", self.place]
        self.is_mounted = subprocess.run(command, stderr=subprocess.DEVNULL).returncode == 0
        return self

    def make_read_only(self):
        subprocess.run(["mount", "-o", "remount,ro", self.place], check=True)

    def __exit__(self, *_):
        if self.is_mounted:
            subprocess.run(["umount", "-l", self.place], check=True)

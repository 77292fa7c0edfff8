# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills, stops, full and read-only disks against the commands that write: `make chaos TIME=30` (seconds a scenario).

In the end everything must be as in an undisturbed run, byte for byte, and nothing may be left over: no stray file, no
temporary folder, no process. Exit status 1 where it is not, with the seed that repeats the choices.
"""
import glob
import json
import os
import shutil
import signal
import sys
import tempfile
import time

from disturbed import Filesystem, Stage, processes_with

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
KILLS = [signal.SIGKILL]
ENDS = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}
EXPERIMENTS = {"regression": ["experiment", "regression", "--quick"], "synthetic": ["experiment", "synthetic", "--quick"]}


class Failure(Exception):
    """What a run left behind, or did otherwise."""


def require(holds, what):
    if not holds:
        raise Failure(what)


def statuses(kind):
    """What a run that a signal ended may exit with: a signal before the first line of the program ends it as it ends any."""
    return (ENDS.get(kind), -kind)


def record_resumes(stage, seconds, name):
    """An experiment that is killed again and again comes to the undisturbed result, from its record."""
    command = [*EXPERIMENTS[name], "--seed", "1", "--json"]
    began = time.monotonic()
    status, expected, errors = stage.finish(*command)
    require(status == 0, f"the undisturbed run failed: {errors}")
    longest = max(0.2, (time.monotonic() - began) / 3)
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        record = stage.path(f"{name}.record")
        while True:
            kind, _, status, output, errors = stage.disturbed(
                longest, KILLS + [signal.SIGSTOP, signal.SIGTERM], *command, "--record", record)
            if kind is None:
                require(status == 0, f"exit status {status} after a resumption: {errors}")
                require(output == expected, "the resumed result is another one")
                break
            require(status in statuses(kind), f"exit status {status} after {kind!r}: {errors}")
        names = [json.loads(line).get("trial") for line in open(record, "rb")][1:]
        require(len(names) == len(set(names)), "a trial is recorded twice")
        os.remove(record)
        require(not stage.leftovers(), f"left over: {stage.leftovers()}")


def campaign_resumes(stage, seconds, _):
    """A campaign whose shards are killed, stopped and run twice at once, by clocks that jump, merges to what an undisturbed one does."""
    folder, calm = stage.path("campaign"), stage.path("calm")
    spec = "verify theorem1 unbounded --cases 12000 --seed 1"
    status, _, errors = stage.finish("campaign", "plan", spec, "--out", folder, "--shards", "3", "--save-every", "1s")
    require(status == 0, f"not planned: {errors}")
    shutil.copytree(folder, calm)
    began = time.monotonic()
    for shard in range(3):
        require(stage.finish("campaign", "run", calm, "--shard", str(shard), "--quiet")[0] == 0, "the undisturbed run failed")
    longest = max(0.2, (time.monotonic() - began) / 3)
    _, expected, _ = stage.finish("campaign", "merge", calm, "--json")
    require(b'"schema"' in expected, "nothing was merged")
    whole = contents(calm)
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        shards = [str(stage.random.randrange(3)) for _ in range(3)] + ["0", "1", "2"]
        for shard in shards:
            beside = stage.random.choice([True, False]) and stage.start("campaign", "run", folder, "--shard", shard, "--quiet")
            kind, _, status, _, errors = stage.disturbed(
                longest, KILLS + [signal.SIGSTOP, signal.SIGTERM], "campaign", "run", folder, "--shard", shard, "--quiet")
            require(status == 0 or kind is not None and status in statuses(kind), f"exit status {status} after {kind!r}: {errors}")
            if beside:
                stage.count("two on one shard")
                _, errors = beside.communicate(timeout=600)
                require(beside.returncode == 0, f"exit status {beside.returncode} beside another: {errors}")
            clock_jumps(stage, folder)
            status, output, errors = stage.finish("campaign", "status", folder, "--json")
            require(status == 0 and json.loads(output)["shards"] == 3, f"status after a jump: {status} {errors} {output!r:.300}")
        for shard in range(3):
            require(stage.finish("campaign", "run", folder, "--shard", str(shard), "--quiet")[0] == 0, "a shard cannot be finished")
        status, output, errors = stage.finish("campaign", "merge", folder, "--json")
        require((status, output) == (0, expected), f"another result: status {status}: {errors}")
        require(contents(folder) == whole, f"other files: {sorted(set(contents(folder)) ^ set(whole))}")
        for left in [*glob.glob(f"{folder}/shards/*/*"), *glob.glob(f"{folder}/parts/*"), *glob.glob(f"{folder}/merged/*")]:
            if os.path.isdir(left):
                shutil.rmtree(left)
            else:
                os.remove(left)


def clock_jumps(stage, folder):
    """Files that were written before another process's clock was set, by up to ten years to either side: nothing else tells a time."""
    for path in glob.glob(f"{folder}/**", recursive=True):
        if stage.random.randrange(2):
            moment = time.time() + stage.random.uniform(-3e8, 3e8)
            os.utime(path, (moment, moment))
    stage.count("clock set")


def contents(folder):
    """The files below a folder, with what is in them."""
    return {os.path.relpath(path, folder): open(path, "rb").read()
            for path in glob.glob(f"{folder}/**", recursive=True, include_hidden=True) if os.path.isfile(path)}


def output_is_whole(stage, seconds, _):
    """A file of results is the old one or the new one, never a part, and never lost."""
    target = stage.path("found.json")
    command = ["hunt", "unbounded", "--seed", "4", "--out", target, "--quiet"]
    began = time.monotonic()
    status, _, errors = stage.finish(*command)
    # The write is at the end.
    longest = 1.2 * (time.monotonic() - began)
    require(status == 1, f"the undisturbed hunt: status {status}, {errors}")
    whole = open(target, "rb").read()
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        old = stage.random.choice([None, b"old\n"])
        os.remove(target)
        if old is not None:
            open(target, "wb").write(old)
        stage.disturbed(longest, KILLS, *command)
        found = open(target, "rb").read() if os.path.exists(target) else None
        require(found in (old, whole), f"the file is neither old nor new: {found!r:.200}")
        # The next run removes what a kill left.
        require(stage.finish(*command)[0] == 1, "the run after a kill failed")
        require(not stage.leftovers("found.json"), f"left over: {stage.leftovers('found.json')}")


def program_is_ended(stage, seconds, _):
    """No signal leaves the program under test, a temporary folder or half a report behind."""
    mark = f"chaos-{os.getpid()}"
    program = ["--", "python3", "examples/implementations/python/cch_numpy.py", mark]
    report = stage.path("report.xml")
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        kind, took, status, _, errors = stage.disturbed(
            0.8, [*ENDS, signal.SIGKILL], "conform", "--junit", report, "--quiet", *program)
        if kind in ENDS:
            require(status in statuses(kind), f"status {status} after {kind.name}: {errors}")
            require(took < 3, f"{took:.1f} s to end after {kind.name}")
        elif kind is None:
            require(status == 0 and os.path.exists(report), f"status {status} at the end: {errors}")
        if kind != signal.SIGKILL:
            require(not os.listdir(stage.temporary), f"temporary: {os.listdir(stage.temporary)}")
        deadline = time.monotonic() + 5
        while processes_with(mark) and time.monotonic() < deadline:
            time.sleep(0.05)
        require(not processes_with(mark), "the program under test goes on")
        if os.path.exists(report):
            text = open(report).read()
            require(text.rstrip().endswith("</testsuites>"), "half a report")
            os.remove(report)
        for left in stage.leftovers():
            require(kind == signal.SIGKILL, f"left over: {left}")
            os.remove(stage.path(left))


def disk_is_full(stage, seconds, _):
    """Where the disk is full the error names the file; the record stays good, and goes on elsewhere."""
    command = [*EXPERIMENTS["regression"], "--seed", "1", "--json"]
    _, expected, _ = stage.finish(*command)
    ends = time.monotonic() + seconds
    number = 0
    while time.monotonic() < ends:
        number += 1
        with Filesystem(stage.path(f"disk{number}"), f"{stage.random.choice([4, 8, 16, 24, 40])}k") as disk:
            if not disk.is_mounted:
                return "skipped: file systems cannot be mounted here"
            record = os.path.join(disk.place, "record")
            status, _, errors = stage.finish(*command, "--record", record)
            require(status in (0, 2), f"status {status}: {errors}")
            if status == 2:
                stage.count("full disk")
                require("record" in errors and len(errors.strip().splitlines()) == 1, f"the error: {errors}")
                saved = open(record, "rb").read() if os.path.exists(record) else b""
                disk.make_read_only()
                status, _, errors = stage.finish(*command, "--record", record)
                stage.count("read-only disk")
                require(status == 2 and "record" in errors, f"read-only: status {status}: {errors}")
        if saved := (saved if status == 2 else None):
            elsewhere = stage.path("elsewhere")
            open(elsewhere, "wb").write(saved)
            status, output, errors = stage.finish(*command, "--record", elsewhere)
            require((status, output) == (0, expected), f"not resumed from a full disk: {status} {errors}")
            os.remove(elsewhere)
        os.rmdir(stage.path(f"disk{number}"))


def two_on_one_record(stage, seconds, _):
    """Of two processes on one record the second is refused by name, or both come to the same result one after the other."""
    command = [*EXPERIMENTS["regression"], "--seed", "1", "--json"]
    _, expected, _ = stage.finish(*command)
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        record = stage.path("shared.record")
        first = stage.start(*command, "--record", record)
        time.sleep(stage.random.uniform(0, 0.5))
        second = stage.start(*command, "--record", record)
        stage.count("two at once")
        results = [(process.communicate(timeout=600), process.returncode) for process in (first, second)]
        for (output, errors), status in results:
            require(status in (0, 2), f"status {status}: {errors}")
            if status == 0:
                require(output == expected, "another result")
            else:
                require(b"record" in errors, f"refused without the name: {errors}")
        require(any(status == 0 for _, status in results), "both were refused")
        os.remove(record)


SCENARIOS = {
    "regression": record_resumes, "synthetic": record_resumes, "campaign": campaign_resumes, "output": output_is_whole, "program": program_is_ended,
    "full-disk": disk_is_full, "two": two_on_one_record,
}


def main():
    tool, seconds = os.path.abspath(sys.argv[1]), float(sys.argv[2])
    # Under nohup the tool would not heed SIGHUP, as it must not.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else int(time.time())
    good = True
    for name, scenario in SCENARIOS.items():
        with tempfile.TemporaryDirectory(prefix="chaos-") as folder:
            stage = Stage(tool, ROOT, folder, f"{seed} {name}")
            try:
                remark = scenario(stage, seconds, name)
            except Failure as failure:
                good = False
                remark = f"FAILED: {failure}"
            done = ", ".join(f"{count} × {what}" for what, count in sorted(stage.counts.items()))
            print(f"{name:12} {done or 'nothing done'}{': ' + remark if remark else ''}", flush=True)
    print(f"seed {seed}")
    sys.exit(0 if good else 1)


main()

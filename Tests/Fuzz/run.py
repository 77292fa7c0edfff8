# SPDX-License-Identifier: GPL-3.0-or-later
"""Fuzzes every reader with libFuzzer and the address sanitizer: `make fuzz TIME=60` (seconds a target), SEED=1 for the same mutations again.

Inputs that once crashed are in regressions/TARGET and run first. A crash is written there, and the exit status is 1.
Corpora grow in .build-fuzz/corpus from one run to the next.
"""
import concurrent.futures
import glob
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
# Without what no one calls, as FuzzerMain of libFuzzer, a release is linked; a build for debugging must be told.
FLAGS = "-Xswiftc -sanitize=fuzzer,address -Xlinker -lstdc++ -Xlinker --gc-sections -Xswiftc -use-ld=lld -Xcc -fsanitize=address"
PROGRAMS = "FuzzData", "FuzzTheory", "FuzzDocuments"
# Seconds a target from which it pays to optimize, which takes minutes.
LONG = 10
BUILD = os.path.join(ROOT, ".build-fuzz")


def files(*patterns):
    return [open(path, "rb").read() for pattern in patterns for path in sorted(glob.glob(os.path.join(ROOT, pattern)))]


def statements():
    for text in files("fixtures/claims/*.claims"):
        joined = re.sub(r"\n[ \t]+", " ", re.sub(r"#.*", "", text.decode()))
        for line in joined.splitlines():
            if ":" in line:
                yield line.split(":", 1)[1].strip().encode()


def vector_files():
    for text in files("fixtures/vectors/*.json"):
        document = json.loads(text)
        if "tests" in document:
            document["tests"] = sorted(document["tests"], key=lambda test: len(json.dumps(test)))[:3]
            flags = {flag for test in document["tests"] for flag in test.get("flags", [])}
            document["notes"] = {flag: note for flag, note in document["notes"].items() if flag in flags}
            yield document


def requests():
    for document in vector_files():
        for number, test in enumerate(document["tests"]):
            line = {"kind": "run", "seq": number, "operation": document["operation"], "input": test["input"]}
            yield json.dumps(line).encode() + b"\n"


JSON_FILES = lambda: files("fixtures/instances/*.json", "fixtures/certificates/*.json")
TABLES = lambda: files("fixtures/formats/*.csv", "fixtures/formats/*.tsv", "fixtures/formats/*.txt")
ARRAYS = lambda: files("fixtures/formats/*.npy")
# What each target starts from, and its words.
TARGETS = {
    "json": (JSON_FILES, "json"),
    "number": (lambda: [b"3/50", b"-7", b"0.06", b"6e-2", b"-12.5e+3"], "number"),
    "columns": (lambda: [b"a,b", b"g*", b'"a,b",c', b"x1-x9", b"x[0]..x[3]"], None),
    "replay": (lambda: [b"u1:unbounded:AgICAAEAAAICBgQABgEC:5e533cb3"], None),
    "xfails": (lambda: [b"# known\nkd_risk/tie-1\n", b"kd_risk/a\nwindow/b # why\n"], None),
    "instance": (lambda: files("fixtures/instances/*.json"), "json"),
    "certificate": (lambda: files("fixtures/certificates/*.json"), "json"),
    "classes": (lambda: files("fixtures/classes/*.json", "fixtures/classes/models/*.json"), "json"),
    "statement": (lambda: list(statements()), "statement"),
    "claims-file": (lambda: files("fixtures/claims/*.claims"), "statement"),
    "oracle": (lambda: list(requests()), "json"),
    "table": (TABLES, "table"),
    "gzip": (lambda: files("fixtures/formats/*.gz"), None),
    "gzip-inside": (TABLES, "table"),
    "npy": (ARRAYS, "npy"),
    "idx": (lambda: files("fixtures/formats/*ubyte", "fixtures/formats/*float"), None),
    "npz": (lambda: files("fixtures/formats/*.npz", "fixtures/formats/*.zip"), None),
    "npz-inside": (lambda: [first + second for first, second in zip(ARRAYS(), ARRAYS()[1:])], "npy"),
    "tcga": (TABLES, "table"),
    "vectors": (lambda: [json.dumps(document).encode() for document in vector_files()], "json"),
    "record": (lambda: [b'{"schema": "cch.conform-record/1", "subject": "mine", "version": "1", "vectors": {"a": {"verdict": "passed", "output": {"risk": 1}}}}'], "json"),
    "experiment-record": (lambda: [], "json"),
    "page": (lambda: files("Tests/ReportingTests/Documents/*.json"), "json"),
}


def fuzz(program, name, seconds):
    """Runs one target; how many executions, its line of the table with what it found, and whether it found nothing."""
    seeds, dictionary = TARGETS[name]
    corpus, begin = os.path.join(BUILD, "corpus", name), os.path.join(BUILD, "seeds", name)
    known = os.path.join(HERE, "regressions", name)
    for folder in (corpus, begin):
        os.makedirs(folder, exist_ok=True)
    for number, seed in enumerate(seeds()):
        open(os.path.join(begin, f"seed-{number}"), "wb").write(seed)
    command = [program, name, corpus, begin] + ([known] if os.path.isdir(known) else [])
    command += [f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=2048", "-max_len=8192", "-print_final_stats=1"]
    command += [f"-artifact_prefix={BUILD}/found-{name}-"]
    if os.environ.get("SEED"):
        command.append(f"-seed={int(os.environ['SEED'])}")
    if dictionary:
        command.append(f"-dict={HERE}/dictionaries/{dictionary}")
    run = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
        env=dict(os.environ, SWIFT_BACKTRACE="enable=no", ASAN_OPTIONS="detect_leaks=0"))
    executions = re.search(r"number_of_executed_units:\s*(\d+)", run.stdout)
    edges = re.findall(r"cov: (\d+)", run.stdout)
    counters = re.search(r"\((\d+) inline 8-bit counters\)", run.stdout)
    line = (f"{name:18} {int(executions[1]) if executions else 0:>12,} executions"
            f" {int(edges[-1]) if edges else 0:>7,} edges of {int(counters[1]) if counters else 0:,}"
            f"  {'ok' if run.returncode == 0 else 'FAILED'}")
    if run.returncode:
        for path in glob.glob(f"{BUILD}/found-{name}-*"):
            os.makedirs(known, exist_ok=True)
            os.replace(path, os.path.join(known, os.path.basename(path)[len(f"found-{name}-"):]))
        line += f"\n{run.stdout[-3000:]}\nwhat it was is in Tests/Fuzz/regressions/{name}: mend it, and keep the input there"
    return int(executions[1]) if executions else 0, line, run.returncode == 0


def main():
    seconds, names = int(sys.argv[1]), sys.argv[2:] or list(TARGETS)
    kind = "release" if seconds >= LONG else "debug"
    subprocess.run(["swift", "build", "-c", kind, "--package-path", HERE, "--scratch-path", BUILD] + FLAGS.split(), check=True)
    programs = {}
    for program in (os.path.join(BUILD, kind, name) for name in PROGRAMS):
        listed = subprocess.run([program], stdout=subprocess.PIPE, text=True, check=True).stdout.split()
        programs |= dict.fromkeys(listed, program)
    if set(programs) != set(TARGETS):
        sys.exit(f"error: run.py and the programs list other targets: {sorted(set(programs) ^ set(TARGETS))}")
    total, all_ok = 0, True
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for count, line, is_ok in pool.map(lambda name: fuzz(programs[name], name, seconds), names):
            print(line, flush=True)
            total, all_ok = total + count, all_ok and is_ok
    print(f"{total:,} executions in all")
    sys.exit(0 if all_ok else 1)


main()

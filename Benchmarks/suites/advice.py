# SPDX-License-Identifier: GPL-3.0-or-later
"""`cch advise` on 10⁵ rows of 50 columns with 1,000 bootstrap resamples: from the file to the last sentence."""
import random

ROWS, TEACHER, STUDENT = 100_000, 24, 25


def write(path, digits):
    """Correlated normal columns t0 …, s0 … and y, as CSV of so many digits."""
    source = random.Random(1)
    names = [f"t{i}" for i in range(TEACHER)] + [f"s{i}" for i in range(STUDENT)]
    with open(path, "w", encoding="utf-8") as file:
        file.write(",".join(names + ["y"]) + "\n")
        for _ in range(ROWS):
            common = source.gauss(0, 1)
            row = [0.5 * common + source.gauss(0, 1) for _ in names]
            row.append(common + sum(row[::7]) / 3 + source.gauss(0, 1))
            file.write(",".join(f"{value:.{digits}g}" for value in row) + "\n")
    return ",".join(names[:TEACHER]), ",".join(names[TEACHER:])


def measure(run):
    for digits, goal in ((6, 5), (17, None)):
        path = run.folder / "advice.csv"
        teacher, student = write(path, digits)
        arguments = ["advise", path, "--teacher", teacher, "--student", student, "--label", "y", "--seed", 1]
        results = [run.cch(*arguments) for _ in range(3)]
        answer, seconds, memory = min(results, key=lambda result: result[1])
        assert answer["rows"] == ROWS and len(answer["candidates"]) == 1
        megabytes = path.stat().st_size / 1e6
        run.row(f"advise, 10⁵ rows × 50 columns, {digits} digits", f"{seconds:.2f} s", f"{megabytes:.0f} MB of CSV", "",
                f"≤ {goal} s" if goal else "", seconds <= goal if goal else None)
        run.note(f"peak memory {memory / 1e6:,.0f} MB")

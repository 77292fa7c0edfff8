# SPDX-License-Identifier: GPL-3.0-or-later
"""The results of cch validate --csv as a table of Markdown: mean error ± standard deviation for every task and estimator.

usage: table.py FILE.csv
"""
import csv
import statistics
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    rows = list(csv.DictReader(file))
names, tasks = (list(dict.fromkeys(row[key] for row in rows)) for key in ("estimator_id", "task_id"))


def cell(task, name):
    own = [row for row in rows if row["task_id"] == task and row["estimator_id"] == name and row["success"] == "True"]
    if not own:
        return "–"
    values, truth = [float(row["mi_estimate"]) for row in own], float(own[0]["mi_true"])
    spread = statistics.stdev(values) if len(values) > 1 else float("nan")
    return f"{statistics.mean(values) - truth:+.2f} ± {spread:.2f}".replace("-", "−")


print("| task | I | " + " | ".join(f"`{name}`" for name in names) + " |")
print("|---|---|" + "---|" * len(names))
for task in tasks:
    truth = next(float(row["mi_true"]) for row in rows if row["task_id"] == task)
    print(f"| `{task}` | {truth:.2f} | " + " | ".join(cell(task, name) for name in names) + " |")

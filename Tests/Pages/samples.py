# SPDX-License-Identifier: GPL-3.0-or-later
"""The documents that pages are made of: by the tool itself, small runs with fixed seeds."""
import json
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FIRST, LAMBDA = "fixtures/instances/first.json", "fixtures/certificates/fixed-lambda.json"
MPG = ["fixtures/data/autompg.csv", "--student", "acceleration,model_year", "--label", "mpg"]
#: A program that answers every question with the same window, and whose name is no harmless one.
LIAR = """import json, sys
for line in sys.stdin:
    m = json.loads(line)
    if m["kind"] == "start":
        a = {"kind": "started", "protocol": 1, "name": "<script>alert(1)</script> \\"'\\u05e9\\u05dc\\u05d5\\u05dd", "version": "1",
             "operations": ["window"], "exact": False}
    elif m["kind"] == "run":
        a = {"kind": "result", "seq": m["seq"], "output": {"lower": 0, "upper": 1}}
    else:
        break
    print(json.dumps(a), flush=True)
"""
COMMANDS = {
    "claims": ["claims"],
    "verify": ["verify", "--seed", "1", "--cases", "20000"],
    "hunt": ["hunt", "converse", "--seed", "1", "--cases", "5000"],
    "hunt-in-vain": ["hunt", "sharp", "--seed", "1", "--cases", "2000"],
    "hunt-classes": ["hunt", "label-smoothing-informs", "--seed", "7", "--cases", "2000"],
    "explain": ["explain", LAMBDA],
    "explain-classes": ["explain", "fixtures/classes/label-smoothing-informs.json"],
    "explain-first": ["explain", FIRST],
    "explain-ranking": ["explain", "fixtures/certificates/teacher-ranking.json"],
    "explain-several": ["explain", "fixtures/certificates/vector-label.json"],
    "explain-data": ["explain", "--data", MPG[0], "--teacher", "weight,horsepower", *MPG[1:], "--n", "12", "--lambda", "1/2"],
    "advise": ["advise", *MPG, "--teacher", "displacement,horsepower", "--teacher", "weight", "--repeats", "200", "--seed", "1"],
    "student": ["student", FIRST, "--seed", "1", "--repeats", "2000"],
    "decision": ["student", FIRST, "--decision", "--ns", "20,50,100,200", "--repeats", "2000", "--seed", "1"],
    "regression": ["experiment", "regression", "--quick", "--repeats", "3", "--seed", "1"],
    "synthetic": ["experiment", "synthetic", "--n", "300", "--inputs", "9", "--repeats", "60", "--trained-repeats", "2", "--seed", "1"],
    "own": ["experiment", "own", "--quick", "--repeats", "2", "--seed", "1", "--rows", "300", "--view", "fou=fixtures/data/mfeat/fou.csv.gz",
            "--view", "mor=fixtures/data/mfeat/mor.csv.gz", "--labels", "fixtures/data/mfeat/labels.csv.gz"],
    "validate": ["validate", "--estimator", "ksg1", "--tasks", "1v1-*", "--seed", "1"],
    "validate-gaussian": ["validate", "--estimator", "gaussian", "--seed", "1"],
    "comparison": ["validate", "--estimator", "ksg1", "--estimator", "gaussian", "--tasks", "*normal*-0.*", "--seed", "1", "--repeats", "3", "--rows", "300"],
    "conform": ["conform", "--", "{cch}", "oracle"],
    "liar": ["conform", "--", sys.executable, "-c", LIAR],
    "check": ["check", "fixtures/certificates/aligned.json", LAMBDA],
}
#: Documents that take long, or data that are not here: samples of the tests.
KEPT = {"class-advice": "class-advice.json", "images": "experiment-images.json"}
#: Pages of several documents.
TOGETHER = {"estimators": ["validate", "validate-gaussian"], "programs": ["conform", "liar"], "all-of-one": ["explain", "advise", "student"]}


def make(cch, folder):
    """Writes NAME.json of every command into `folder`; a document that is there is kept."""
    for name, file in KEPT.items():
        shutil.copyfile(ROOT / "Tests/ReportingTests/Documents" / file, folder / f"{name}.json")
    for name, command in COMMANDS.items():
        path = folder / f"{name}.json"
        if path.exists():
            continue
        words = [word.replace("{cch}", str(cch)) for word in command]
        place = words.index("--") if "--" in words else len(words)
        run = subprocess.run([cch, *words[:place], "--json", "--quiet", *words[place:]], cwd=ROOT, capture_output=True, text=True)
        if run.returncode not in (0, 1):
            raise SystemExit(f"{' '.join(words)}: status {run.returncode}\n{run.stderr}")
        json.loads(run.stdout)
        path.write_text(run.stdout, encoding="utf8")

# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the Indexed Job that 'cch campaign submit --engine kubernetes --json' prints against Kubernetes' published schema (run.sh).

usage: cch campaign submit … --json | kubernetes_test.py
"""
import json
import sys

import kubernetes_validate

document = json.load(sys.stdin)
job = json.loads(next(file["text"] for file in document["files"] if file["path"].endswith("job.json")))
for version in ("1.29",):
    kubernetes_validate.validate(job, version, strict=True)
# The check must be able to fail.
job["spec"]["completions"] = "many"
try:
    kubernetes_validate.validate(job, version, strict=True)
except kubernetes_validate.ValidationError:
    print("Kubernetes: the Indexed Job is of the published schema; it was not run")
else:
    sys.exit("a wrong job is not refused")

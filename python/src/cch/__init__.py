# SPDX-License-Identifier: MIT
"""Exact truth for estimators of mutual information and for cross-modal knowledge distillation.

This package starts the tool ``cch`` and speaks its protocol; all numbers are the tool's.

- Judge an estimator: :func:`validate`; serve one from a command line: :func:`estimator`, ``python -m cch.serve``.
- Judge an implementation of the formulas: :func:`conform`, :func:`operation`.
- Ask exact questions: :func:`ask`, :class:`Oracle`, :func:`explain`, :func:`evaluate`, :func:`hunt`.
- Your own data: :func:`advise`, :func:`estimate`.
"""
from ._exact import exact, plain
from ._judging import conform, validate
from ._oracle import Oracle, ask
from ._questions import advise, estimate, evaluate, explain, hunt
from ._reports import Report
from ._serving import Skip, estimator, operation, serve
from ._tool import CchError, UsageError, fixtures, run, tool, version

__version__ = "0.2.0"

__all__ = [
    "CchError", "Oracle", "Report", "Skip", "UsageError", "advise", "ask", "conform", "estimate", "estimator",
    "evaluate", "exact", "explain",
    "fixtures", "hunt", "operation", "plain", "run", "serve", "tool", "validate", "vectors", "version",
]


def __getattr__(name):
    # Only tests need pytest, and only they ask for this.
    if name == "vectors":
        from .pytest_plugin import vectors

        return vectors
    raise AttributeError(f"module 'cch' has no attribute {name!r}")

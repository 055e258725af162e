"""Tie-out: rules that hold the figures against each other and against what was printed."""

from boardpack.checks.check import Check
from boardpack.checks.engine import run_checks

__all__ = ["Check", "run_checks"]

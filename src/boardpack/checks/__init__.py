"""Tie-out: rules that hold the figures against each other and against what was printed."""

from boardpack.checks.check import Check

__all__ = ["Check"]

"""A month examined without being rendered: its extracts read, figures computed, checks run."""

from __future__ import annotations

from boardpack.build.inputs import check_inputs
from boardpack.checks import Check
from boardpack.checks.engine import run_checks
from boardpack.figures.chapters import NEEDS, compute
from boardpack.figures.register import Register
from boardpack.params import Paper


def examine(paper: Paper) -> tuple[Register, tuple[Check, ...]]:
    """The register of every chapter and the checks on it; InputFaults tells all that is wrong."""
    check_inputs(paper)
    register = compute(paper, *NEEDS)
    return register, run_checks(register, paper)

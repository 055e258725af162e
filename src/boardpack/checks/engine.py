"""All checks of a paper, with their roots and waivers applied."""

from __future__ import annotations

from collections.abc import Sequence

from boardpack.checks.absence import check_absence
from boardpack.checks.check import Check
from boardpack.checks.corrected import documented_checks
from boardpack.checks.roots import with_roots
from boardpack.checks.waivers import apply_waivers, refuse_unknown_waivers
from boardpack.checks.whole_file import with_spoilt_files, with_whole_file
from boardpack.core.params import Paper
from boardpack.core.rooms import found as found_in_room
from boardpack.figures.register import Register


def run_checks(register: Register, paper: Paper, *, complete: bool = True) -> tuple[Check, ...]:
    """Every check that the register gives rise to.

    A failure that the team's corrections alone make is documented (see `corrected`). A waiver in
    the month's parameters answers for one failing check until it expires, judged at the data cut.
    `complete` says that every chapter has run: only then is a waiver refused (InputFaults) that
    names a check which does not exist.
    """

    def run(other: Register) -> Sequence[Check]:
        return _checks(other, paper)

    found = with_spoilt_files(register, untraced_checks(register, paper))
    held = with_roots(register, with_whole_file(register, found, run))
    checks = (*check_absence(register, paper), *held)
    if complete:
        refuse_unknown_waivers(checks, paper)
    return apply_waivers(checks, paper)


def untraced_checks(register: Register, paper: Paper) -> tuple[Check, ...]:
    """The checks before any failure is traced to its root, or answered for: what fails, fails here.

    Tracing is most of the work where much is out, and makes nothing pass.
    """

    def run(other: Register) -> Sequence[Check]:
        return _checks(other, paper)

    return documented_checks(run(register), register, paper, run)


def _checks(register: Register, paper: Paper) -> tuple[Check, ...]:
    checks: tuple[Check, ...] = found_in_room("every_check", "every_check")(register, paper)
    return checks

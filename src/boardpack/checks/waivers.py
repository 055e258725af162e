"""Waivers: who has answered for which failing check, and what has become of each answer.

A waiver answers for a point: for the check that it names, and for the failures that follow from it.
What only needs reading can be waived without clearing what stops a release.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from boardpack.checks.check import Check
from boardpack.errors import Fault, InputFaults, nearest
from boardpack.params import Paper, Waiver, run_file

Use = Literal["in use", "expired", "not needed"]


@dataclass(frozen=True)
class Override:
    """One line of the override trail: a waiver and what it does in this paper.

    `what` says what the check found that it names; `follows` are the titles of the failures waived
    with it.
    """

    waiver: Waiver
    use: Use
    what: str
    follows: tuple[str, ...] = ()


def apply_waivers(checks: Sequence[Check], paper: Paper) -> tuple[Check, ...]:
    """The checks, with failures waived that an unexpired waiver names, or whose root it names."""
    today = paper.run.data_cut.date()
    waivers = {waiver.check: waiver for waiver in paper.run.waivers if waiver.expires >= today}
    known = {check.id: check for check in checks}
    return tuple(_answered(check, known, waivers) for check in checks)


def refuse_unknown_waivers(checks: Sequence[Check], paper: Paper) -> None:
    """Raise InputFaults for a waiver that names a check which does not exist."""
    known = [check.id for check in checks]
    file = run_file(paper.month).as_posix()
    faults = [
        Fault(
            file,
            "the id of a check",
            nearest(waiver.check, known[:500]),
            column="waivers",
            value=waiver.check,
        )
        for waiver in paper.run.waivers
        if waiver.check not in known
    ]
    if faults:
        raise InputFaults(faults)


def override_trail(checks: Sequence[Check], paper: Paper) -> tuple[Override, ...]:
    """Every waiver of the month: in use, expired at the data cut, or not needed."""
    known = {check.id: check for check in checks}
    named = {waiver.check for waiver in paper.run.waivers}
    return tuple(
        Override(
            waiver,
            _use(waiver, known.get(waiver.check), paper.run.data_cut.date()),
            _found(waiver, known.get(waiver.check)),
            tuple(
                check.title
                for check in checks
                if check.root == waiver.check and check.status == "waived" and check.id not in named
            ),
        )
        for waiver in paper.run.waivers
    )


def _found(waiver: Waiver, check: Check | None) -> str:
    return waiver.check if check is None else check.sentence or check.title


def _use(waiver: Waiver, check: Check | None, today: dt.date) -> Use:
    if check is not None and check.status == "waived" and waiver.expires >= today:
        return "in use"
    is_open = check is not None and check.status in ("fail", "waived")
    return "expired" if is_open and waiver.expires < today else "not needed"


def _answered(check: Check, known: Mapping[str, Check], waivers: Mapping[str, Waiver]) -> Check:
    if not check.is_open:
        return check
    if check.id in waivers:
        return check.waived(_reason(waivers[check.id]))
    root = known.get(check.root or "")
    if root is None or root.id not in waivers or not root.is_open or _is_graver(check, root):
        return check
    return check.waived(f"follows from {root.id}: {_reason(waivers[root.id])}")


def _is_graver(check: Check, root: Check) -> bool:
    """Whether a check stops a release that its root would not have stopped."""
    return check.severity == "error" and root.severity == "warning"


def _reason(waiver: Waiver) -> str:
    return f"{waiver.reason} ({waiver.owner_role}, until {waiver.expires})"

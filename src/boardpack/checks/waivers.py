"""Waivers: who has answered for which failing check, and what has become of each answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from boardpack.checks.check import Check
from boardpack.errors import Fault, InputFaults, nearest
from boardpack.params import Paper, Waiver

Use = Literal["in use", "expired", "not needed"]


@dataclass(frozen=True)
class Override:
    """One line of the override trail: a waiver and what it does in this paper."""

    waiver: Waiver
    use: Use


def apply_waivers(checks: Sequence[Check], paper: Paper) -> tuple[Check, ...]:
    """The checks, with failures answered for that a waiver names which has not expired."""
    waivers = {waiver.check: waiver for waiver in paper.run.waivers}
    return tuple(_answered(check, waivers.get(check.id), paper) for check in checks)


def refuse_unknown_waivers(checks: Sequence[Check], paper: Paper) -> None:
    """Raise InputFaults for a waiver that names a check which does not exist."""
    known = [check.id for check in checks]
    file = f"params/{paper.month.year_folder}/{paper.month.code}.yml"
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
    status = {check.id: check.status for check in checks}
    return tuple(
        Override(waiver, _use(waiver, status.get(waiver.check), paper.run.data_cut.date()))
        for waiver in paper.run.waivers
    )


def _use(waiver: Waiver, status: str | None, today: dt.date) -> Use:
    if status == "waived":
        return "in use"
    return "expired" if status == "fail" and waiver.expires < today else "not needed"


def _answered(check: Check, waiver: Waiver | None, paper: Paper) -> Check:
    if waiver is None or not check.is_open or waiver.expires < paper.run.data_cut.date():
        return check
    return check.waived(f"{waiver.reason} ({waiver.owner_role}, until {waiver.expires})")

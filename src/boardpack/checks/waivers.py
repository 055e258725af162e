"""Waivers: who has answered for which failing check, and what has become of each answer.

A waiver answers for a point: for the check that it names, and for the failures that follow from it.
One that names a pattern (`released.chc.*`) answers for each failing check whose id fits it. What
only needs reading can be waived without clearing what stops a release.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal

from boardpack.checks.check import Check
from boardpack.core.errors import Fault, InputFaults, nearest
from boardpack.core.home import run_file
from boardpack.core.params import Paper
from boardpack.core.run import Waiver

Use = Literal["in use", "expired", "not needed"]


@dataclass(frozen=True)
class Override:
    """One line of the override trail: a waiver and what it does in this paper.

    `what` says what the check found that it names; `follows` are the titles of the failures waived
    with it: those that follow from that check, or all that fit its pattern.
    """

    waiver: Waiver
    use: Use
    what: str
    follows: tuple[str, ...] = ()


def apply_waivers(checks: Sequence[Check], paper: Paper) -> tuple[Check, ...]:
    """The checks, with failures waived that an unexpired waiver names, or whose root it names."""
    today = paper.run.data_cut.date()
    waivers = [waiver for waiver in paper.run.waivers if waiver.expires >= today]
    known = {check.id: check for check in checks}
    return tuple(_answered(check, known, waivers) for check in checks)


def refuse_unknown_waivers(checks: Sequence[Check], paper: Paper) -> None:
    """Raise InputFaults for a waiver that names no check which exists, nor a pattern of any."""
    known = [check.id for check in checks]
    file = run_file(paper.month).as_posix()
    faults = [
        Fault(
            file,
            "the id of a check, or a pattern of ids such as released.chc.*",
            nearest(waiver.check, known),
            column="waivers",
            value=waiver.check,
        )
        for waiver in paper.run.waivers
        if not any(_names(waiver, identity) for identity in known)
    ]
    if faults:
        raise InputFaults(faults)


def override_trail(checks: Sequence[Check], paper: Paper) -> tuple[Override, ...]:
    """Every waiver of the month: in use, expired at the data cut, or not needed."""
    waivers, today = paper.run.waivers, paper.run.data_cut.date()
    return tuple(_override(waiver, checks, waivers, today) for waiver in waivers)


def _override(
    waiver: Waiver, checks: Sequence[Check], waivers: Sequence[Waiver], today: dt.date
) -> Override:
    named = [check for check in checks if _names(waiver, check.id)]
    with_it = [check for check in checks if check.status == "waived" and check.root == waiver.check]
    if is_pattern(waiver):
        what = f"{len(named):,} checks: {waiver.check}"
        with_it = [check for check in named if check.status == "waived"]
    else:
        what = next((check.sentence or check.title for check in named), waiver.check)
        with_it = [c for c in with_it if not any(_names(other, c.id) for other in waivers)]
    return Override(waiver, _use(waiver, named, today), what, tuple(c.title for c in with_it))


def is_pattern(waiver: Waiver) -> bool:
    """Whether a waiver names many checks at once.

    >>> is_pattern(Waiver.model_construct(check="released.chc.*"))
    True
    """
    return "*" in waiver.check


def _names(waiver: Waiver, identity: str) -> bool:
    return fnmatchcase(identity, waiver.check)


def _use(waiver: Waiver, named: Sequence[Check], today: dt.date) -> Use:
    if waiver.expires >= today:
        return "in use" if any(check.status == "waived" for check in named) else "not needed"
    return "expired" if any(check.status in ("fail", "waived") for check in named) else "not needed"


def _answered(check: Check, known: Mapping[str, Check], waivers: Sequence[Waiver]) -> Check:
    if not check.is_open:
        return check
    own = _waiver_of(check, waivers)
    if own is not None:
        return check.waived(_reason(own))
    root = known.get(check.root or "")
    of_root = root and root.is_open and not _is_graver(check, root) and _waiver_of(root, waivers)
    return check.waived(f"follows from {check.root}: {_reason(of_root)}") if of_root else check


def _waiver_of(check: Check, waivers: Sequence[Waiver]) -> Waiver | None:
    """The waiver that names a check: one by its id before one by a pattern."""
    found = [waiver for waiver in waivers if _names(waiver, check.id)]
    return min(found, key=is_pattern, default=None)


def _is_graver(check: Check, root: Check) -> bool:
    """Whether a check stops a release that its root would not have stopped."""
    return check.severity == "error" and root.severity == "warning"


def _reason(waiver: Waiver) -> str:
    return f"{waiver.reason} ({waiver.owner_role}, until {waiver.expires})"

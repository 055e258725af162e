"""All checks of a paper, with waivers applied."""

from __future__ import annotations

from boardpack.checks.agreement import check_agreements
from boardpack.checks.check import Check
from boardpack.checks.duties import check_duties, check_price_and_activity
from boardpack.checks.printed import check_printed
from boardpack.errors import Fault, InputFaults, nearest
from boardpack.figures.register import Register
from boardpack.params import ICB, Paper, Waiver


def run_checks(register: Register, paper: Paper) -> tuple[Check, ...]:
    """Every check that the register gives rise to.

    A waiver in the month's parameters answers for one failing check until it expires, judged at the
    data cut. Raises InputFaults for a waiver that names a check which does not exist.
    """
    places = (*paper.report.places, ICB)
    checks = (
        *check_printed(register),
        *check_agreements(register, places),
        *check_duties(register),
        *check_price_and_activity(register, places),
    )
    waivers = {waiver.check: waiver for waiver in paper.run.waivers}
    _refuse_unknown(waivers, checks, paper)
    return tuple(_answered(check, waivers.get(check.id), paper) for check in checks)


def _refuse_unknown(waivers: dict[str, Waiver], checks: tuple[Check, ...], paper: Paper) -> None:
    known = [check.id for check in checks]
    file = f"params/{paper.month.year_folder}/{paper.month.code}.yml"
    faults = [
        Fault(file, "the id of a check", nearest(name, known[:500]), column="waivers", value=name)
        for name in waivers
        if name not in known
    ]
    if faults:
        raise InputFaults(faults)


def _answered(check: Check, waiver: Waiver | None, paper: Paper) -> Check:
    if waiver is None or not check.is_open or waiver.expires < paper.run.data_cut.date():
        return check
    return check.waived(f"{waiver.reason} ({waiver.owner_role}, until {waiver.expires})")

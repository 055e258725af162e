"""From the packages of care to the ledger's actual to date: what the team names, and what is left.

The parts are packages, funded nursing care, one-off costs, and the items of
`chc_reconciling_items.csv`: accruals for care not entered yet, adjustments, and others. What then
remains of the ledger is not explained. All are costs: what adds to the ledger is positive.
"""

from __future__ import annotations

from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.figures.schedule_figures import table_figures
from boardpack.schedules.load import own_schedule
from boardpack.subjects.chc.ledger_figures import CARE_ROLE
from boardpack.subjects.chc.packages_extract import FILE

ITEMS = "chc_reconciling_items"


def reconciling_lines() -> dict[str, str]:
    """The lines of the named items of each kind, and what they are called."""
    kinds = own_schedule(ITEMS).columns["kind"].names
    return {f"reconciling_{kind}": name for kind, name in kinds.items()}


def reconciliation_figures(draft: Draft) -> None:
    """Enter the named items of each place and of all, and what of the ledger is not explained."""
    if not draft.folder.has(FILE):
        return
    table_figures(draft, own_schedule(ITEMS))
    for place in (*draft.paper.report.places, ICB):
        name = draft.paper.report.place_name(place)
        label = f"{name}, continuing care accrued"
        scope = draft.scope("chc", place, "accrual", label, basis="packages")
        ledger = f"position.{place}.{draft.line(CARE_ROLE)}.ytd_actual"
        named = [scope.at(line=line).id("ytd_actual") for line in reconciling_lines()]
        there = [identity for identity in named if draft.has(identity)]
        if draft.has(ledger):
            scope.derive("unexplained", " - ".join((ledger, scope.id("ytd_actual"), *there)))

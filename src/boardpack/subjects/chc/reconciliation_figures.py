"""From the packages of care to the ledger's actual to date: what the team names, and what is left.

The parts are packages, funded nursing care, one-off costs, and the items of
`chc_reconciling_items.csv`: accruals for care not entered yet, adjustments, and others. What then
remains of the ledger is not explained. All are costs: what adds to the ledger is positive.
"""

from __future__ import annotations

from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.figures.scope import Scope
from boardpack.reading.extract import sum_values
from boardpack.subjects.chc.ledger_figures import CARE_ROLE
from boardpack.subjects.chc.packages_extract import FILE
from boardpack.subjects.chc.reconciling_items_extract import KINDS, read_chc_reconciling_items

ACCRUAL = "accrual"
LABELS = {
    "accrual": "accruals that are not in the database",
    "adjustment": "adjustments in the ledger",
    "other": "other named differences",
}


def reconciliation_figures(draft: Draft) -> None:
    """Enter the named items of each place and of all, and what of the ledger is not explained."""
    if not draft.folder.has(FILE):
        return
    items = read_chc_reconciling_items(draft.folder)
    kinds = [kind for kind in KINDS if items.only(kind=kind)]
    places = draft.paper.report.places
    for kind in kinds:
        for place in places:
            values = [row.amounts["ytd_actual"] for row in items.only(place=place, kind=kind)]
            _scope(draft, place, kind).read("ytd_actual", sum_values(values))
        total = _scope(draft, ICB, kind)
        named = [total.at(place=place).id("ytd_actual") for place in places]
        total.total("ytd_actual", [one for one in named if draft.has(one)])
    for place in (*places, ICB):
        _unexplained(draft, place, kinds)


def _scope(draft: Draft, place: str, kind: str) -> Scope:
    name = draft.paper.report.place_name(place)
    label = f"{name}, {LABELS[kind]}"
    return draft.scope("chc", place, f"reconciling_{kind}", label, basis="stated")


def _unexplained(draft: Draft, place: str, kinds: list[str]) -> None:
    name = draft.paper.report.place_name(place)
    scope = draft.scope("chc", place, ACCRUAL, f"{name}, continuing care accrued", basis="packages")
    ledger = f"position.{place}.{draft.line(CARE_ROLE)}.ytd_actual"
    named = [scope.at(line=f"reconciling_{kind}").id("ytd_actual") for kind in kinds]
    there = [identity for identity in named if draft.has(identity)]
    if draft.has(ledger):
        scope.derive("unexplained", " - ".join((ledger, scope.id("ytd_actual"), *there)))

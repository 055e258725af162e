"""Prescribing savings as the medicines team reports them: plan, position by place, run-rate drugs.

They are declared tables: `prescribing_savings_plan`, `prescribing_savings_position`, and
`prescribing_run_rate_drugs`.
Amounts are in pounds and a saving is positive; cost growth is positive, a fall in cost negative.
"""

from __future__ import annotations

from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.figures.schedule_beside import beside_figures
from boardpack.figures.schedule_figures import table_figures
from boardpack.figures.scope import Scope
from boardpack.reading.extract import Extract
from boardpack.reading.schedule_reading import read_schedule
from boardpack.schedules.load import own_schedule
from boardpack.subjects.prescribing.net_of_savings import net_of_savings_figures

BASIS = "medicines team"
MONTHS_IN_QUARTER = 3


def prescribing_savings_figures(draft: Draft) -> None:
    """Schemes, kinds of saving and drugs are read; every total and comparison is computed."""
    plan, position = (own_schedule(f"prescribing_savings_{one}") for one in ("plan", "position"))
    table_figures(draft, plan)
    reported = read_schedule(draft.folder, position)
    if reported.rows:
        _phasing_to_date(draft)
        table_figures(draft, position)
        _plan_by_kind(draft, reported)
    beside_figures(draft, plan)
    table_figures(draft, own_schedule("prescribing_run_rate_drugs"))
    net_of_savings_figures(draft)


def _scope(draft: Draft, line: str, label: str) -> Scope:
    return draft.scope("prescribing_savings", ICB, line, label, basis=BASIS)


def _plan_by_kind(draft: Draft, reported: Extract) -> None:
    """The places' September plans added by kind: the same total, added the other way."""
    label = f"{draft.place_names()[ICB]}, prescribing savings, total"
    scope = _scope(draft, "total", label).at(period=draft.year)
    kinds = own_schedule("prescribing_savings_position").columns["annual_september"].sum or ()
    parts = [scope.at(line=kind).id("annual_plan") for kind in kinds]
    printed = [row.amounts.get("annual_september") for row in reported.only(place=ICB)]
    scope.total("annual_plan_september_by_kind", parts, printed=next(iter(printed), None))


def _phasing_to_date(draft: Draft) -> None:
    """The share of the year's savings due by now, in per cent: a quarter counts by its months."""
    month = draft.paper.month.number
    terms = []
    for quarter in range(1, 5):
        months = min(max(month - MONTHS_IN_QUARTER * (quarter - 1), 0), MONTHS_IN_QUARTER)
        phase = f"prescribing.{ICB}.savings.phasing.q{quarter}"
        if months and not draft.has(phase):
            return
        if months:
            part = "" if months == MONTHS_IN_QUARTER else f" * {months} / {MONTHS_IN_QUARTER}"
            terms.append(f"{phase}{part}")
    scope = _scope(draft, "phasing", "Savings phasing")
    scope.derive("share_to_date", " + ".join(terms), "PCT")

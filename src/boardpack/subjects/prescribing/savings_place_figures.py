"""Prescribing savings by place: the plan by kind, what was saved, and what was due by now."""

from __future__ import annotations

from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.figures.scope import Scope
from boardpack.reading.extract import Row
from boardpack.subjects.prescribing.savings_position_extract import (
    ANNUAL,
    YTD,
    read_prescribing_savings_position,
)

PLANS = {"annual_july": "annual_plan_july", "annual_september": "annual_plan_september"}
KINDS = tuple(name for name in ANNUAL if name not in PLANS)
KIND_LABELS = {
    "core_target": "Core",
    "generic_prescribing": "Generic prescribing",
    "non_core_target": "Non-core",
    "core_otc": "Core: self-care, over the counter",
    "core_others": "Core: others",
    "branded_generic": "Branded generics",
    "generic_from_july": "Generics from July",
    "optimise_rx": "OptimiseRx",
    "smr": "Structured medication reviews",
    "rebate": "Rebate",
    "budget_review": "Budget review",
    "rag_drugs": "RAG-list drugs",
}
MONTHS_IN_QUARTER = 3


def position_figures(draft: Draft) -> None:
    """Kinds of saving are read by place; totals by place and for the ICB are computed.

    A kind that a place has not in its plan (NA) enters nothing.
    """
    rows = {row["place"]: row for row in read_prescribing_savings_position(draft.folder)}
    places = [place for place in draft.paper.report.places if place in rows]
    for place in places:
        _place(draft, rows[place])
    if places:
        _icb(draft, places, rows.get(ICB))
        _phasing_to_date(draft)
    for place in (*places, *([ICB] if places else [])):
        _progress(draft, place)


def kind_scope(draft: Draft, place: str, line: str) -> Scope:
    """The scope of one kind of saving at a place; `total` adds the kinds."""
    label = f"{draft.place_names()[place]}, prescribing savings, {KIND_LABELS.get(line, line)}"
    return draft.scope("prescribing_savings", place, line, label, basis="medicines team")


def _place(draft: Draft, row: Row) -> None:
    place, cells = row["place"], row.amounts
    for kind in KINDS:
        scope = kind_scope(draft, place, kind).at(period=draft.year)
        scope.read("annual_plan", cells.get(kind))
    for kind in YTD:
        kind_scope(draft, place, kind).read("ytd_savings", cells.get(kind))
    total = kind_scope(draft, place, "total")
    year = total.at(period=draft.year)
    year.read_cell(PLANS["annual_july"], row, "annual_july")
    parts = [total.at(line=kind).id("annual_plan") for kind in KINDS]
    planned = cells.get("annual_september")
    year.total(PLANS["annual_september"], parts, printed=planned, is_sparse=True)
    saved = [total.at(line=kind).id("ytd_savings") for kind in YTD]
    total.total("ytd_savings", saved, printed=cells.get("ytd_savings"), is_sparse=True)


def _icb(draft: Draft, places: list[str], row: Row | None) -> None:
    """Each column adds the places; the September plan also adds its kinds."""
    cells = row.amounts if row else {}
    year = draft.year
    columns = [("annual_plan", kind, kind, year) for kind in KINDS]
    columns += [("ytd_savings", kind, kind, draft.month) for kind in YTD]
    columns += [(measure, "total", column, year) for column, measure in PLANS.items()]
    columns += [("ytd_savings", "total", "ytd_savings", draft.month)]
    for measure, line, column, period in columns:
        scope = kind_scope(draft, ICB, line).at(period=period)
        addends = [scope.at(place=place).id(measure) for place in places]
        if draft.knows(*addends):
            scope.total(measure, addends, printed=cells.get(column), is_sparse=line != "total")
    total = kind_scope(draft, ICB, "total").at(period=year)
    kinds = [total.at(line=kind).id("annual_plan") for kind in KINDS]
    total.total("annual_plan_september_by_kind", kinds, printed=cells.get("annual_september"))


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
    scope = kind_scope(draft, ICB, "phasing").at(line_label="Savings phasing")
    scope.derive("share_to_date", " + ".join(terms), "PCT")


def _progress(draft: Draft, place: str) -> None:
    """Saved to date against the September plan, and against the plan as phased."""
    scope = kind_scope(draft, place, "total")
    plan, july = scope.id("annual_plan_september"), scope.id("annual_plan_july")
    if draft.has(plan, july):
        formula = "annual_plan_september - annual_plan_july"
        scope.at(period=draft.year).derive("plan_change", formula)
    if draft.has(plan) and draft.agreed(plan).value > 0:
        scope.derive("ytd_share_of_plan", f"ytd_savings / {plan} * 100", "PCT")
    phasing = f"prescribing_savings.{ICB}.phasing.share_to_date"
    if draft.has(phasing):
        scope.derive("ytd_phased_plan", f"{plan} * {phasing} / 100")
        scope.derive("ytd_variance_to_phasing", "ytd_savings - ytd_phased_plan")

"""Prescribing: what makes up the spend that the Prescription Pricing Authority (PPA) bills.

Amounts are in pounds. Lines are the parts of the PPA spend (`cat_m_ncso`, `prior_year`, ...) and
`ppa` for their sum, its budget, variance and forecast. Where the year to date holds months without
data, what is computed from spend is an estimate.
"""

from __future__ import annotations

from collections.abc import Mapping

from boardpack.core.money import plain
from boardpack.core.periods import MONTHS_IN_YEAR
from boardpack.core.structure import CENTRAL, ICB
from boardpack.figures.draft import Draft
from boardpack.figures.run_rate import Once, run_rate_figures
from boardpack.figures.scope import Scope
from boardpack.reading.extract import Value
from boardpack.subjects.prescribing.bases import basis_figures, line_scope
from boardpack.subjects.prescribing.stated import stated_counterparts
from boardpack.subjects.prescribing.summary_extract import PARTS, read_prescribing_summary

PART_LABELS = {
    "pmd_excl_cat_m_ncso": "Medicines without Category M and NCSO",
    "cat_m_ncso": "Category M and NCSO",
    "central_drugs": "Central drugs charge",
    "flu_income": "Flu vaccine income",
    "prior_year": "Prior year (benefit) or cost",
    "qipp_savings": "Savings held centrally",
    "pmd_ipp_difference": "Difference between the PMD and IPP reports",
}
VARIANCE = "ytd_budget - ytd_spend"
FORECAST_VARIANCE = "annual_budget - forecast_outturn"
Printed = Mapping[str, Value]


def prescribing_figures(draft: Draft) -> None:
    """Parts and budgets are read; spend, variances, forecasts and totals are computed.

    The forecast of the central row is keyed by the finance team, so it is read.
    """
    rows = {row["place"]: row.amounts for row in read_prescribing_summary(draft.folder)}
    columns = [place for place in (*draft.paper.report.places, CENTRAL) if place in rows]
    every = [*draft.paper.report.places, *(one for one in (CENTRAL,) if one in rows)]
    for place in columns:
        _parts(draft, place, rows[place])
        _spend(draft, place, rows[place])
        _forecast(draft, place, rows[place])
    if columns:
        _icb(draft, every, rows.get(ICB, {}))
        basis_figures(draft)
        for place in (*draft.paper.report.places, ICB):
            scope = ppa_scope(draft, place)
            run_rate_figures(draft, scope, _prior_year(draft, scope))
    stated_counterparts(draft)


def part_scope(draft: Draft, place: str, part: str) -> Scope:
    """The scope of one part of a place's PPA spend; the prior-year item is known, not estimated."""
    scope = line_scope(draft, place, part, PART_LABELS[part])
    return scope.at(is_estimate=False) if part == "prior_year" else scope


def ppa_scope(draft: Draft, place: str) -> Scope:
    """The scope of a place's PPA spend as a whole."""
    return line_scope(draft, place, "ppa", "PPA prescribing")


def _parts(draft: Draft, place: str, cells: Printed) -> None:
    for part in PARTS:
        part_scope(draft, place, part).read("ytd_spend", cells.get(part))
    _central_charge(draft, place, cells.get("central_drugs"))


def _central_charge(draft: Draft, place: str, printed: Value | None) -> None:
    """The central drugs charge as a share of medicines, and what it is at the rate agreed."""
    scope = part_scope(draft, place, "central_drugs")
    base = [scope.at(line=part).id("ytd_spend") for part in ("pmd_excl_cat_m_ncso", "cat_m_ncso")]
    if not draft.has(scope.id("ytd_spend"), *base):
        return
    medicines = " + ".join(base)
    rate = plain(draft.paper.report.central_drugs_percent)
    scope.derive("spend_at_rate", f"{rate} / 100 * ({medicines})", printed=printed)
    if sum(draft.agreed(identity).value for identity in base) > 0:
        scope.derive("share_of_medicines", f"ytd_spend / ({medicines}) * 100", "PCT")


def _spend(draft: Draft, place: str, cells: Printed) -> None:
    scope = ppa_scope(draft, place)
    parts = [scope.at(line=part).id("ytd_spend") for part in PARTS]
    scope.total("ytd_spend", parts, printed=cells.get("ytd_spend"), is_sparse=True)
    scope.at(is_estimate=False).read("ytd_budget", cells.get("ytd_budget"))
    scope.derive("ytd_variance", VARIANCE, printed=cells.get("ytd_variance"))


def _forecast(draft: Draft, place: str, cells: Printed) -> None:
    """Forecast = (spend - prior year) x 12 / month + prior year; the central row's is keyed."""
    scope = ppa_scope(draft, place).at(period=draft.year)
    scope.at(is_estimate=False).read("annual_budget", cells.get("annual_budget"))
    printed = cells.get("forecast_outturn")
    if place == CENTRAL:
        scope.read("forecast_outturn", printed)
    else:
        scope.derive("forecast_outturn", _straight_line(draft, scope), printed=printed)
    scope.derive("forecast_variance", FORECAST_VARIANCE, printed=cells.get("forecast_variance"))


def _prior_year(draft: Draft, scope: Scope) -> Once | None:
    """Last year's item, a benefit or a cost: spend, so that it is taken off a variance."""
    prior_year = scope.at(line="prior_year").id("ytd_spend")
    return Once(f"(0 - {prior_year})", is_new=False) if draft.has(prior_year) else None


def _straight_line(draft: Draft, scope: Scope) -> str:
    months = f"{MONTHS_IN_YEAR} / {draft.paper.month.number}"
    prior_year = scope.at(line="prior_year").id("ytd_spend")
    if not draft.has(prior_year):
        return f"ytd_spend * {months}"
    return f"(ytd_spend - {prior_year}) * {months} + {prior_year}"


def _icb(draft: Draft, columns: list[str], cells: Printed) -> None:
    for part in PARTS:
        scope = part_scope(draft, ICB, part)
        addends = [scope.at(place=place).id("ytd_spend") for place in columns]
        if any(draft.has(identity) for identity in addends):
            scope.total("ytd_spend", addends, printed=cells.get(part), is_sparse=True)
    scope = ppa_scope(draft, ICB)
    for measure in ("ytd_spend", "ytd_budget", "annual_budget", "forecast_outturn"):
        addends = [scope.at(place=place).id(measure) for place in columns]
        _measure_scope(draft, scope, measure).total(measure, addends, printed=cells.get(measure))
    scope.derive("ytd_variance", VARIANCE, printed=cells.get("ytd_variance"))
    year = scope.at(period=draft.year)
    year.derive("forecast_variance", FORECAST_VARIANCE, printed=cells.get("forecast_variance"))


def _measure_scope(draft: Draft, scope: Scope, measure: str) -> Scope:
    period = draft.month if measure.startswith("ytd_") else draft.year
    is_budget = measure.endswith("_budget")
    return scope.at(period=period, is_estimate=scope.is_estimate and not is_budget)

"""Prescribing on its two bases, PPA and ledger: shares, growth, and the bridge between them.

Shares and variances have the sign of a variance: negative is an overspend. Growth is a cost:
positive is spend above budget. Spend held centrally is not a place's, so places are added up
without it.
"""

from __future__ import annotations

from collections.abc import Iterable

from boardpack.core.periods import MONTHS_IN_YEAR
from boardpack.core.structure import CENTRAL, ICB
from boardpack.figures.draft import Draft
from boardpack.figures.labels import measure_label
from boardpack.figures.scope import Scope

PLACE_LINES = {"ppa": "prescribing.{}.ppa.{}", "ledger": "overview.{}.@prescribing.{}"}


def basis_figures(draft: Draft) -> None:
    """Shares by place and for the places together on both bases, growth, bridge, and range."""
    places = draft.paper.report.places
    for place in (*places, ICB):
        _share(draft, line_scope(draft, place, "ppa", "PPA prescribing"))
        _growth(draft, place)
    for place in (*places, CENTRAL, ICB):
        _non_ppa(draft, place)
        _range(draft, place)
    _places_together(draft, list(places))
    _places_growth(draft)
    _central_reserve(draft)


def is_estimated(draft: Draft) -> bool:
    """Whether the year to date holds months for which there is no prescribing data yet."""
    return draft.paper.run.prescribing_months_of_data < draft.paper.month.number


def line_scope(draft: Draft, place: str, line: str, label: str, basis: str = "ppa") -> Scope:
    """A line of a place's prescribing; an estimate while months of data are missing."""
    named = f"{draft.place_names()[place]}, {label}"
    scope = draft.scope("prescribing", place, line, named, basis=basis)
    return scope.at(is_estimate=is_estimated(draft))


def _share(draft: Draft, scope: Scope) -> None:
    """Over- or underspend as a share of budget, in per cent."""
    variance, budget = scope.id("ytd_variance"), scope.id("ytd_budget")
    if draft.has(variance, budget) and draft.agreed(budget).value > 0:
        scope.derive("ytd_variance_share", "ytd_variance / ytd_budget * 100", "PCT")
    year = (scope.id("forecast_variance"), scope.id("annual_budget"))
    if draft.has(*year) and draft.agreed(year[1]).value > 0:
        formula = "forecast_variance / annual_budget * 100"
        scope.at(period=draft.year).derive("forecast_variance_share", formula, "PCT")


def _growth(draft: Draft, place: str) -> None:
    """What Category M and NCSO leave of an overspend; assumes that no budget was set for them."""
    scope = line_scope(draft, place, "local_growth", "growth in prescribing")
    variance = scope.at(line="ppa").id("ytd_variance")
    spend = scope.at(line="cat_m_ncso").id("ytd_spend")
    if draft.has(variance, spend):
        printed = draft.stated("prescribing", place, "local_growth", "ytd_overspend")
        scope.derive("ytd_overspend", f"0 - {variance} - {spend}", printed=printed)
    if draft.has(spend):
        cat_m = line_scope(draft, place, "cat_m_ncso", "Category M and NCSO")
        formula = f"ytd_spend * {MONTHS_IN_YEAR} / {draft.paper.month.number}"
        cat_m.at(period=draft.year).derive("full_year_straight_line", formula)


def _non_ppa(draft: Draft, place: str) -> None:
    """The ledger's prescribing variance that does not come from PPA bills."""
    ledger = f"overview.{place}.{draft.line('prescribing')}.ytd_variance"
    scope = line_scope(draft, place, "non_ppa", "prescribing outside the PPA", "ledger")
    ppa = scope.at(line="ppa").id("ytd_variance")
    if draft.has(ledger, ppa):
        printed = draft.stated("prescribing", place, "non_ppa", "ytd_underspend")
        scope.derive("ytd_variance", f"{ledger} - {ppa}", printed=printed)


def _range(draft: Draft, place: str) -> None:
    """Where the ledger variance lands if the latest, or the earlier, monthly pace holds."""
    position = f"position.{place}.{draft.line('prescribing')}"
    scope = line_scope(draft, place, "year_end", "prescribing at the year end", "ledger")
    year = scope.at(period=draft.year, is_estimate=True)
    for pace in ("earlier", "latest"):
        rate = f"{position}.{pace}_run_rate"
        if draft.has(rate, f"{position}.ytd_variance"):
            left = draft.paper.month.months_left
            formula = f"{position}.ytd_variance + {rate} * {left}"
            year.derive(f"{pace}_pace_variance", formula)


def _places_together(draft: Draft, places: list[str]) -> None:
    """The places added up, without the central row, on each basis: their weighted average."""
    for basis, of_role in PLACE_LINES.items():
        pattern = draft.paper.report.with_lines(of_role)
        scope = line_scope(
            draft, ICB, f"places_{basis}", f"places together, {measure_label(basis)}", basis
        )
        for measure in ("ytd_budget", "ytd_variance"):
            addends = [pattern.format(place, measure) for place in places]
            is_estimate = scope.is_estimate and measure != "ytd_budget"
            _sum(draft, scope.at(is_estimate=is_estimate), measure, addends)
        _share(draft, scope)
    for line, measure in (("cat_m_ncso", "ytd_spend"), ("non_ppa", "ytd_variance")):
        scope = line_scope(draft, ICB, f"places_{line}", "places together")
        addends = [f"prescribing.{place}.{line}.{measure}" for place in places]
        _sum(draft, scope, measure, addends)


def _places_growth(draft: Draft) -> None:
    scope = line_scope(draft, ICB, "places_local_growth", "growth, the places together")
    variance = scope.at(line="places_ppa").id("ytd_variance")
    spend = scope.at(line="places_cat_m_ncso").id("ytd_spend")
    if draft.has(variance, spend):
        scope.derive("ytd_overspend", f"0 - {variance} - {spend}")
    central = scope.at(place=CENTRAL, line="ppa").id("ytd_variance")
    if draft.has(central):
        held = line_scope(draft, ICB, "held_centrally", "prescribing held centrally")
        held.derive("ytd_overspend", f"0 - {central}")


def _sum(draft: Draft, scope: Scope, measure: str, addends: Iterable[str]) -> None:
    parts = list(addends)
    if draft.knows(*parts):
        scope.total(measure, parts)


def _central_reserve(draft: Draft) -> None:
    """The budget held centrally against prescribing, and how much of it is in the year to date."""
    scope = line_scope(draft, CENTRAL, "central_reserve", "prescribing reserve")
    scope = scope.at(is_estimate=False)
    annual, to_date = (scope.at(line="ppa").id(m) for m in ("annual_budget", "ytd_budget"))
    if draft.has(annual):
        printed = draft.stated("prescribing", CENTRAL, "central_reserve", "annual_budget")
        scope.at(period=draft.year).derive("annual_budget", annual, printed=printed)
    if draft.has(annual, to_date) and draft.agreed(annual).value > 0:
        scope.derive("ytd_budget", to_date)
        scope.derive("ytd_share", f"{to_date} / {annual} * 100", "PCT")

"""What the month's reports say about prescribing in words, computed here beside what they say."""

from __future__ import annotations

from boardpack.core.periods import MONTHS_IN_YEAR
from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft


def stated_counterparts(draft: Draft) -> None:
    """Each computed quantity takes what was said as its printed counterpart, where it was said.

    What nothing computes is entered as it was said.
    """
    _data_months(draft)
    for place in draft.paper.report.places:
        share = (place, "total", "ytd_overspend_share")
        _claim(draft, share, "PCT", f"prescribing.{place}.ppa.ytd_variance_share")
    for said, unit, identity in (
        (("borough_average", "ytd_overspend_share"), "PCT", "places_ppa.ytd_variance_share"),
        (("total", "forecast_unmitigated_overspend"), "GBP", "ppa.forecast_variance"),
    ):
        _claim(draft, (ICB, *said), unit, f"prescribing.{ICB}.{identity}")
    draft.enter_stated("prescribing")
    _full_year_pressure(draft)
    _risk_reserve(draft)


def _data_months(draft: Draft) -> None:
    """How many months of the year to date are data, and how many are estimated."""
    if not draft.has(f"prescribing.{ICB}.ppa.ytd_spend"):
        return
    known = draft.paper.run.prescribing_months_of_data
    scope = draft.scope("prescribing", ICB, "data", "Prescribing data", basis="parameter")
    stated = draft.stated("prescribing", ICB, "data", "months_available")
    scope.derive("months_available", str(known), "COUNT", printed=stated)
    stated = draft.stated("prescribing", ICB, "data", "months_in_arrears")
    formula = f"{draft.paper.month.number} - months_available"
    scope.at(period=draft.year).derive("months_in_arrears", formula, "COUNT", printed=stated)


def _claim(draft: Draft, said: tuple[str, str, str], unit: str, identity: str) -> None:
    """Compute what was said; an overspend is said without its sign, so the variance is turned."""
    place, line, measure = said
    stated = draft.stated("prescribing", place, line, measure)
    if stated is None or not draft.has(identity):
        return
    basis = draft.register[identity]
    label = f"{draft.place_names()[place]}, prescribing {line.replace('_', ' ')}"
    scope = draft.scope("prescribing", place, line, label, basis=basis.basis, period=basis.period)
    scope.at(is_estimate=basis.is_estimate).derive(measure, f"0 - {identity}", unit, stated)


def _full_year_pressure(draft: Draft) -> None:
    """How far the year's Category M and NCSO pressure, as said, is from a straight line."""
    label = "Category M and NCSO for the year"
    scope = draft.scope("prescribing", ICB, "cat_m_ncso", label, basis="ppa", period=draft.year)
    said, line = scope.id("full_year_pressure"), scope.id("full_year_straight_line")
    if draft.has(said, line):
        scope.at(is_estimate=True).derive("above_straight_line", f"{said} - {line}")


def _risk_reserve(draft: Draft) -> None:
    """The share of the places' risk reserve that is in the year to date, in per cent."""
    scope = draft.scope("prescribing", ICB, "borough_risk_reserve", "Risk reserve of the places")
    months = scope.id("months_released")
    if draft.has(months):
        scope.derive("released_share", f"{months} / {MONTHS_IN_YEAR} * 100", "PCT")

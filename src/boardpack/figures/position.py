"""Place position: nine directorates, year to date and forecast (ledger).

A place whose own position extract is not supplied takes its year to date from the budget overview,
and then has no forecast.
"""

from __future__ import annotations

from boardpack.figures.draft import Draft
from boardpack.figures.overview import VARIANCE
from boardpack.figures.prior import prior_figures
from boardpack.figures.scope import Scope
from boardpack.params import ICB
from boardpack.sources.contract import Row
from boardpack.sources.position import read_position

YTD = ("ytd_budget", "ytd_actual")
YEAR = ("annual_budget", "forecast_outturn")
FORECAST_VARIANCE = "annual_budget - forecast_outturn"


def position_figures(draft: Draft) -> None:
    """Budget and actual are read, variances and totals computed; earlier months stand beside."""
    prior_figures(draft, "position")
    supplied = {row["place"] for row in read_position(draft.folder)}
    for place in supplied:
        _from_extract(draft, place)
    for place in (*draft.paper.report.places, ICB):
        if place not in supplied:
            _from_overview(draft, place)
    for place in (*draft.paper.report.places, ICB):
        _shares(draft, place)
    draft.enter_stated("position")


def _from_extract(draft: Draft, place: str) -> None:
    rows = read_position(draft.folder).only(place=place)
    lines = [draft.directorate_line(row["directorate"]) for row in rows]
    for row, line in zip(rows, lines, strict=True):
        if line != "total":
            for measures, scope in _scopes(draft, place, line, row["directorate"]):
                for measure in measures:
                    scope.read(measure, row.amounts.get(measure))
            _variances(draft, place, line, row)
    for row in rows:
        if row["directorate"] == "Total":
            _total(draft, place, [line for line in lines if line != "total"], row)


def _scopes(draft: Draft, place: str, line: str, label: str) -> list[tuple[tuple[str, ...], Scope]]:
    scope = draft.scope("position", place, line, label)
    return [(YTD, scope), (YEAR, scope.at(period=draft.year))]


def _variances(draft: Draft, place: str, line: str, row: Row) -> None:
    (_, ytd), (_, year) = _scopes(draft, place, line, row["directorate"])
    printed = row.amounts
    if draft.has(*(ytd.id(measure) for measure in YTD)):
        ytd.derive("ytd_variance", VARIANCE, printed=printed.get("ytd_variance"))
    if draft.has(*(year.id(measure) for measure in YEAR)):
        year.derive("forecast_variance", FORECAST_VARIANCE, printed=printed.get("forecast_variance"))


def _total(draft: Draft, place: str, lines: list[str], row: Row) -> None:
    for measures, scope in _scopes(draft, place, "total", "Total"):
        for measure in measures:
            addends = [scope.at(line=line).id(measure) for line in lines]
            scope.total(measure, addends, printed=row.amounts.get(measure))
    _variances(draft, place, "total", row)


def _from_overview(draft: Draft, place: str) -> None:
    for line, label in (*draft.directorates().items(), ("total", "Total")):
        scope = draft.scope("position", place, line, label)
        source = {m: f"overview.{place}.{line}.{m}" for m in (*YTD, "ytd_variance")}
        if draft.has(*source.values()):
            for measure, identity in source.items():
                scope.derive(measure, identity)


def _shares(draft: Draft, place: str) -> None:
    """Over- or underspend as a share of budget, in per cent, with the sign of the variance."""
    for line in (*draft.directorates(), "total"):
        scope = draft.scope("position", place, line, draft.directorates().get(line, "Total"))
        for measure, parts, period in (
            ("ytd_variance_share", ("ytd_variance", "ytd_budget"), draft.month),
            ("forecast_variance_share", ("forecast_variance", "annual_budget"), draft.year),
        ):
            top, bottom = (scope.id(part) for part in parts)
            if draft.has(top, bottom) and draft.agreed(bottom).value:
                scope.at(period=period).derive(measure, f"{top} / {bottom} * 100", "PCT")

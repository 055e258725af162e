"""Place savings by directorate: plan, delivery, forecast, what repeats, and how it is phased.

Variance = actual - plan, so a shortfall is negative. Tariff efficiency and convergence come out of
national prices and the allocation; what is left of the total are the place's own schemes.
"""

from __future__ import annotations

from boardpack.core.periods import MONTHS_IN_YEAR
from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.figures.run_rate import PER_MONTH
from boardpack.figures.scope import Scope
from boardpack.reading.extract import Row, Value
from boardpack.subjects.savings.from_tracker import plan_that_is
from boardpack.subjects.savings.place_extract import read_place_savings
from boardpack.subjects.savings.schemes_figures import BASIS, scheme_figures
from boardpack.subjects.savings.tracker_extract import TARIFF

YTD = ("ytd_plan", "ytd_actual")
YEAR = ("full_year_plan", "full_year_forecast")
VARIANCE = "ytd_actual - ytd_plan"
FULL_YEAR_VARIANCE = "full_year_forecast - full_year_plan"
LOCAL = "local_schemes"
SPLIT = "recurrent_and_non_recurrent"
PERMANENCE = {"recurrent": "Recurrent", "non_recurrent": "Non-recurrent"}
ROUNDED = {
    "annual_requirement_rounded": ("annual_requirement", "{0}"),
    "ytd_actual_rounded": ("ytd_actual", "{0}"),
    "ytd_shortfall_rounded": ("ytd_variance", "0 - {0}"),
}


def savings_figures(draft: Draft) -> None:
    """Enter plan, actual and forecast of each directorate; compute variances and totals."""
    for place in dict.fromkeys(row["place"] for row in read_place_savings(draft.folder)):
        _place(draft, place)
    scheme_figures(draft)
    _rounded(draft)
    draft.enter_stated("savings")


def _scopes(draft: Draft, place: str, line: str, label: str) -> tuple[Scope, Scope]:
    """The same line twice: to date, and for the year."""
    scope = draft.scope("savings", place, line, f"{label} savings", basis=BASIS)
    return scope, scope.at(period=draft.year)


def _place(draft: Draft, place: str) -> None:
    rows = {row["directorate"]: row for row in read_place_savings(draft.folder).only(place=place)}
    labels = {label: draft.directorate_line(label) for label in rows if label != "Total"}
    for label, line in labels.items():
        _inputs(draft, place, line, rows[label])
    if labels:
        _total(draft, place, list(labels.values()), rows.get("Total"))
        _local(draft, place, draft.directorate_line(TARIFF))
        _recurrent(draft, place, rows.get("Total"))
        for label, line in (*labels.items(), ("Total", "total")):
            _share_of_plan(draft, place, line, label)


def _inputs(draft: Draft, place: str, line: str, row: Row) -> None:
    scopes = _scopes(draft, place, line, row["directorate"])
    for scope, measures in zip(scopes, (YTD, YEAR), strict=True):
        for measure in measures:
            scope.read(measure, row.amounts.get(measure))
    _computed(draft, scopes, row.amounts)


def _total(draft: Draft, place: str, lines: list[str], row: Row | None) -> None:
    printed = row.amounts if row else {}
    scopes = _scopes(draft, place, "total", "Total")
    for scope, measures in zip(scopes, (YTD, YEAR), strict=True):
        for measure in measures:
            addends = [scope.at(line=line).id(measure) for line in lines]
            scope.total(measure, addends, printed=printed.get(measure))
    _computed(draft, scopes, printed)
    _rates(draft, *scopes)


def _rates(draft: Draft, ytd: Scope, year: Scope) -> None:
    """Savings a month so far, and the average that would reach the year's plan by its end.

    Both are pounds a month; in the last month of the year there is no rest of the year to average.
    The share of the year that has gone stands beside them, to hold the plan's phasing against.
    """
    month = draft.paper.month
    if not draft.has(ytd.id("ytd_actual"), year.id("full_year_plan")):
        return
    ytd.derive("year_elapsed_share", f"{month.number} / {MONTHS_IN_YEAR} * 100", "PCT")
    ytd.derive("monthly_rate_to_date", f"ytd_actual / {month.number}", PER_MONTH)
    if month.number < MONTHS_IN_YEAR:
        needed = f"(full_year_plan - ytd_actual) / {month.months_left}"
        year.derive("monthly_rate_needed", needed, PER_MONTH)


def _local(draft: Draft, place: str, tariff: str) -> None:
    """The place's own schemes: the total without tariff efficiency and convergence."""
    scopes = _scopes(draft, place, LOCAL, "Local schemes")
    for scope, measures in zip(scopes, (YTD, YEAR), strict=True):
        for measure in measures:
            total, automatic = (scope.at(line=line).id(measure) for line in ("total", tariff))
            if draft.has(total, automatic):
                scope.derive(measure, f"{total} - {automatic}")
    _computed(draft, scopes, {})


def _computed(draft: Draft, scopes: tuple[Scope, Scope], printed: dict[str, Value]) -> None:
    """Variances, the share of the plan delivered, and the share of the year's plan due by now."""
    ytd, year = scopes
    if draft.knows(*(ytd.id(measure) for measure in YTD)):
        ytd.derive("ytd_variance", VARIANCE, printed=printed.get("ytd_variance"))
    if draft.knows(*(year.id(measure) for measure in YEAR)):
        value = printed.get("full_year_variance")
        year.derive("full_year_variance", FULL_YEAR_VARIANCE, printed=value)
    ytd.share("ytd_delivery_share", "ytd_actual", "ytd_plan")
    year.share("full_year_delivery_share", "full_year_forecast", "full_year_plan")
    ytd.share("ytd_plan_share", "ytd_plan", "full_year_plan")


def _share_of_plan(draft: Draft, place: str, line: str, label: str) -> None:
    """The line's part of the place's plan for the year, and of what is delivered to date."""
    for scope, measure, name in zip(
        _scopes(draft, place, line, label),
        ("ytd_actual", "full_year_plan"),
        ("share_of_ytd_actual", "share_of_full_year_plan"),
        strict=True,
    ):
        part, whole = scope.id(measure), scope.at(line="total").id(measure)
        if draft.has(part, whole) and draft.agreed(whole).value:
            scope.derive(name, f"{part} / {whole} * 100", "PCT")


def _recurrent(draft: Draft, place: str, total: Row | None) -> None:
    """What repeats every year and what does not, as the report or the tracker says.

    Together they are the year's plan.
    """
    measure = "full_year_plan"
    scope = draft.scope("savings", place, SPLIT, basis="stated", period=draft.year)
    for line, label in PERMANENCE.items():
        value = draft.stated("savings", place, line, measure)
        value = value or plan_that_is(draft.folder, place, label.lower())
        scope.at(line=line, line_label=f"{label} savings").read(measure, value)
    parts = [scope.at(line=line).id(measure) for line in PERMANENCE]
    if draft.has(*parts):
        scope.total(measure, parts, printed=total.amounts.get(measure) if total else None)
    for line, label in PERMANENCE.items():
        _share_of_plan(draft, place, line, label)


def _rounded(draft: Draft) -> None:
    """What the report says in words of the ICB's total, computed so that the words are checked."""
    for measure, (source, formula) in ROUNDED.items():
        identity = f"efficiency.{ICB}.total.{source}"
        printed = draft.stated("savings", ICB, "total", measure)
        if printed is not None and identity in draft.register:
            period = draft.agreed(identity).period
            scope = draft.scope("savings", ICB, "total", "ICB savings", basis=BASIS, period=period)
            scope.derive(measure, formula.format(identity), printed=printed)

"""Corporate costs: the ICB's own staff and running costs, by cost centre (ledger).

Programme cost centres pay for teams that work on services; admin cost centres are the running
costs, which may not exceed the running cost allowance. A figure's line is the cost centre's code.
"""

from __future__ import annotations

from boardpack.figures.draft import Draft
from boardpack.figures.overview import VARIANCE
from boardpack.figures.position import FORECAST_VARIANCE, YEAR, YTD
from boardpack.figures.scope import Scope
from boardpack.sources.corporate_costs import read_corporate_costs
from boardpack.sources.extract import Row
from boardpack.structure import ICB

CHAPTER = "corporate"
TOTAL, WHOLE = "Total", "corporate"
ALLOWANCE = "running_cost_allowance"
NEGATIVE = "negative_budgets"


def corporate_figures(draft: Draft) -> None:
    """Budget and actual of each cost centre are read; totals, variances and limits are computed."""
    rows = tuple(read_corporate_costs(draft.folder))
    centres = [row for row in rows if row["cost_centre"] != TOTAL]
    printed = {row["group"]: row for row in rows if row["cost_centre"] == TOTAL}
    groups = list(dict.fromkeys(row["group"] for row in centres))
    for row in centres:
        _centre(draft, row)
    for group in groups:
        lines = [row["cost_centre"] for row in centres if row["group"] == group]
        _total(draft, f"{group}_total", f"{group.capitalize()} total", lines, printed.get(group))
    if groups:
        totals = [f"{group}_total" for group in groups]
        _total(draft, f"{WHOLE}_total", "Corporate total", totals, printed.get(WHOLE))
        _negative_budgets(draft, centres)
    _allowance(draft)
    draft.enter_stated(CHAPTER)
    _reduction(draft)


def _scopes(draft: Draft, line: str, label: str) -> tuple[Scope, Scope]:
    """The scopes of a line to date and for the year."""
    scope = draft.scope(CHAPTER, ICB, line, label)
    return scope, scope.at(period=draft.year)


def _centre(draft: Draft, row: Row) -> None:
    ytd, year = _scopes(draft, row["cost_centre"], row["description"])
    for scope, measures in ((ytd, YTD), (year, YEAR)):
        for measure in measures:
            scope.read(measure, row.amounts.get(measure))
    _variances(ytd, year, row)


def _total(draft: Draft, line: str, label: str, lines: list[str], row: Row | None) -> None:
    ytd, year = _scopes(draft, line, label)
    for scope, measures in ((ytd, YTD), (year, YEAR)):
        for measure in measures:
            addends = [scope.at(line=one).id(measure) for one in lines]
            scope.total(measure, addends, printed=row.amounts.get(measure) if row else None)
    _variances(ytd, year, row)


def _variances(ytd: Scope, year: Scope, row: Row | None) -> None:
    printed = row.amounts if row else {}
    ytd.derive("ytd_variance", VARIANCE, printed=printed.get("ytd_variance"))
    year.derive("forecast_variance", FORECAST_VARIANCE, printed=printed.get("forecast_variance"))


def _id(row: Row) -> str:
    return f"{CHAPTER}.{ICB}.{row['cost_centre']}"


def _negative_budgets(draft: Draft, centres: list[Row]) -> None:
    """Cost centres that are budgeted to give money back: what the forecast makes of them.

    Such a budget takes out of the total what no team has yet been told to save or to earn. The
    other cost centres' variance shows what the total would be without them.
    """
    label = "Cost centres with a negative budget"
    _, scope = _scopes(draft, NEGATIVE, label)
    budgets = {row["cost_centre"]: f"{_id(row)}.annual_budget" for row in centres}
    lines = [
        line for line, one in budgets.items() if draft.has(one) and draft.agreed(one).value < 0
    ]
    if lines:
        _total(draft, NEGATIVE, label, lines, None)
        whole = scope.at(line=f"{WHOLE}_total").id("forecast_variance")
        other = scope.at(line="other_budgets", line_label="All other cost centres")
        other.derive("forecast_variance", f"{whole} - {scope.id('forecast_variance')}")


def _allowance(draft: Draft) -> None:
    """The running cost allowance of the year: what the admin cost centres are budgeted to spend."""
    _, scope = _scopes(draft, ALLOWANCE, "Running cost allowance")
    admin = scope.at(line="admin_total").id("annual_budget")
    if draft.has(admin):
        stated = draft.stated(CHAPTER, ICB, ALLOWANCE, "annual_allowance")
        scope.derive("annual_allowance", admin, printed=stated)


def _reduction(draft: Draft) -> None:
    """The allowance a month ago, and after the required reduction, beside this year's forecast.

    `still_to_save` is what the forecast spend exceeds the reduced allowance by; negative is room
    to spare. The reduction is taken from this year's allowance, as the report names no other base.
    """
    _, scope = _scopes(draft, ALLOWANCE, "Running cost allowance")
    forecast = scope.at(line="admin_total").id("forecast_outturn")
    if draft.has(scope.id("annual_allowance"), scope.id("in_month_decrease")):
        scope.derive("prior_allowance", "annual_allowance + in_month_decrease")
    if draft.has(scope.id("annual_allowance"), scope.id("required_reduction")):
        reduced = "annual_allowance * (100 - required_reduction) / 100"
        scope.derive("reduced_allowance", reduced)
    if draft.has(scope.id("reduced_allowance"), forecast):
        scope.derive("still_to_save", f"{forecast} - reduced_allowance")

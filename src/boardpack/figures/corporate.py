"""Corporate costs: the ICB's own staff and running costs, by cost centre (ledger).

Programme cost centres pay for teams that work on services; admin cost centres are the running
costs, which may not exceed the running cost allowance. A figure's line is the cost centre's code.
"""

from __future__ import annotations

from collections.abc import Sequence

from boardpack.figures.declared import table_figures
from boardpack.figures.declared_lines import Line, lines_of
from boardpack.figures.draft import Draft
from boardpack.figures.position import FORECAST_VARIANCE, YEAR, YTD
from boardpack.figures.scope import Scope
from boardpack.schedules.load import own_schedule
from boardpack.sources.declared import read_schedule
from boardpack.structure import ICB

CHAPTER = "corporate"
WHOLE = "corporate_total"
ALLOWANCE = "running_cost_allowance"
NEGATIVE = "negative_budgets"


def corporate_figures(draft: Draft) -> None:
    """Budget and actual of each cost centre are read; totals, variances and limits are computed."""
    schedule = own_schedule("corporate_costs")
    table_figures(draft, schedule)
    _negative_budgets(draft, lines_of(schedule, read_schedule(draft.folder, schedule), draft.paper))
    _allowance(draft)
    draft.enter_stated(CHAPTER)
    _reduction(draft)


def _scopes(draft: Draft, line: str, label: str) -> tuple[Scope, Scope]:
    """The scopes of a line to date and for the year."""
    scope = draft.scope(CHAPTER, ICB, line, label)
    return scope, scope.at(period=draft.year)


def _negative_budgets(draft: Draft, lines: Sequence[Line]) -> None:
    """Cost centres that are budgeted to give money back: what the forecast makes of them.

    Such a budget takes out of the total what no team has yet been told to save or to earn. The
    other cost centres' variance shows what the total would be without them.
    """
    ytd, year = _scopes(draft, NEGATIVE, "Cost centres with a negative budget")
    centres = [one.line for one in lines if one.kind == "line"]
    budgets = {line: year.at(line=line).id("annual_budget") for line in centres}
    chosen = [
        line for line, one in budgets.items() if draft.has(one) and draft.agreed(one).value < 0
    ]
    if not chosen:
        return
    for scope, measures in ((ytd, YTD), (year, YEAR)):
        for measure in measures:
            scope.total(measure, [scope.at(line=line).id(measure) for line in chosen])
    ytd.derive("ytd_variance", "ytd_budget - ytd_actual")
    year.derive("forecast_variance", FORECAST_VARIANCE)
    whole = year.at(line=WHOLE).id("forecast_variance")
    other = year.at(line="other_budgets", line_label="All other cost centres")
    other.derive("forecast_variance", f"{whole} - {year.id('forecast_variance')}")


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

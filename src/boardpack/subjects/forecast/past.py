"""Past years as figures: what was spent and forecast in a month, and how the year ended.

Amounts are pounds from `outturn_history.csv`, as spent to date. Ids end with the year and month:
`forecast.bromley.total.past_actual.2022_23_m06`; Month 12 is the outturn. The ICB is the sum of its
columns, and a total the sum of its directorates, where all of them have the month.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from boardpack.core.periods import MONTHS_IN_YEAR
from boardpack.core.structure import CENTRAL, ICB
from boardpack.figures.draft import Draft
from boardpack.figures.scope import Scope
from boardpack.reading.extract import Row, sum_values
from boardpack.subjects.forecast.outturn_history_extract import read_outturn_history

CHAPTER = "forecast"
TOTAL = "total"
ACTUAL, BUDGET, FORECAST, SHARE = "past_actual", "past_budget", "past_forecast", "past_share"
COLUMNS = {ACTUAL: "ytd_actual", BUDGET: "ytd_budget", FORECAST: "forecast_outturn"}
YEAR_MONTHS = range(1, MONTHS_IN_YEAR + 1)
HORIZONS = (3, 6, 9)
"""Months of which the error of the total is told, beside that of the paper's own month."""

Key = tuple[str, str, str, int]
Rows = dict[Key, list[Row]]


def scope_of(draft: Draft, place: str, line: str, period: str = "") -> Scope:
    """The scope of a line's forecast for the year, or of what a past month was."""
    name = draft.paper.report.place_name(place)
    label = f"{name}, {draft.directorates().get(line, 'Total')}, full-year forecast"
    when = period or draft.year
    suffix = draft.period_suffix(when)
    return draft.scope(CHAPTER, place, line, label, period=when, suffix=suffix)


def past_scope(draft: Draft, place: str, line: str, year: str, number: int) -> Scope:
    """The scope of a line in a month of a past year."""
    return scope_of(draft, place, line, f"{year} M{number:02d}")


def past_figures(draft: Draft, months: Iterable[int]) -> tuple[str, ...]:
    """Enter what the forecasts are tried on; the past years there are, the earliest first.

    Each line has the given months and Month 12; the totals have every month.
    """
    rows = _by_month(draft)
    years = tuple(sorted({key[2] for key in rows}))
    wanted = sorted({*months, MONTHS_IN_YEAR})
    for year in years:
        for line in (*draft.directorates(), TOTAL):
            each = YEAR_MONTHS if line == TOTAL else wanted
            for place in (*draft.paper.report.places, CENTRAL):
                _enter(draft, rows, (place, line, year), each)
            _enter_icb(draft, line, year, each)
            for place in (*draft.paper.report.places, ICB):
                _shares(draft, place, line, year)
    return years


def _by_month(draft: Draft) -> Rows:
    """The rows of each place, line (the total has those of all lines), past year and month."""
    found: Rows = {}
    for row in read_outturn_history(draft.folder):
        year, number = row["financial_year"], int(row["month"][1:])
        if year < draft.year:
            for line in (draft.directorate_line(row["directorate"]), TOTAL):
                found.setdefault((row["place"], line, year, number), []).append(row)
    return found


def _enter(draft: Draft, rows: Rows, at: tuple[str, str, str], months: Iterable[int]) -> None:
    place, line, year = at
    ended = len(rows.get((*at, MONTHS_IN_YEAR), ()))
    for number in months:
        own = rows.get((*at, number), [])
        if own and len(own) == ended:
            scope = past_scope(draft, place, line, year, number)
            for measure in _measures(draft, line, number):
                scope.read(measure, sum_values([row.amounts[COLUMNS[measure]] for row in own]))


def _measures(draft: Draft, line: str, number: int) -> tuple[str, ...]:
    """What is needed of a month: of the total the budget too, for its monthly variances."""
    budget = (BUDGET,) if line == TOTAL else ()
    is_tried = number in _tried(draft, line) and number < MONTHS_IN_YEAR
    return (ACTUAL, *((FORECAST,) if is_tried else ()), *budget)


def _tried(draft: Draft, line: str) -> tuple[int, ...]:
    """The months in which forecasts are tried on past years."""
    now = draft.paper.month.number
    return tuple(dict.fromkeys((now, *HORIZONS))) if line == TOTAL else (now,)


def _enter_icb(draft: Draft, line: str, year: str, months: Iterable[int]) -> None:
    columns = (*draft.paper.report.places, CENTRAL)
    last = [past_scope(draft, place, line, year, MONTHS_IN_YEAR) for place in columns]
    known = [scope.place for scope in last if draft.has(scope.id(ACTUAL))]
    for number in months if known else ():
        scope = past_scope(draft, ICB, line, year, number)
        for measure in _measures(draft, line, number):
            parts = [scope.at(place=place).id(measure) for place in known]
            if draft.has(*parts):
                scope.total(measure, parts)


def _shares(draft: Draft, place: str, line: str, year: str) -> None:
    """The share of the year's cost that was spent by a month that is tried, in per cent."""
    outturn = past_scope(draft, place, line, year, MONTHS_IN_YEAR).id(ACTUAL)
    for number in _tried(draft, line):
        scope = past_scope(draft, place, line, year, number)
        actual = scope.id(ACTUAL)
        if draft.has(actual, outturn) and is_above_nil(draft, actual, outturn):
            scope.derive(SHARE, f"{actual} / {outturn} * 100", "PCT")


def is_above_nil(draft: Draft, *identities: str) -> bool:
    """Whether all these amounts are above nil, so that a share of them means something."""
    return all(draft.agreed(identity).value > 0 for identity in identities)


def mean_of(identities: Sequence[str]) -> str:
    """The formula of an average of figures.

    >>> mean_of(["a.b.c.one", "a.b.c.other"])
    '(a.b.c.one + a.b.c.other) / 2'
    """
    return f"({' + '.join(identities)}) / {len(identities)}"

"""A programme's hospital activity over the same months of each year, and its cost at a price."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from boardpack.core.periods import Month
from boardpack.figures.draft import Draft
from boardpack.figures.labels import slug
from boardpack.figures.scope import Scope
from boardpack.reading.extract import Row
from boardpack.subjects.activity.extract import MONTHS, SETTINGS, read_programme_activity
from boardpack.subjects.activity.figures import ALL, COUNTED
from boardpack.subjects.activity.indicative_prices_extract import (
    indicative_price,
    read_indicative_prices,
)
from boardpack.subjects.activity.programmes_extract import Programme

SPOKEN = {"elective": "planned", "non_elective": "unplanned", "outpatient": "outpatient"}
COST, PRICE, AVERAGE, A_MONTH = (
    "cost_same_months",
    "indicative_price",
    "average_price",
    "cost_a_month",
)


@dataclass(frozen=True)
class Part:
    """The activity of one setting, of all its specialties or of one; `rows` are those counted.

    `latest` is the last month, as `m06`, that every row of the setting has this year; none where
    this year is not reported.
    """

    draft: Draft
    scope: Scope
    setting: str
    rows: tuple[Row, ...]
    latest: str

    @property
    def counted(self) -> str:
        """What is counted: spells or attendances."""
        return COUNTED[self.setting]

    def same(self, year: str) -> Scope:
        """The scope of the same months of a year; this year's have no year in their id."""
        suffix = "" if year == self.draft.year else slug(year)
        return self.scope.at(period=f"{year} {self.latest.upper()}", suffix=suffix)

    def id(self, year: str) -> str:
        """The figure of the same months of a year."""
        return self.same(year).id(f"{self.counted}_same_months")

    def only(self, specialty: str) -> Part:
        """The same of one specialty."""
        line = f"{self.scope.line}_{slug(specialty)}"
        scope = self.scope.at(line=line, line_label=f"{self.scope.line_label}, {specialty}")
        return replace(self, scope=scope, rows=_of(self.rows, specialty))

    @property
    def specialties(self) -> tuple[str, ...]:
        """The specialties counted, in the extract's order."""
        return tuple(dict.fromkeys(row["specialty"] for row in self.rows))

    @property
    def years(self) -> tuple[str, ...]:
        """The years reported, in order of time."""
        return tuple(sorted({row["financial_year"] for row in self.rows}))


def programme_activity(
    draft: Draft, scope: Scope, programme: Programme, places: Sequence[str]
) -> None:
    """Enter each setting that all these places report, then hospital care as a whole."""
    parts = []
    for setting in SETTINGS:
        rows = [
            row
            for row in read_programme_activity(draft.folder)
            if row["setting"] == setting
            and row["place"] in places
            and row["specialty"] != ALL
            and programme.counts(setting, row["specialty"])
        ]
        if {row["place"] for row in rows} == set(places):
            label = f"{scope.line_label}, {SPOKEN[setting]} {COUNTED[setting]}"
            at = scope.at(line=f"{scope.line}_{setting}", line_label=label)
            part = Part(draft, at, setting, tuple(rows), _latest(rows, draft.year))
            if part.latest:
                _setting(part)
                parts.append(part)
    _hospital(draft, scope, parts)


def _latest(rows: Iterable[Row], year: str) -> str:
    now = [row.amounts.keys() & set(MONTHS) for row in rows if row["financial_year"] == year]
    return min((max(months, default="") for months in now), default="")


def _setting(part: Part) -> None:
    for each in (*map(part.only, part.specialties), part):
        for year in each.years:
            _same_months(each, year)
        _change(each)
    for year in part.years:
        _months(part, year)
    _cost(part)


def _same_months(part: Part, year: str) -> None:
    """April to the latest month of this year, where every row of the year has all of them."""
    months = MONTHS[: int(part.latest[1:])]
    rows = [row for row in part.rows if row["financial_year"] == year]
    addends = [_in_month(row, month) for row in rows for month in months]
    if _is_like(part, rows) and part.draft.has(*addends):
        part.same(year).total(f"{part.counted}_same_months", addends, "COUNT")


def _is_like(part: Part, rows: Iterable[Row]) -> bool:
    """Whether a year's rows are of the same places, sites and specialties as this year's."""
    keys = ("place", "site", "specialty")
    now = [row for row in part.rows if row["financial_year"] == part.draft.year]
    said, wanted = ({tuple(row[k] for k in keys) for row in some} for some in (rows, now))
    return said == wanted


def _change(part: Part) -> None:
    """The change on the same months of the year before."""
    year = part.draft.year
    before, now = part.id(_year_before(part.draft)), part.id(year)
    if part.draft.has(before, now):
        change = part.same(year).derive(f"{part.counted}_change", f"{now} - {before}", "COUNT")
        if part.draft.agreed(before).value:
            share = f"{change.id} / {before} * 100"
            part.same(year).derive(f"{part.counted}_change_share", share, "PCT")


def _year_before(draft: Draft) -> str:
    return Month(draft.paper.month.start - 1, 1).year


def _months(part: Part, year: str) -> None:
    """Each of the same months of a year, over all rows."""
    rows = [row for row in part.rows if row["financial_year"] == year]
    for month in MONTHS[: int(part.latest[1:])] if _is_like(part, rows) else ():
        addends = [_in_month(row, month) for row in rows]
        if part.draft.has(*addends):
            period = f"{year} {month.upper()}"
            scope = part.scope.at(period=period, suffix=f"{slug(year)}_{month}")
            scope.total(f"{part.counted}_in_month", addends, "COUNT")


def _cost(part: Part) -> None:
    """Each specialty at its price; the setting only where all its specialties have one."""
    year, draft = part.draft.year, part.draft
    prices, costs = read_indicative_prices(draft.folder), []
    for specialty in part.specialties:
        one = part.only(specialty)
        price = indicative_price(prices, part.setting, specialty, year)
        if price is not None and draft.has(one.id(year)):
            scope = one.same(year).at(is_estimate=True)
            scope.at(period=year, basis="indicative price").read(PRICE, price)
            scope.derive(COST, f"{one.id(year)} * {PRICE}")
            scope.derive(A_MONTH, f"{COST} / {int(part.latest[1:])}")
            costs.append(scope.id(COST))
    if costs and len(costs) == len(part.specialties) and draft.has(part.id(year)):
        scope = part.same(year).at(is_estimate=True)
        scope.total(COST, costs)
        scope.derive(A_MONTH, f"{COST} / {int(part.latest[1:])}")
        if draft.agreed(part.id(year)).value:
            scope.derive(AVERAGE, f"{COST} / {part.id(year)}")


def _hospital(draft: Draft, scope: Scope, parts: Sequence[Part]) -> None:
    """All settings that are costed."""
    settings = [one.same(draft.year).at(is_estimate=True) for one in parts]
    costed = [one for one in settings if draft.has(one.id(COST))]
    if costed:
        label = f"{scope.line_label}, hospital care"
        whole = costed[0].at(line=f"{scope.line}_hospital", line_label=label)
        for measure in (COST, A_MONTH):
            whole.total(measure, [one.id(measure) for one in costed])


def _of(rows: Sequence[Row], specialty: str) -> tuple[Row, ...]:
    return tuple(row for row in rows if row["specialty"] == specialty)


def _in_month(row: Row, month: str) -> str:
    """The figure of one cell of the extract."""
    line = "_".join((row["site"], row["setting"], slug(row["specialty"])))
    measure = f"{COUNTED[row['setting']]}_in_month"
    return f"programmes.{row['place']}.{line}.{measure}.{slug(row['financial_year'])}_{month}"

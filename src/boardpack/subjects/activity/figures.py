"""One programme's activity by month, and the same months of each year side by side.

Counts are of spells (inpatients) or attendances (outpatients) at one hospital site. A year that is
still running is never compared with a whole one: April to the latest month is taken from each year.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from boardpack.core.periods import MONTHS_IN_YEAR
from boardpack.figures.draft import Draft
from boardpack.figures.labels import slug
from boardpack.figures.scope import Scope
from boardpack.reading.extract import Row, Value
from boardpack.subjects.activity.extract import MONTHS, read_programme_activity

ALL = "All"
COUNTED = {"elective": "spells", "non_elective": "spells", "outpatient": "attendances"}
SITES = {"pruh": "PRUH"}
"""Sites whose name is not their word in the extract."""
_YEAR = re.compile(r"(\d{4})/\d{2}")


@dataclass(frozen=True)
class Activity:
    """One setting at one site of a place; `rows` are its records by year and specialty."""

    draft: Draft
    place: str
    site: str
    setting: str
    rows: Mapping[tuple[str, str], Row]

    @property
    def counted(self) -> str:
        """What is counted: spells or attendances."""
        return COUNTED[self.setting]

    @property
    def years(self) -> list[str]:
        """The years reported, in order of time."""
        return sorted({year for year, _ in self.rows if year != ALL})

    def specialties(self, year: str) -> list[str]:
        """The specialties of a year, without the row that adds them."""
        return [name for y, name in self.rows if y == year and name != ALL]

    def amounts(self, year: str) -> Mapping[str, Value]:
        """The counts of all specialties in a year, by month; empty where no row adds them."""
        row = self.rows.get((year, ALL))
        return row.amounts if row else {}

    def latest(self, year: str) -> str:
        """The last month of a year that any row of it reports, as `m06`; nothing where none is."""
        own = [row.amounts for (of, _), row in self.rows.items() if of == year]
        return max((month for month in MONTHS if any(month in row for row in own)), default="")

    def scope(self, specialty: str, period: str, suffix: str) -> Scope:
        """Where a count is entered; `suffix` says its year, or year and month."""
        line = "_".join((self.site, self.setting, slug(specialty)))
        setting = self.setting.replace("_", "-")
        kind = "all specialties" if specialty == ALL else specialty
        label = f"{site_label(self.site)} {setting}, {kind}, {period}"
        return self.draft.scope(
            "programmes", self.place, line, label, basis="activity", period=period, suffix=suffix
        )

    def month(self, specialty: str, year: str, month: str) -> Scope:
        """The scope of one month of one year."""
        return self.scope(specialty, f"{year} {month.upper()}", f"{slug(year)}_{month}")


def site_label(site: str) -> str:
    """A hospital site's name in print: `infirmary` is `Infirmary`.

    >>> site_label("royal_infirmary")
    'Royal Infirmary'
    """
    return SITES.get(site, site.replace("_", " ").title())


def activity_figures(draft: Draft) -> None:
    """Each month of each specialty is read; all else is added up, and compared like for like."""
    rows = read_programme_activity(draft.folder)
    for key in dict.fromkeys((r["place"], r["site"], r["setting"]) for r in rows):
        place, site, setting = key
        found = rows.only(place=place, site=site, setting=setting)
        by_name = {(r["financial_year"], r["specialty"]): r for r in found}
        _activity(Activity(draft, place, site, setting, by_name))


def _activity(activity: Activity) -> None:
    for year in activity.years:
        for specialty in activity.specialties(year):
            _read_months(activity, activity.rows[year, specialty])
        if (year, ALL) in activity.rows:
            _add_specialties(activity, activity.rows[year, ALL])
        for specialty in (*activity.specialties(year), ALL):
            _year_total(activity, year, specialty)
    if (ALL, ALL) in activity.rows:
        _add_years(activity, activity.rows[ALL, ALL])
    for specialty in dict.fromkeys(name for _, name in activity.rows):
        _same_months(activity, specialty)


def _read_months(activity: Activity, row: Row) -> None:
    year, counted = row["financial_year"], f"{activity.counted}_in_month"
    is_this_year = year == activity.draft.year
    for month in MONTHS:
        is_to_come = is_this_year and month > activity.latest(year)
        scope = activity.month(row["specialty"], year, month)
        scope.read_cell(counted, row, month, "COUNT", may_be_blank=is_to_come)


def _add_specialties(activity: Activity, row: Row) -> None:
    """The year's months over all specialties; read where no specialty is reported."""
    year = row["financial_year"]
    names = activity.specialties(year)
    if not names:
        _read_months(activity, row)
    for month in MONTHS if names else ():
        addends = [_in_month(activity, name, year, month) for name in names]
        if month <= activity.latest(year):
            scope = activity.month(ALL, year, month)
            measure = f"{activity.counted}_in_month"
            scope.total(measure, addends, "COUNT", printed=row.amounts.get(month))


def _year_total(activity: Activity, year: str, specialty: str) -> None:
    """The months of a year added; a year still running says `to_date`.

    A month that is blank before the last that is reported is a gap, and no end of the year.
    """
    row, latest = activity.rows.get((year, specialty)), activity.latest(year)
    if row is None or not latest:
        return
    months = [m for m in MONTHS if m <= latest]
    whole = len(months) == MONTHS_IN_YEAR
    period = year if whole else f"{year} {latest.upper()}"
    measure = activity.counted if whole else f"{activity.counted}_to_date"
    scope = activity.scope(specialty, period, slug(year))
    addends = [_in_month(activity, specialty, year, month) for month in months]
    scope.total(measure, addends, "COUNT", printed=row.amounts.get("total"))


def _add_years(activity: Activity, row: Row) -> None:
    """All years together, month by month; the later months have fewer years behind them."""
    monthly = f"{activity.counted}_in_month"
    added = []
    for month in MONTHS:
        years = [y for y in activity.years if activity.amounts(y) and month <= activity.latest(y)]
        addends = [_in_month(activity, ALL, year, month) for year in years]
        if addends:
            period = f"{_span(years)} {month.upper()}"
            scope = activity.scope(ALL, period, f"all_years_{month}")
            scope.total(monthly, addends, "COUNT", printed=row.amounts.get(month))
            added.append(scope.id(monthly))
    if len(added) == sum(month in row.amounts for month in MONTHS):
        scope = activity.scope(ALL, _span(activity.years), "all_years")
        scope.total(activity.counted, added, "COUNT", printed=row.amounts.get("total"))


def _span(years: Sequence[str]) -> str:
    return years[0] if len(years) == 1 else f"{years[0]}-{years[-1]}"


def _same_months(activity: Activity, specialty: str) -> None:
    """April to the latest month of this year, in each year, and the change on the year before."""
    latest = _latest(activity, specialty)
    before: Scope | None = None
    for year in activity.years if latest else ():
        months = _months(activity, specialty, year)
        shared = {m: one for m, one in months.items() if m <= latest}
        if len(shared) < int(latest[1:]):
            before = None
            continue
        scope = activity.scope(specialty, f"{year} {latest.upper()}", slug(year))
        same = f"{activity.counted}_same_months"
        scope.total(same, shared.values(), "COUNT")
        if before is not None and _follows(before.period[:7], year):
            _change(activity, scope, before.id(same))
        before = scope


def _latest(activity: Activity, specialty: str) -> str:
    """The last month of this year that is reported, as `m06`; none where the year is not."""
    months = _months(activity, specialty, activity.draft.year)
    return max(months, default="")


def _change(activity: Activity, scope: Scope, earlier: str) -> None:
    counted = activity.counted
    scope.derive(f"{counted}_change", f"{counted}_same_months - {earlier}", "COUNT")
    if activity.draft.agreed(earlier).value:
        change = scope.id(f"{counted}_change")
        scope.derive(f"{counted}_change_share", f"{change} / {earlier} * 100", "PCT")


def _follows(earlier: str, later: str) -> bool:
    first, second = _YEAR.match(earlier), _YEAR.match(later)
    return bool(first and second and int(second[1]) == int(first[1]) + 1)


def _in_month(activity: Activity, specialty: str, year: str, month: str) -> str:
    return activity.month(specialty, year, month).id(f"{activity.counted}_in_month")


def _months(activity: Activity, specialty: str, year: str) -> dict[str, str]:
    """The figures of a year's months that are in the register, by month."""
    found = {month: _in_month(activity, specialty, year, month) for month in MONTHS}
    return {month: one for month, one in found.items() if activity.draft.has(one)}
